// A stock adjustment in our canonical shape: levels go up or down, for a reason.
import type { Detail, Listed } from '@stockbook/core';

export interface StockAdjustment {
  id: string;
  number: string;
  /** 'YYYY-MM-DD' */
  date: string;
  reason: string | null;
  sourceHash: string | null;
  /** Positive raises the level. */
  lines: { itemId: string; quantity: string }[];
}

export function stockAdjustmentListed(adjustment: StockAdjustment): Listed {
  const { id, number, date } = adjustment;
  return {
    id,
    number,
    title: adjustment.reason ?? `Stock adjustment ${number}`,
    date,
    total: null,
    currency: null,
    status: 'done',
  };
}

export function stockAdjustmentDetails(adjustment: StockAdjustment): Detail[] {
  return [
    { label: 'Number', text: adjustment.number },
    { label: 'Date', text: adjustment.date },
    { label: 'Reason', text: adjustment.reason ?? '' },
  ];
}
