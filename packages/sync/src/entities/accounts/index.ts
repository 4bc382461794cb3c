// Accounts: the chart of accounts, read from Xero and never sent.
import { syncColumns } from '@stockbook/core';
import { defineEntity } from '../../entity.ts';
import { apply, load } from './local.ts';
import { accountDetails, type LedgerAccount } from './model.ts';
import { wholeList } from './remote.ts';

export const accounts = defineEntity<LedgerAccount>({
  name: 'accounts',
  label: 'Accounts',
  singular: 'Account',
  after: [],
  exports: 'read only',
  owner: { code: 'theirs', name: 'theirs', type: 'theirs', status: 'theirs', taxType: 'theirs' },
  columns: [
    { key: 'number', label: 'Code', kind: 'text', filterable: true, sortable: true },
    { key: 'title', label: 'Name', kind: 'text', filterable: true, sortable: true },
    { key: 'status', label: 'Status', kind: 'text', filterable: true, sortable: false },
    ...syncColumns,
  ],
  form: [],
  batchMax: 0,
  load,
  apply,
  details: accountDetails,
  parents: () => [],
  dependants: async () => [],
  wholeList,
  graphql: () => import('./graphql.ts'),
});
