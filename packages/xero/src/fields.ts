// What a payload says in the fields that we send and in those that sending would go over, as plain text: the same of what was frozen and of what Xero answers, so that they compare.
import { type Fields, plain } from '@stockbook/core';
import { z } from 'zod';
import { parseDate } from './element.ts';
import type { Resource } from './wire.ts';

/** Field by field, by the words people read. What a payload leaves out is left out; a figure is in its shortest form. */
export function fieldsOf(resource: Resource, payload: unknown): Fields {
  const read = form.parse(payload);
  const fields = new Map<string, string>();
  const put = (field: string, text: string | null | undefined): void => {
    if (text !== undefined && text !== null) fields.set(field, text.trim());
  };
  switch (resource) {
    case 'Contacts':
      put('number', read.ContactNumber);
      put('name', read.Name);
      put('e-mail', read.EmailAddress);
      put('phone', read.Phones && phoneOf(read.Phones));
      put('country', read.Addresses?.find((each) => each.AddressType === 'STREET')?.Country);
      put('status', read.ContactStatus === 'ACTIVE' ? undefined : read.ContactStatus);
      break;
    case 'Items':
      put('code', read.Code);
      put('name', read.Name);
      put('description', read.Description);
      break;
    case 'Invoices':
    case 'CreditNotes':
      putDocument(put, read);
  }
  return fields;
}

/** The ids of a document's lines with what each says; none where the payload has no lines. */
export function lineIdsOf(payload: unknown): { id: string; text: string }[] {
  return (form.parse(payload).LineItems ?? []).flatMap((line) =>
    line.LineItemID ? [{ id: line.LineItemID, text: lineText(line) }] : [],
  );
}

type Put = (field: string, text: string | null | undefined) => void;

function putDocument(put: Put, read: Read): void {
  put('number', read.InvoiceNumber ?? read.CreditNoteNumber);
  put('contact', read.Contact?.ContactID);
  put('date', parseDate(read.DateString ?? read.Date ?? null));
  put('due date', parseDate(read.DueDateString ?? read.DueDate ?? null));
  put('currency', read.CurrencyCode);
  put('reference', read.Reference);
  // Payments and allocations make a document PAID: nobody edited it.
  put('status', read.Status === 'PAID' ? 'AUTHORISED' : read.Status);
  put('lines', read.LineItems && String(read.LineItems.length));
  for (const [index, line] of (read.LineItems ?? []).entries()) {
    const field = (name: string) => `line ${index + 1} ${name}`;
    put(field('item'), line.ItemCode ?? '');
    put(field('text'), line.Description ?? '');
    put(field('quantity'), figure(line.Quantity));
    put(field('price'), figure(line.UnitAmount));
    put(field('discount'), discountOf(line));
    put(field('tracking'), trackingOf(line));
    // Xero may drop account and tax of a line that is worth nothing (ACCOUNTING.md X17).
    if (isFree(line)) continue;
    put(field('account'), line.AccountCode ?? '');
    put(field('tax'), line.TaxType ?? '');
  }
  // What we send leaves sums to Xero; an answer has them, and a person may have set a line's tax by hand.
  const sums = [read.SubTotal, read.TotalTax, read.Total];
  for (const [index, name] of sumFields.entries()) put(name, figure(sums[index]) || undefined);
  // Two lines may have been given another's tax, with sums that agree.
  for (const [index, line] of (read.LineItems ?? []).entries())
    put(`line ${index + 1} tax amount`, figure(line.TaxAmount) || undefined);
}

const sumFields = ['net total', 'tax total', 'total'] as const;

/** What Xero alone reckons, a line's tax amount among it. */
const reckoned = /^(net total|tax total|total|line \d+ tax amount)$/;

/** What Xero holds, without what it reckons where the text that was agreed was kept without it: that would be a difference that nobody made. */
export function toldByBoth(theirs: Fields, agreed: Fields): Fields {
  const untold = [...theirs.keys()].filter((name) => !agreed.has(name) && reckoned.test(name));
  if (untold.length === 0) return theirs;
  const told = new Map(theirs);
  for (const name of untold) told.delete(name);
  return told;
}

/** Such as '10 %' or '5.5'; nothing where there is none, as in what we send. */
function discountOf({ DiscountRate, DiscountAmount }: Line): string | undefined {
  const amount = figure(DiscountAmount);
  if (amount !== '' && amount !== '0') return amount;
  const rate = figure(DiscountRate);
  return rate === '' || rate === '0' ? undefined : `${rate} %`;
}

/** Each category with its option, by name: the order says nothing. */
function trackingOf({ Tracking }: Line): string | undefined {
  const named = (Tracking ?? []).map(({ Name, Option }) => `${Name ?? ''}: ${Option ?? ''}`);
  return named.length === 0 ? undefined : named.sort().join(', ');
}

/** What makes a line the same one: its item and its words. */
function lineText(line: Line): string {
  return JSON.stringify([line.ItemCode ?? '', (line.Description ?? '').trim()]);
}

function isFree(line: Line): boolean {
  return figure(line.Quantity) === '0' || figure(line.UnitAmount) === '0';
}

function figure(value: number | string | null | undefined): string {
  return value === null || value === undefined || value === '' ? '' : plain(value);
}

function phoneOf(phones: readonly Phone[]): string {
  const phone = phones.find((each) => each.PhoneType === 'DEFAULT');
  const parts = [phone?.PhoneCountryCode, phone?.PhoneAreaCode, phone?.PhoneNumber];
  return parts.filter((part) => part !== undefined && part !== null && part !== '').join(' ');
}

const text = z.string().nullish().catch(undefined);
const amount = z.union([z.number(), z.string()]).nullish().catch(undefined);
const phoneForm = z.object({
  PhoneType: text,
  PhoneNumber: text,
  PhoneAreaCode: text,
  PhoneCountryCode: text,
});
const lineForm = z.object({
  LineItemID: text,
  ItemCode: text,
  Description: text,
  Quantity: amount,
  UnitAmount: amount,
  AccountCode: text,
  TaxType: text,
  TaxAmount: amount,
  DiscountRate: amount,
  DiscountAmount: amount,
  Tracking: z
    .array(z.object({ Name: text, Option: text }))
    .nullish()
    .catch(undefined),
});

const form = z.object({
  ContactNumber: text,
  Name: text,
  EmailAddress: text,
  Phones: z.array(phoneForm).optional().catch(undefined),
  Addresses: z
    .array(z.object({ AddressType: text, Country: text }))
    .optional()
    .catch(undefined),
  ContactStatus: text,
  Code: text,
  Description: text,
  InvoiceNumber: text,
  CreditNoteNumber: text,
  Contact: z.object({ ContactID: text }).optional().catch(undefined),
  Date: text,
  DateString: text,
  DueDate: text,
  DueDateString: text,
  CurrencyCode: text,
  Reference: text,
  Status: text,
  LineItems: z.array(lineForm).optional().catch(undefined),
  SubTotal: amount,
  TotalTax: amount,
  Total: amount,
});

type Read = z.infer<typeof form>;
type Line = z.infer<typeof lineForm>;
type Phone = z.infer<typeof phoneForm>;
