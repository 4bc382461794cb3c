// The exact text that goes on the wire, made by xero-node's own serialiser, so that sending it again gives the same bytes.
import { createHash } from 'node:crypto';
import { ObjectSerializer } from 'xero-node';
import { z } from 'zod';
import type { Resource, Wire, WireOf } from './wire.ts';

/** Freezes a batch: its text as it goes on the wire, and that text's SHA-256 in hex. */
export function freeze(resource: Resource, wires: readonly Wire[]): { body: string; hash: string } {
  const models = toModels({ [resource]: wires });
  const body = JSON.stringify(ObjectSerializer.serialize(models, resource));
  const hash = hashOf(body);
  keep(hash, models);
  return { body, hash };
}

/** SHA-256 in hex. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The text xero-node makes of a body today; it differs from a frozen one only after a change of the serialiser. */
export function wireText(resource: Resource, body: string): string {
  return JSON.stringify(ObjectSerializer.serialize(toModels(JSON.parse(body)), resource));
}

/**
 * What xero-node is given to send a frozen text; undefined where it would put another text on the wire today. A text that this
 * process has frozen itself is not tried again.
 */
export function modelsOf(resource: Resource, body: string, hash: string): object | undefined {
  const models = kept.get(hash);
  if (models !== undefined) return models;
  return hashOf(wireText(resource, body)) === hash ? toModels(JSON.parse(body)) : undefined;
}

/** The models of the texts frozen last, by hash: most are sent at once. */
const kept = new Map<string, object>();
const keptMax = 16;

function keep(hash: string, models: object): void {
  kept.set(hash, models);
  for (const oldest of kept.keys()) {
    if (kept.size <= keptMax) return;
    kept.delete(oldest);
  }
}

/** The models of xero-node for a body: they spell a wire name with its first letter in lower case (XERO.md 6, 'SDK spelling'). */
function toModels(fields: object): object {
  const entries = Object.entries(fields).filter(([, part]) => part !== undefined);
  return Object.fromEntries(entries.map(([name, part]) => [lowerFirst(name), toPart(part)]));
}

function toPart(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toPart);
  return typeof value === 'object' && value !== null ? toModels(value) : value;
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** The payloads of a frozen text; throws where the text is none of ours. */
export function thaw<R extends Resource>(resource: R, body: string): WireOf[R][] {
  const form: z.ZodType<WireOf[R]> = forms[resource];
  const envelope = z.record(z.string(), z.array(z.unknown())).parse(JSON.parse(body));
  return z.array(form).parse(envelope[resource]);
}

const contact = z.strictObject({
  ContactID: z.string().exactOptional(),
  ContactNumber: z.string(),
  Name: z.string(),
  EmailAddress: z.string().exactOptional(),
  Phones: z
    .array(z.strictObject({ PhoneType: z.literal('DEFAULT'), PhoneNumber: z.string() }))
    .exactOptional(),
  Addresses: z
    .array(z.strictObject({ AddressType: z.literal('STREET'), Country: z.string() }))
    .exactOptional(),
});

const item = z.strictObject({
  ItemID: z.string().exactOptional(),
  Code: z.string(),
  Name: z.string(),
  Description: z.string().exactOptional(),
});

const line = z.strictObject({
  LineItemID: z.string().exactOptional(),
  Description: z.string(),
  Quantity: z.number(),
  UnitAmount: z.number(),
  ItemCode: z.string().exactOptional(),
  AccountCode: z.string(),
  TaxType: z.string(),
});

const document = z.strictObject({
  Contact: z.strictObject({ ContactID: z.string() }),
  Date: z.string(),
  CurrencyCode: z.string(),
  LineAmountTypes: z.literal('Exclusive'),
  Status: z.literal('AUTHORISED'),
  Reference: z.string().exactOptional(),
  LineItems: z.array(line),
});

const invoice = document.extend({
  InvoiceID: z.string().exactOptional(),
  Type: z.literal('ACCREC'),
  InvoiceNumber: z.string(),
  DueDate: z.string(),
});

const creditNote = document.extend({
  CreditNoteID: z.string().exactOptional(),
  Type: z.literal('ACCRECCREDIT'),
  CreditNoteNumber: z.string(),
});

const forms: { [R in Resource]: z.ZodType<WireOf[R]> } = {
  Contacts: contact,
  Items: item,
  Invoices: invoice,
  CreditNotes: creditNote,
};
