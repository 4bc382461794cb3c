// Invoices.
import { syncColumns } from '@stockbook/core';
import { documentParents } from '../../document.ts';
import { defineEntity } from '../../entity.ts';
import * as local from './local.ts';
import * as map from './map.ts';
import { type Invoice, invoiceDetails } from './model.ts';
import { remote } from './remote.ts';

export const invoices = defineEntity<Invoice>({
  name: 'invoices',
  label: 'Invoices',
  singular: 'Invoice',
  after: ['contacts', 'items'],
  exports: 'yes',
  owner: {
    number: 'ours',
    contactId: 'ours',
    date: 'ours',
    dueDate: 'ours',
    currency: 'ours',
    reference: 'ours',
    status: 'either',
    lines: 'ours',
  },
  columns: [
    { key: 'number', label: 'Number', kind: 'text', filterable: true, sortable: true },
    { key: 'date', label: 'Date', kind: 'date', filterable: true, sortable: true },
    { key: 'total', label: 'Total', kind: 'money', filterable: false, sortable: false },
    { key: 'currency', label: 'Currency', kind: 'text', filterable: false, sortable: false },
    { key: 'status', label: 'Status', kind: 'text', filterable: true, sortable: false },
    ...syncColumns,
  ],
  form: [
    { key: 'number', label: 'Number', kind: 'text', required: true, maxLength: 255 },
    { key: 'contactId', label: 'Contact', kind: 'record', required: true },
    { key: 'date', label: 'Date', kind: 'date', required: true },
    { key: 'dueDate', label: 'Due', kind: 'date', required: true },
    { key: 'reference', label: 'Reference', kind: 'text', required: false, maxLength: 255 },
    { key: 'lines', label: 'Lines', kind: 'lines', required: true },
  ],
  batchMax: 50,
  ...local,
  details: invoiceDetails,
  parents: documentParents,
  ...map,
  remote,
  graphql: () => import('./graphql.ts'),
});
