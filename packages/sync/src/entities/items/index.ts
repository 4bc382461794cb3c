// Items: goods with stock, and services.
import { syncColumns } from '@stockbook/core';
import { defineEntity } from '../../entity.ts';
import * as local from './local.ts';
import * as map from './map.ts';
import { type Item, itemDetails } from './model.ts';
import { remote } from './remote.ts';

export const items = defineEntity<Item>({
  name: 'items',
  label: 'Items',
  singular: 'Item',
  after: [],
  exports: 'yes',
  owner: { code: 'ours', name: 'ours', description: 'ours', kind: 'ours' },
  columns: [
    { key: 'number', label: 'Code', kind: 'text', filterable: true, sortable: true },
    { key: 'title', label: 'Name', kind: 'text', filterable: true, sortable: true },
    ...syncColumns,
  ],
  form: [
    { key: 'code', label: 'Code', kind: 'text', required: true, maxLength: 30 },
    { key: 'name', label: 'Name', kind: 'text', required: true, maxLength: 50 },
    { key: 'description', label: 'Description', kind: 'text', required: false, maxLength: 4000 },
  ],
  batchMax: 50,
  ...local,
  details: itemDetails,
  parents: () => [],
  dependants: async () => [],
  ...map,
  remote,
  graphql: () => import('./graphql.ts'),
});
