// What a line comes to: quantity times price less discount, in cents, and Xero's complaints about it.
import {
  fixed,
  hasMorePlaces,
  type Midpoint,
  multiplyDivide,
  multiplyThreeDivide,
  toUnits,
} from '../exact.ts';
import { option } from '../options.ts';
import type { Line } from './document.ts';
import type { LineRules } from './line.ts';
import type { SentLine, SentNumber } from './sent-document.ts';

export type LineAmount = Pick<Line, 'quantity' | 'price' | 'amount' | 'discountRate' | 'discountAmount'>;

/** What was taken off a line, in cents. */
export function discountOn(line: LineAmount): number {
  if (!line.discountRate && !line.discountAmount) return 0;
  return multiplyDivide(line.quantity ?? 0, line.price ?? 0, 1_000_000) - line.amount;
}

/** `itemPrice` fills a price that was not sent; `before` is the line being changed. */
export function lineAmount(
  rules: LineRules,
  sent: SentLine,
  before: Line | undefined,
  itemPrice: number | null,
  messages: string[],
): LineAmount {
  let quantity = units(sent.quantity, 4, messages) ?? before?.quantity ?? null;
  let price = priceUnits(sent.price, rules.places, messages) ?? before?.price ?? null;
  const given = units(sent.amount, 2, messages);
  if (price === null && given === undefined) price = itemPrice;
  if (quantity === null && (price !== null || given !== undefined)) quantity = 10_000;
  if (quantity !== null && quantity < 0) {
    messages.push(
      `The quantity value '${fixed(quantity, 4)}' is invalid. Quantity must not be less than zero.`,
    );
  }
  if (quantity !== null && isTooLong(quantity))
    messages.push(`The field Quantity must be a number with a maximum length of ${quantityCharactersMax}.`);
  const derived = price === null && given !== undefined && quantity !== null && quantity !== 0;
  if (derived) price = multiplyDivide(given, 1_000_000, quantity ?? 10_000);
  const { midpoint } = rules;
  const gross =
    quantity === null || price === null ? 0 : multiplyDivide(quantity, price, 1_000_000, midpoint);
  const discount = discountOf(rules, sent, before, gross, messages);
  const amount = discounted(quantity ?? 0, price ?? 0, gross, discount, midpoint);
  if (!derived && given !== undefined && given !== amount) {
    messages.push(
      `The line total ${fixed(given, 2)} does not match the expected line total ${fixed(amount, 2)}`,
    );
  }
  if (Math.abs(amount) > amountMax) messages.push('The line total must not exceed 9999999999.99');
  const { discountRate, discountAmount } = discount;
  return { quantity, price, amount: derived ? given : amount, discountRate, discountAmount };
}

const amountMax = 999_999_999_999;
const quantityCharactersMax = 13;

/** Everyday quantities need no counting: below a hundred million there are eight digits, a point and four more at most. */
function isTooLong(quantity: number): boolean {
  if (quantity >= 0 && quantity < 1e12) return false;
  return fixed(quantity, 4).replace(/\.?0+$/, '').length > quantityCharactersMax;
}

type Discount = Pick<Line, 'discountRate' | 'discountAmount'>;

const noDiscount: Discount = { discountRate: null, discountAmount: null };

/** Only sales invoices and quotes have discounts; nought counts as none elsewhere. */
function discountOf(
  rules: LineRules,
  sent: SentLine,
  before: Line | undefined,
  gross: number,
  messages: string[],
): Discount {
  const discountRate = units(sent.discountRate, 4, messages) ?? before?.discountRate ?? null;
  const discountAmount =
    units(sent.discountAmount, 2, messages) ??
    (discountRate === null ? (before?.discountAmount ?? null) : null);
  if (rules.type !== 'ACCREC' && rules.type !== 'QUOTE') {
    const refuses = option(rules.session, 'credit-note-discount') === 'refuse';
    if ((discountRate || discountAmount) && refuses)
      messages.push('Discounts can only be applied to ACCREC invoices.');
    return noDiscount;
  }
  const wrongRate = discountRate !== null && (discountRate < 0 || discountRate > 1_000_000);
  const wrongAmount = discountAmount !== null && discountAmount > gross;
  if (wrongRate || wrongAmount) {
    const shown = wrongAmount ? fixed(discountAmount, 2) : fixed(discountRate ?? 0, 4).slice(0, -2);
    messages.push(
      `The discount rate '${shown}' is invalid. Discount must not be greater than the line total.`,
    );
  }
  return { discountRate, discountAmount };
}

function discounted(
  quantity: number,
  price: number,
  gross: number,
  discount: Discount,
  midpoint: Midpoint,
): number {
  if (discount.discountAmount !== null) return gross - discount.discountAmount;
  if (!discount.discountRate) return gross;
  return multiplyThreeDivide(
    quantity,
    price,
    1_000_000 - discount.discountRate,
    1_000_000_000_000n,
    midpoint,
  );
}

function units(sent: SentNumber, places: number, messages: string[]): number | undefined {
  if (sent === undefined) return undefined;
  const value = toUnits(sent, places);
  if (value === undefined) messages.push(`The value '${sent}' is out of range.`);
  return value;
}

/** Prices are kept in ten-thousandths, rounded to two decimals unless the call says `unitdp=4`. */
function priceUnits(sent: SentNumber, places: 2 | 4, messages: string[]): number | undefined {
  if (sent !== undefined && hasMorePlaces(sent, 9)) {
    // Xero's messages for too many decimals point elsewhere (XERO.md 10.2).
    messages.push('Account must be valid.', 'Tax rate must be valid.');
    return undefined;
  }
  const value = units(sent, places, messages);
  return value === undefined || places === 4 ? value : value * 100;
}
