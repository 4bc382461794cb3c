// A tax rate of Xero's in our shape.
import { plain } from '@stockbook/core';
import type { XeroTaxRate } from '@stockbook/xero';
import type { TaxRate } from './model.ts';

/** `id` is the one to use if the tax type is new here. */
export function fromXero(taxRate: XeroTaxRate, id: string): TaxRate {
  return {
    id,
    taxType: taxRate.TaxType,
    name: taxRate.Name,
    rate: rateOf(taxRate),
    status: taxRate.Status ?? 'ACTIVE',
    onRevenue: taxRate.CanApplyToRevenue,
    onExpenses: taxRate.CanApplyToExpenses,
    onAssets: taxRate.CanApplyToAssets,
    onLiabilities: taxRate.CanApplyToLiabilities,
    onEquity: taxRate.CanApplyToEquity,
  };
}

/** Under a reverse charge the document carries no tax, whatever the rate reads (ACCOUNTING.md 5). */
function rateOf(taxRate: XeroTaxRate): string {
  if (/^(REVERSECHARGES|ECACQUISITIONS|DRCHARGE)/.test(taxRate.ReportTaxType ?? '')) return '0';
  return plain(taxRate.EffectiveRate ?? taxRate.DisplayTaxRate ?? 0);
}
