// Tax rates: read from Xero and never sent.
import { syncColumns } from '@stockbook/core';
import { defineEntity } from '../../entity.ts';
import { apply, load } from './local.ts';
import { type TaxRate, taxRateDetails } from './model.ts';
import { wholeList } from './remote.ts';

export const taxRates = defineEntity<TaxRate>({
  name: 'tax-rates',
  label: 'Tax rates',
  singular: 'Tax rate',
  after: [],
  exports: 'read only',
  owner: { taxType: 'theirs', name: 'theirs', rate: 'theirs', status: 'theirs' },
  columns: [
    { key: 'number', label: 'Tax type', kind: 'text', filterable: true, sortable: true },
    { key: 'title', label: 'Name', kind: 'text', filterable: true, sortable: true },
    { key: 'status', label: 'Status', kind: 'text', filterable: true, sortable: false },
    ...syncColumns,
  ],
  form: [],
  batchMax: 0,
  load,
  apply,
  details: taxRateDetails,
  parents: () => [],
  dependants: async () => [],
  wholeList,
  graphql: () => import('./graphql.ts'),
});
