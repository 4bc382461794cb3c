// What the online-retail template knows of its codes, customers and taxes.
import type { ItemMention, Party, SaleLine } from './template.ts';

export const currency = 'GBP';
export const daysToPay = 30;

const services = new Set([
  'POST',
  'DOT',
  'C2',
  'C3',
  'M',
  'D',
  'S',
  'B',
  'AMAZONFEE',
  'BANK CHARGES',
  'CRUK',
]);
const serviceStarts = ['ADJUST', 'GIFT_'];

/** Services have no stock. */
export function kindOf(code: string): ItemMention['kind'] {
  return services.has(code) || serviceStarts.some((start) => code.startsWith(start)) ? 'service' : 'goods';
}

const natures: ReadonlyMap<string, string> = new Map([
  ['POST', 'carriage'],
  ['DOT', 'carriage'],
  ['C2', 'carriage'],
  ['C3', 'carriage'],
  ['D', 'discounts'],
  ['AMAZONFEE', 'fees'],
  ['CRUK', 'fees'],
  ['BANK CHARGES', 'charges'],
]);

/** The revenue nature decides the account; manual lines (M) and samples (S) are sales like goods. */
export function natureOf(code: string): string {
  return code.startsWith('GIFT_') ? 'vouchers' : (natures.get(code) ?? 'goods');
}

export const home = 'United Kingdom';

/** Today's rules on these old papers: 20 % at home, zero-rated everywhere else. */
export function taxOf(country: string): Pick<SaleLine, 'treatment' | 'taxRate'> {
  return country === home
    ? { treatment: 'domestic-standard', taxRate: '20' }
    : { treatment: 'zero-rated-export', taxRate: '0' };
}

export function partyOf(customer: string | null, country: string): Party {
  return customer === null
    ? { number: `WALK-IN ${country}`, name: `Walk-in customer, ${country}`, country }
    : { number: customer, name: `Customer ${customer}`, country };
}
