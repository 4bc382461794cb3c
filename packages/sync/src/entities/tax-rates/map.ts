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

/** Documents name a rate by its tax type alone: of several of one type the one in use counts, else the last. */
export function onePerType(taxRates: readonly XeroTaxRate[]): XeroTaxRate[] {
  const inUse = new Set(taxRates.filter(isInUse).map((each) => each.TaxType));
  const kept = taxRates.filter((each) => isInUse(each) || !inUse.has(each.TaxType));
  return [...new Map(kept.map((each) => [each.TaxType, each])).values()];
}

function isInUse(taxRate: XeroTaxRate): boolean {
  return (taxRate.Status ?? 'ACTIVE') === 'ACTIVE';
}
