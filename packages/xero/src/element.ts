// Reads the elements of an answer from Xero's raw JSON.
import { z } from 'zod';
import type { Element } from './api.ts';
import type { Resource } from './wire.ts';

/** The elements of an answer's envelope; undefined where the list is missing, as in an HTML page with status 200. */
export function parseElements(resource: Resource, data: unknown): Element[] | undefined {
  const envelope = z.record(z.string(), z.unknown()).safeParse(data);
  const list = envelope.success ? z.array(z.looseObject({})).safeParse(envelope.data[resource]) : undefined;
  return list?.success ? list.data.map((each) => parseElement(resource, each)) : undefined;
}

const text = z.string().nullable().catch(null);
const amount = z.union([z.number(), z.string()]).transform(String).nullable().catch(null);
const note = z.object({ Message: text.default(null), Description: text.default(null) });
const notes = z.array(note).catch([]).default([]);

const form = z.object({
  ContactID: text.default(null),
  ItemID: text.default(null),
  InvoiceID: text.default(null),
  CreditNoteID: text.default(null),
  ContactNumber: text.default(null),
  InvoiceNumber: text.default(null),
  CreditNoteNumber: text.default(null),
  Code: text.default(null),
  Name: text.default(null),
  Status: text.default(null),
  ContactStatus: text.default(null),
  StatusAttributeString: text.default(null),
  HasErrors: z.boolean().catch(false).default(false),
  HasValidationErrors: z.boolean().catch(false).default(false),
  ValidationErrors: notes,
  Warnings: notes,
  Date: text.default(null),
  DateString: text.default(null),
  CurrencyCode: text.default(null),
  SubTotal: amount.default(null),
  TotalTax: amount.default(null),
  Total: amount.default(null),
  LineItems: z.array(z.unknown()).nullable().catch(null).default(null),
});

type Read = z.infer<typeof form>;

/** Where each collection keeps its id and its number. */
const keys: Record<
  Resource,
  {
    id: keyof Pick<Read, 'ContactID' | 'ItemID' | 'InvoiceID' | 'CreditNoteID'>;
    number: keyof Pick<Read, 'ContactNumber' | 'InvoiceNumber' | 'CreditNoteNumber'> | null;
  }
> = {
  Contacts: { id: 'ContactID', number: 'ContactNumber' },
  Items: { id: 'ItemID', number: null },
  Invoices: { id: 'InvoiceID', number: 'InvoiceNumber' },
  CreditNotes: { id: 'CreditNoteID', number: 'CreditNoteNumber' },
};

function parseElement(resource: Resource, element: object): Element {
  const read = form.parse(element);
  const { id, number } = keys[resource];
  const messages = words(read.ValidationErrors);
  const warnings = words(read.Warnings);
  return {
    verdict: verdictOf(read, messages, warnings),
    xeroId: read[id] === zeroId ? null : read[id],
    number: number === null ? null : read[number],
    code: read.Code,
    name: read.Name,
    messages: messages.length > 0 ? messages : nestedMessages(element),
    warnings,
    status: resource === 'Contacts' ? read.ContactStatus : read.Status,
    date: parseDate(read.DateString ?? read.Date),
    currency: read.CurrencyCode,
    subTotal: read.SubTotal,
    totalTax: read.TotalTax,
    total: read.Total,
    lineCount: read.LineItems?.length ?? null,
    text: JSON.stringify(element),
  };
}

/** A new element that was refused carries this id (XERO.md 4.2). */
const zeroId = '00000000-0000-0000-0000-000000000000';

/** StatusAttributeString decides where there is one; elements of a read have none and are OK unless they carry errors. */
function verdictOf(read: Read, messages: string[], warnings: string[]): Element['verdict'] {
  const said = read.StatusAttributeString?.toUpperCase();
  if (said === 'ERROR' || read.HasErrors || read.HasValidationErrors || messages.length > 0) return 'error';
  return said === 'WARNING' || warnings.length > 0 ? 'warning' : 'ok';
}

function words(list: z.infer<typeof notes>): string[] {
  return [
    ...new Set(list.map((each) => each.Message ?? each.Description ?? '').filter((each) => each !== '')),
  ];
}

/** Lines and embedded contacts carry messages of their own (XERO.md 4.2). */
function nestedMessages(element: object): string[] {
  const parts = Object.values(element).flatMap((value) => (Array.isArray(value) ? value : [value]));
  const errors = z.object({ ValidationErrors: notes });
  return [
    ...new Set(
      parts.flatMap((part) => {
        const read = errors.safeParse(part);
        return read.success ? words(read.data.ValidationErrors) : [];
      }),
    ),
  ];
}

/** '2026-04-09T00:00:00' or '/Date(1775692800000+0000)/' as 'YYYY-MM-DD': Xero's document dates are midnight UTC (XERO.md 5). */
export function parseDate(value: string | null): string | null {
  if (value === null) return null;
  const epoch = /^\/Date\((-?\d+)(?:[+-]\d{4})?\)\/$/.exec(value);
  if (epoch) return new Date(Number(epoch[1])).toISOString().slice(0, 10);
  return /^\d{4}-\d{2}-\d{2}/.test(value) ? value.slice(0, 10) : null;
}
