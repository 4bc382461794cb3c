// Money is exact: decimals in, decimal strings out, tax per line and then summed (XERO.md 7.2, ACCOUNTING.md 5).
import { Decimal } from 'decimal.js';

/** A decimal number as text, such as '12.50'; never a float. */
export type Money = string;

export interface PricedLine {
  quantity: Money;
  unitPrice: Money;
  /** Percent, such as '20'. */
  taxRate: Money;
}

export interface Totals {
  subTotal: Money;
  totalTax: Money;
  total: Money;
}

/** Two decimals, halves away from zero. */
export function round2(value: Decimal.Value): Decimal {
  return new Decimal(value).toDecimalPlaces(2, Decimal.ROUND_HALF_UP);
}

/** Net and tax of a line whose price is without tax: net = round2(quantity x price), tax = round2(net x rate). */
export function lineAmounts(line: PricedLine): { net: Money; tax: Money } {
  const net = round2(new Decimal(line.quantity).times(line.unitPrice));
  const tax = round2(net.times(line.taxRate).div(100));
  return { net: net.toFixed(2), tax: tax.toFixed(2) };
}

/** Sums lines that were rounded one by one. */
export function sumTotals(lines: readonly { net: Money; tax: Money }[]): Totals {
  let net = new Decimal(0);
  let tax = new Decimal(0);
  for (const line of lines) {
    net = net.plus(line.net);
    tax = tax.plus(line.tax);
  }
  return { subTotal: net.toFixed(2), totalTax: tax.toFixed(2), total: net.plus(tax).toFixed(2) };
}

/** Parses text such as '2.55' or '-3'; undefined for anything that is not a plain decimal number. */
export function parseDecimal(text: string): Decimal | undefined {
  return /^[+-]?\d{1,15}(\.\d{1,8})?$/.test(text) ? new Decimal(text) : undefined;
}

/** A decimal in its shortest plain form: '2.50' becomes '2.5', never an exponent. */
export function plain(value: Decimal.Value): Money {
  return new Decimal(value).toFixed();
}

/** Whether two amounts are the same to the last digit. */
export function sameMoney(a: Decimal.Value, b: Decimal.Value): boolean {
  return new Decimal(a).equals(b);
}

/** The first less the second, in its shortest plain form. */
export function subtract(a: Decimal.Value, b: Decimal.Value): Money {
  return new Decimal(a).minus(b).toFixed();
}

/** The same amount with its sign turned, in its shortest plain form. */
export function negate(value: Decimal.Value): Money {
  return new Decimal(value).negated().toFixed();
}
