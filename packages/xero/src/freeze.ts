// The exact text that goes on the wire, kept before anything is sent, so that sending it again gives the same bytes.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Resource, Wire, WireOf } from './wire.ts';

/** Freezes a batch: its text as it goes on the wire, and that text's SHA-256 in hex. */
export function freeze(resource: Resource, wires: readonly Wire[]): { body: string; hash: string } {
  const body = JSON.stringify({ [resource]: wires });
  return { body, hash: hashOf(body) };
}

/** SHA-256 in hex. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The payloads of a frozen text, as they stand in it; throws where the text is none of ours. */
export function thaw<R extends Resource>(resource: R, body: string): WireOf[R][] {
  const envelope = z.record(z.string(), z.array(z.unknown())).parse(JSON.parse(body));
  return z
    .array(z.unknown())
    .parse(envelope[resource])
    .map((wire) => {
      assertWire(resource, wire);
      return wire;
    });
}

/** What the form makes of it would have its fields in another order, and another text. */
function assertWire<R extends Resource>(resource: R, wire: unknown): asserts wire is WireOf[R] {
  forms[resource].parse(wire);
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
