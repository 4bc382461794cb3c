// Contacts: customers and suppliers, one list.
import { syncColumns } from '@stockbook/core';
import { defineEntity } from '../../entity.ts';
import * as local from './local.ts';
import * as map from './map.ts';
import { type Contact, contactDetails } from './model.ts';
import { remote } from './remote.ts';

export const contacts = defineEntity<Contact>({
  name: 'contacts',
  label: 'Contacts',
  singular: 'Contact',
  after: [],
  exports: 'yes',
  owner: { number: 'ours', name: 'ours', email: 'either', phone: 'either', country: 'either' },
  columns: [
    { key: 'number', label: 'Number', kind: 'text', filterable: true, sortable: true },
    { key: 'title', label: 'Name', kind: 'text', filterable: true, sortable: true },
    ...syncColumns,
  ],
  form: [
    { key: 'number', label: 'Number', kind: 'text', required: true, maxLength: 50 },
    { key: 'name', label: 'Name', kind: 'text', required: true, maxLength: 255 },
    { key: 'email', label: 'E-mail', kind: 'email', required: false, maxLength: 255 },
    { key: 'phone', label: 'Phone', kind: 'text', required: false, maxLength: 50 },
    { key: 'country', label: 'Country', kind: 'text', required: false, maxLength: 50 },
  ],
  batchMax: 50,
  ...local,
  details: contactDetails,
  parents: () => [],
  dependants: async () => [],
  ...map,
  remote,
  graphql: () => import('./graphql.ts'),
});
