// The regions an organisation can be of: their money, days, tax words and the chart they begin with.
import type { Account } from './account.ts';
import { gbAccounts } from './gb-accounts.ts';

export const regionCodes = ['AU', 'NZ', 'GB', 'US'] as const;
export type RegionCode = (typeof regionCodes)[number];

export type Region = {
  readonly version: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly wireTimeZone: string;
  readonly yearEnd: readonly [month: number, day: number];
  /** The type of lines that are outside the tax (ACCOUNTING.md 2, NT). */
  readonly noTax: string;
};

export const regions: Readonly<Record<RegionCode, Region>> = {
  AU: {
    version: 'AU',
    currency: 'AUD',
    timeZone: 'Australia/Sydney',
    wireTimeZone: 'AUSEASTERNSTANDARDTIME',
    yearEnd: [6, 30],
    noTax: 'BASEXCLUDED',
  },
  NZ: {
    version: 'NZ',
    currency: 'NZD',
    timeZone: 'Pacific/Auckland',
    wireTimeZone: 'NEWZEALANDSTANDARDTIME',
    yearEnd: [3, 31],
    noTax: 'NONE',
  },
  GB: {
    version: 'UK',
    currency: 'GBP',
    timeZone: 'Europe/London',
    wireTimeZone: 'GMTSTANDARDTIME',
    yearEnd: [3, 31],
    noTax: 'NONE',
  },
  US: {
    version: 'US',
    currency: 'USD',
    timeZone: 'America/New_York',
    wireTimeZone: 'EASTERNSTANDARDTIME',
    yearEnd: [12, 31],
    noTax: 'NONE',
  },
};

/** What the tax types of the British chart are elsewhere. */
const taxTypes: Readonly<Record<'AU' | 'NZ' | 'US', Readonly<Record<string, string>>>> = {
  AU: {
    OUTPUT2: 'OUTPUT',
    EXEMPTOUTPUT: 'INPUTTAXED',
    INPUT2: 'INPUT',
    RRINPUT: 'INPUT',
    ZERORATEDINPUT: 'INPUT',
    EXEMPTINPUT: 'EXEMPTEXPENSES',
    CAPEXINPUT2: 'CAPEXINPUT',
    NONE: 'BASEXCLUDED',
  },
  NZ: {
    OUTPUT2: 'OUTPUT2',
    EXEMPTOUTPUT: 'NONE',
    INPUT2: 'INPUT2',
    RRINPUT: 'INPUT2',
    ZERORATEDINPUT: 'INPUT2',
    EXEMPTINPUT: 'NONE',
    CAPEXINPUT2: 'INPUT2',
    NONE: 'NONE',
  },
  US: {},
};

/** What the accounts of the British chart are called elsewhere, by code. */
const names: Readonly<Record<'AU' | 'NZ' | 'US', Readonly<Record<string, string>>>> = {
  AU: {
    '479': 'Superannuation',
    '482': 'Workers Compensation',
    '500': 'Income Tax Expense',
    '820': 'GST',
    '825': 'PAYG Withholdings Payable',
    '826': 'Superannuation Payable',
    '950': 'Share Capital',
  },
  NZ: {
    '479': 'KiwiSaver Employer Contributions',
    '482': 'ACC Levies',
    '500': 'Income Tax Expense',
    '820': 'GST',
    '826': 'KiwiSaver Payable',
    '950': 'Share Capital',
  },
  US: {
    '205': 'Shipping Charged',
    '425': 'Postage and Shipping',
    '465': 'Property Taxes',
    '477': 'Salaries',
    '479': 'Payroll Tax Expense',
    '482': 'Retirement Plan Costs',
    '500': 'Income Tax Expense',
    '820': 'Sales Tax',
    '825': 'Federal Withholding Payable',
    '826': 'State Withholding Payable',
    '950': 'Common Stock',
  },
};

/** Every region has an account for each role of ACCOUNTING.md 1 under the same code. */
export function regionAccounts(region: RegionCode, nowMs: number): Account[] {
  const accounts = gbAccounts(nowMs);
  if (region === 'GB') return accounts;
  const [types, own] = [taxTypes[region], names[region]];
  return accounts.map((account) => ({
    ...account,
    name: own[account.code] ?? account.name,
    taxType: types[account.taxType] ?? 'NONE',
  }));
}
