// What revenue is for, and how a supply is taxed: what a line says here, before a person or a proposal ties it to Xero.

export interface Nature {
  nature: string;
  label: string;
  /** Where it is looked for in a chart of accounts: by this code, else by this name. */
  code: string;
  name: string;
}

export interface Treatment {
  treatment: string;
  label: string;
}

/** Every account for a nature must be revenue: output rates are refused on expense accounts (ACCOUNTING.md N21). */
export const natures: readonly Nature[] = [
  { nature: 'goods', label: 'Sales of goods', code: '200', name: 'Sales' },
  { nature: 'carriage', label: 'Carriage', code: '205', name: 'Carriage' },
  { nature: 'discounts', label: 'Discounts allowed', code: '210', name: 'Discounts Allowed' },
  { nature: 'fees', label: 'Fees recharged', code: '215', name: 'Fees Recharged' },
  { nature: 'charges', label: 'Charges recharged', code: '220', name: 'Charges Recharged' },
  { nature: 'vouchers', label: 'Vouchers', code: '225', name: 'Gift Vouchers' },
];

export const treatments: readonly Treatment[] = [
  { treatment: 'domestic-standard', label: 'Domestic, standard rate' },
  { treatment: 'zero-rated-export', label: 'Export, zero-rated' },
];

/** The account types a revenue nature may go to. */
export const revenueTypes: readonly string[] = ['SALES', 'REVENUE', 'OTHERINCOME'];

/** The tax type that ACCOUNTING.md 5 (X23) proposes for a treatment in a country; undefined where a person must choose. */
export function proposedTaxType(treatment: string, country: string): string | undefined {
  return proposals[treatment]?.[country];
}

const proposals: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'domestic-standard': { GB: 'OUTPUT2', AU: 'OUTPUT', NZ: 'OUTPUT2' },
  'zero-rated-export': { GB: 'ZERORATEDOUTPUT', AU: 'EXEMPTEXPORT', NZ: 'ZERORATED', US: 'NONE' },
};
