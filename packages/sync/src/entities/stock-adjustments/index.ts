// Stock adjustments: levels only; their export to Xero is not built yet.
import { syncColumns } from '@stockbook/core';
import { defineEntity } from '../../entity.ts';
import * as local from './local.ts';
import { type StockAdjustment, stockAdjustmentDetails } from './model.ts';

export const stockAdjustments = defineEntity<StockAdjustment>({
  name: 'stock-adjustments',
  label: 'Stock adjustments',
  singular: 'Stock adjustment',
  after: ['items'],
  exports: 'not yet',
  owner: { number: 'ours', date: 'ours', reason: 'ours', lines: 'ours' },
  columns: [
    { key: 'number', label: 'Number', kind: 'text', filterable: true, sortable: true },
    { key: 'title', label: 'Reason', kind: 'text', filterable: true, sortable: true },
    { key: 'date', label: 'Date', kind: 'date', filterable: true, sortable: true },
    ...syncColumns,
  ],
  form: [],
  batchMax: 50,
  ...local,
  details: stockAdjustmentDetails,
  parents: (adjustment) => adjustment.lines.map((line) => line.itemId),
  graphql: () => import('./graphql.ts'),
});
