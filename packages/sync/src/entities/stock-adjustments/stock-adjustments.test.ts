// Stock adjustments: what lists show of them.
import { describe, expect, it } from 'vitest';
import { entityContract } from '../contract.ts';
import { stockAdjustments } from './index.ts';
import { type StockAdjustment, stockAdjustmentListed } from './model.ts';

const broken: StockAdjustment = {
  id: '0190-1',
  number: '536414',
  date: '2010-12-01',
  reason: 'damaged',
  sourceHash: null,
  lines: [{ itemId: 'item-1', quantity: '-3' }],
};

describe('a stock adjustment', () => {
  it('is listed by its reason, or by its number where it has none', () => {
    expect(stockAdjustmentListed(broken).title).toBe('damaged');
    expect(stockAdjustmentListed({ ...broken, reason: null }).title).toBe('Stock adjustment 536414');
  });

  it('needs its items', () => {
    expect(stockAdjustments.parents(broken)).toEqual(['item-1']);
  });
});

entityContract(stockAdjustments, [broken, { ...broken, id: '0190-2', reason: null }]);
