// Parses one row of the online-retail template: every field by its own rule, every fault in words.
import { parseDecimal } from '@stockbook/core';
import { home, kindOf } from './online-retail-rules.ts';
import type { ItemMention } from './template.ts';

export const columns = [
  'InvoiceNo',
  'StockCode',
  'Description',
  'Quantity',
  'InvoiceDate',
  'UnitPrice',
  'CustomerID',
  'Country',
] as const;

type Decimal = NonNullable<ReturnType<typeof parseDecimal>>;

export interface RetailRow {
  item: ItemMention;
  description: string;
  quantity: Decimal;
  price: Decimal;
  date: string;
  customer: string | null;
  country: string;
}

const codeMax = 30;
const nameMax = 50;
const descriptionMax = 4000;
/** 'WALK-IN ' and the country make a contact number, which Xero takes up to 50 characters of (XERO.md 7.1). */
const countryMax = 42;
const customerMax = 50;
const decimalsMax = 4;
/** Xero takes a quantity of 13 characters and a line of 9,999,999,999.99 (XERO.md 4.3). */
const quantityMax = 99_999_999;
const amountMax = 9_999_999_999;

export type ParsedRow = { kind: 'row'; row: RetailRow } | { kind: 'bad'; reasons: string[] };

export function parseRow(fields: readonly string[]): ParsedRow {
  const [
    ,
    code = '',
    words = '',
    quantityText = '',
    dateText = '',
    priceText = '',
    customerText = '',
    countryText = '',
  ] = fields.map((field) => field.trim());
  const reasons: string[] = [];
  const description = words;
  if (description.length > descriptionMax)
    reasons.push(`Description is longer than ${descriptionMax} characters`);
  const itemCode = parseCode(code, reasons);
  const quantity = parseNumber('Quantity', quantityText, quantityMax, reasons);
  const price = parseNumber('UnitPrice', priceText, amountMax, reasons);
  const date = parseDate(dateText, reasons);
  const customer = parseCustomer(customerText, reasons);
  const country = parseCountry(countryText, reasons);
  if (quantity === undefined || price === undefined || reasons.length > 0) return { kind: 'bad', reasons };
  if (quantity.times(price).abs().greaterThan(amountMax)) {
    return {
      kind: 'bad',
      reasons: [`Quantity times UnitPrice is over ${amountMax}, more than Xero takes in a line`],
    };
  }
  const item = mention(itemCode, description, price.greaterThan(0));
  return { kind: 'row', row: { item, description, quantity, price, date, customer, country } };
}

function parseCode(text: string, reasons: string[]): string {
  const code = text.toUpperCase();
  if (code === '') reasons.push('StockCode is blank');
  else if (code.length > codeMax)
    reasons.push(`StockCode “${shown(text)}” is longer than ${codeMax} characters`);
  else if (/\p{Cc}/u.test(code)) reasons.push('StockCode contains a line break or control character');
  return code;
}

function parseNumber(column: string, text: string, max: number, reasons: string[]): Decimal | undefined {
  const number = parseDecimal(text);
  if (number === undefined) {
    reasons.push(
      `${column} is ${text === '' ? 'blank' : `“${shown(text)}”`}, not a plain number such as 2.55`,
    );
  } else if (number.decimalPlaces() > decimalsMax) {
    reasons.push(`${column} ${text} has more than ${decimalsMax} decimals`);
  } else if (number.abs().greaterThan(max)) {
    reasons.push(`${column} ${text} is over ${max}`);
  }
  // Minus zero becomes zero.
  return number?.plus(0);
}

const datePattern = /^(\d{4}-\d{2}-\d{2})(?:[ T]([01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?)?$/;

/** The calendar date as it is written; the time of day is checked and dropped. */
function parseDate(text: string, reasons: string[]): string {
  const date = datePattern.exec(text)?.[1];
  if (date === undefined || !isCalendarDate(date)) {
    reasons.push(
      `InvoiceDate is ${text === '' ? 'blank' : `“${shown(text)}”`}, not a date such as 2010-12-01 08:26:00`,
    );
    return '';
  }
  return date;
}

/** A day that the month does not have becomes one of the next month. */
function isCalendarDate(date: string): boolean {
  const time = Date.parse(`${date}T00:00:00Z`);
  return date >= '1900' && date < '2200' && new Date(time).getUTCDate() === Number(date.slice(8));
}

/** A number, with or without the `.0` that spreadsheets leave; none where it is blank. */
function parseCustomer(text: string, reasons: string[]): string | null {
  if (text === '') return null;
  const customer = /^(\d+)(?:\.0+)?$/.exec(text)?.[1];
  if (customer !== undefined && customer.length <= customerMax) return customer;
  reasons.push(`CustomerID “${shown(text)}” is not a number of at most ${customerMax} digits`);
  return null;
}

/** Blank is found by the document that needs a country; the home country is one, however its letters are written. */
function parseCountry(text: string, reasons: string[]): string {
  const country = text.replace(/\s+/gu, ' ');
  if (country.length > countryMax)
    reasons.push(`Country “${shown(country)}” is longer than ${countryMax} characters`);
  else if (/[<>\p{Cc}]/u.test(country))
    reasons.push(`Country “${shown(country)}” contains < or > or a control character`);
  return country.toLowerCase() === home.toLowerCase() ? home : country;
}

function mention(code: string, description: string, priced: boolean): ItemMention {
  const kind = kindOf(code);
  if (description === '') return { code, name: code.slice(0, nameMax), nameSource: 'code', kind };
  return { code, name: cut(description), nameSource: priced ? 'priced' : 'free', kind };
}

/** At most 50 characters, no half of a pair at the end and no blank. */
function cut(name: string): string {
  return name
    .slice(0, nameMax)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd();
}

function shown(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
