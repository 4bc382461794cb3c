// A tax rate, as Xero has it.
import type { Detail } from '@stockbook/core';
import type { ReadRecord } from '../../read-record.ts';

export interface TaxRate {
  /** Ours: Xero gives tax rates no id. */
  id: string;
  taxType: string;
  name: string;
  /** Percent that it adds to a document, such as '20'. */
  rate: string;
  /** ACTIVE, ARCHIVED, or DELETED. */
  status: string;
  onRevenue: boolean;
  onExpenses: boolean;
  onAssets: boolean;
  onLiabilities: boolean;
  onEquity: boolean;
}

export function taxRateListed(taxRate: TaxRate): ReadRecord {
  return {
    id: taxRate.id,
    number: taxRate.taxType,
    title: taxRate.name,
    date: null,
    total: null,
    currency: null,
    status: taxRate.status.toLowerCase(),
    xeroId: null,
    accountingCode: taxRate.taxType,
  };
}

export function taxRateDetails(taxRate: TaxRate): Detail[] {
  const classes = [
    taxRate.onRevenue ? 'revenue' : '',
    taxRate.onExpenses ? 'expenses' : '',
    taxRate.onAssets ? 'assets' : '',
    taxRate.onLiabilities ? 'liabilities' : '',
    taxRate.onEquity ? 'equity' : '',
  ];
  return [
    { label: 'Tax type', text: taxRate.taxType },
    { label: 'Name', text: taxRate.name },
    { label: 'Rate', text: `${taxRate.rate} %` },
    { label: 'Applies to', text: classes.filter((each) => each !== '').join(', ') },
  ];
}
