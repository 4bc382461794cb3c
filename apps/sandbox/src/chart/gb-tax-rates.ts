// The tax rates a new organisation of the United Kingdom has, with the account classes each may be used with.
import type { TaxRate } from './tax-rate.ts';

/** taxType, name, reportTaxType, rate shown in per cent, classes (A asset, Q equity, E expense, L liability, R revenue). */
const rates: readonly (readonly [string, string, string, number, string])[] = [
  ['OUTPUT2', '20% (VAT on Income)', 'OUTPUT', 20, 'AQLR'],
  ['RROUTPUT', '5% (VAT on Income)', 'OUTPUT', 5, 'AQLR'],
  ['ZERORATEDOUTPUT', 'Zero Rated Income', 'OUTPUT', 0, 'AQLR'],
  ['EXEMPTOUTPUT', 'Exempt Income', 'EXEMPTOUTPUT', 0, 'AQLR'],
  ['ECZROUTPUT', 'Zero Rated EC Goods Income', 'ECOUTPUT', 0, 'AQLR'],
  ['ECZROUTPUTSERVICES', 'Zero Rated EC Services', 'ECOUTPUTSERVICES', 0, 'AQLR'],
  ['INPUT2', '20% (VAT on Expenses)', 'INPUT', 20, 'AQEL'],
  ['RRINPUT', '5% (VAT on Expenses)', 'INPUT', 5, 'AQEL'],
  ['ZERORATEDINPUT', 'Zero Rated Expenses', 'INPUT', 0, 'AQEL'],
  ['EXEMPTINPUT', 'Exempt Expenses', 'EXEMPTINPUT', 0, 'AQEL'],
  ['ECACQUISITIONS', '20% (VAT on EC Acquisitions)', 'ECACQUISITIONS', 20, 'AQEL'],
  ['ECZRACQUISITIONS', 'Zero Rated EC Acquisitions', 'ECACQUISITIONS', 0, 'AQEL'],
  ['REVERSECHARGES', 'Reverse Charge Expenses (20%)', 'REVERSECHARGES', 20, 'AQEL'],
  ['DRCHARGE20', 'Domestic Reverse Charge @ 20% (VAT on Income)', 'DRCHARGE', 20, 'AQLR'],
  ['DRCHARGESUPPLY20', 'Domestic Reverse Charge @ 20% (VAT on Expenses)', 'DRCHARGESUPPLY', 20, 'AQEL'],
  ['CAPEXINPUT2', '20% (VAT on Capital Purchases)', 'CAPEXINPUT', 20, 'A'],
  ['CAPEXOUTPUT2', '20% (VAT on Capital Sales)', 'CAPEXOUTPUT', 20, 'A'],
  ['CAPEXSRINPUT', '17.5% (VAT on Capital Purchases)', 'CAPEXINPUT', 17.5, 'A'],
  ['GSTONIMPORTS', 'VAT on Imports', 'GSTONIMPORTS', 0, 'L'],
  ['NONE', 'No VAT', 'NONE', 0, 'AQELR'],
];

/** Under a reverse charge the supplier charges no tax, so the rate shown adds nothing to a document. */
const chargedByTheBuyer = new Set(['ECACQUISITIONS', 'REVERSECHARGES', 'DRCHARGE20', 'DRCHARGESUPPLY20']);

export function gbTaxRates(): TaxRate[] {
  return rates.map(([taxType, name, reportTaxType, percent, classes]) => ({
    taxType,
    name,
    reportTaxType,
    displayRate: percent * 10_000,
    effectiveRate: chargedByTheBuyer.has(taxType) ? 0 : percent * 10_000,
    classes,
    component: 'VAT',
    status: 'ACTIVE',
    isNonRecoverable: false,
  }));
}
