// The tax rates a new organisation of a region has, with the account classes each may be used with (ACCOUNTING.md 0, N21).
import { gbTaxRates } from './gb-tax-rates.ts';
import type { RegionCode } from './region.ts';
import type { TaxRate } from './tax-rate.ts';

/** taxType, name, reportTaxType, rate in per cent, classes (A asset, Q equity, E expense, L liability, R revenue). */
type Row = readonly [string, string, string, number, string];

const au: readonly Row[] = [
  ['OUTPUT', 'GST on Income', 'OUTPUT', 10, 'AQLR'],
  ['EXEMPTOUTPUT', 'GST Free Income', 'EXEMPTOUTPUT', 0, 'AQLR'],
  ['EXEMPTEXPORT', 'GST Free Exports', 'EXEMPTEXPORT', 0, 'AQLR'],
  ['INPUT', 'GST on Expenses', 'INPUT', 10, 'AQEL'],
  ['CAPEXINPUT', 'GST on Capital', 'CAPITALEXPENSESINPUT', 10, 'AQEL'],
  ['EXEMPTEXPENSES', 'GST Free Expenses', 'EXEMPTEXPENSES', 0, 'AQEL'],
  ['EXEMPTCAPITAL', 'GST Free Capital', 'EXEMPTCAPITAL', 0, 'AQEL'],
  ['INPUTTAXED', 'Input Taxed', 'INPUTTAXED', 0, 'AQELR'],
  ['BASEXCLUDED', 'BAS Excluded', 'BASEXCLUDED', 0, 'AQELR'],
  ['GSTONIMPORTS', 'GST on Imports', 'GSTONIMPORTS', 0, 'L'],
  ['GSTONCAPIMPORTS', 'GST on Capital Imports', 'GSTONCAPIMPORTS', 0, 'L'],
];

const nz: readonly Row[] = [
  ['OUTPUT2', '15% GST on Income', 'OUTPUT', 15, 'AQLR'],
  ['INPUT2', '15% GST on Expenses', 'INPUT', 15, 'AQEL'],
  ['ZERORATED', 'Zero Rated', 'OUTPUT', 0, 'LR'],
  ['GSTONIMPORTS', 'GST on Imports', 'GSTONIMPORTS', 0, 'AQL'],
  ['NONE', 'No GST', 'NONE', 0, 'AQELR'],
];

/** Real rates of the United States are the organisation's own, such as TAX001. */
const us: readonly Row[] = [
  ['OUTPUT', 'Tax on Sales', 'OUTPUT', 0, 'AQELR'],
  ['INPUT', 'Tax on Purchases', 'INPUT', 0, 'AQELR'],
  ['NONE', 'Tax Exempt', 'NONE', 0, 'AQELR'],
  ['GSTONIMPORTS', 'Sales Tax on Imports', 'GSTONIMPORTS', 0, 'L'],
  ['AVALARA', 'Auto Look Up', 'AVALARA', 0, 'AQELR'],
  ['TAX001', 'New York City Sales Tax', '', 8.875, 'AQELR'],
];

export function regionTaxRates(region: RegionCode): TaxRate[] {
  if (region === 'GB') return gbTaxRates();
  const rows = { AU: au, NZ: nz, US: us }[region];
  return rows.map(([taxType, name, reportTaxType, percent, classes]) => ({
    taxType,
    name,
    reportTaxType,
    displayRate: Math.round(percent * 10_000),
    effectiveRate: Math.round(percent * 10_000),
    classes,
    component: region === 'US' ? 'Sales Tax' : 'GST',
    status: 'ACTIVE',
    isNonRecoverable: false,
  }));
}
