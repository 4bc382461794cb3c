// What invoices and credit notes share for API clients: their lines, their filter, and the checks of what was sent.
import { lineAmounts, natures, parseDecimal, sumTotals, treatments } from '@stockbook/core';
import type { ModelTx, Prisma } from '@stockbook/db';
import type { Document, DocumentLine } from './document.ts';
import { builder } from './graphql.ts';
import { InvalidInputError } from './graphql-error.ts';
import { isId } from './graphql-page.ts';
import { recordIdOf, textOf } from './graphql-write.ts';

export const DocumentLineRef = builder.objectRef<DocumentLine>('DocumentLine').implement({
  description: 'A line of an invoice or credit note; prices are without tax.',
  fields: (t) => ({
    description: t.exposeString('description', { description: 'The words on the document.' }),
    quantity: t.expose('quantity', { type: 'Decimal', description: 'How many.' }),
    unitPrice: t.expose('unitPrice', { type: 'Decimal', description: 'The price of one, without tax.' }),
    nature: t.exposeString('nature', { description: 'The revenue nature: it decides the account in Xero.' }),
    treatment: t.exposeString('treatment', {
      description: 'The tax treatment: it decides the tax type in Xero.',
    }),
    taxRate: t.expose('taxRate', { type: 'Decimal', description: 'The rate in percent.' }),
    net: t.expose('net', { type: 'Decimal', description: 'Quantity times price, to two places.' }),
    tax: t.expose('tax', { type: 'Decimal', description: 'The tax on it, to two places.' }),
  }),
});

export const DocumentFilter = builder.inputType('DocumentFilter', {
  description: 'Which documents; all conditions hold at once.',
  fields: (t) => ({
    number: t.string({ description: 'The number, exactly.' }),
    contactId: t.id({ description: "The contact's uuid or global id." }),
    dateFrom: t.field({ type: 'Date', description: 'Dated on this day or later.' }),
    dateTo: t.field({ type: 'Date', description: 'Dated on this day or earlier.' }),
  }),
});

export const DocumentLineInput = builder.inputType('DocumentLineInput', {
  description: 'A line of a document.',
  fields: (t) => ({
    itemId: t.id({ description: "The item's uuid or global id; none for free text." }),
    description: t.string({
      required: true,
      description: 'The words on the document, at most 4,000 characters.',
    }),
    quantity: t.field({ type: 'Decimal', required: true, description: 'How many, at most four places.' }),
    unitPrice: t.field({
      type: 'Decimal',
      required: true,
      description: 'The price of one without tax, at most four places.',
    }),
    nature: t.id({
      description: `One of ${natures.map(({ nature }) => nature).join(', ')}; goods when left out.`,
    }),
    treatment: t.id({
      required: true,
      description: `One of ${treatments.map(({ treatment }) => treatment).join(', ')}.`,
    }),
    taxRate: t.field({
      type: 'Decimal',
      description: "The rate in percent; the treatment's own when left out.",
    }),
  }),
});

type Filter = typeof DocumentFilter.$inferInput;
type LineGiven = typeof DocumentLineInput.$inferInput;

/** The conditions as Prisma takes them, for either table. */
export function documentWhere(filter: Filter | null | undefined) {
  const contactId = filter?.contactId ? (recordIdOf('Contact', filter.contactId) ?? '') : undefined;
  if (contactId === '')
    throw new InvalidInputError("`contactId` is a contact's uuid or global id.", 'contactId');
  return {
    ...(filter?.number ? { number: filter.number } : {}),
    ...(contactId ? { contactId } : {}),
    date: { ...dayBound('gte', filter?.dateFrom), ...dayBound('lte', filter?.dateTo) },
  };
}

function dayBound(side: 'gte' | 'lte', day: string | null | undefined) {
  return day ? { [side]: new Date(`${day}T00:00:00Z`) } : {};
}

/** What a client may give of a document; what is left out stays, or takes its default in a new one. */
export interface DocumentGiven {
  number?: string | null | undefined;
  contactId?: string | null | undefined;
  date?: string | null | undefined;
  currency?: string | null | undefined;
  reference?: string | null | undefined;
  lines?: LineGiven[] | null | undefined;
}

export type DocumentBefore = Omit<Document, 'subTotal' | 'totalTax' | 'total'>;

const limits = { number: 255, reference: 255, description: 4000, lines: 500 } as const;
const amountMax = 1_000_000_000_000;

/** The document with what was given, its lines reckoned anew; everything it names exists in the organisation. */
export async function checkedDocument(
  tx: ModelTx,
  given: DocumentGiven,
  before: DocumentBefore,
): Promise<Document> {
  const contactId = given.contactId ? recordIdOf('Contact', given.contactId) : before.contactId;
  const number = given.number?.trim() ?? before.number;
  const currency = given.currency?.trim().toUpperCase() ?? before.currency;
  const reference = given.reference === undefined ? before.reference : textOf(given.reference);
  if (number === '' || number.length > limits.number)
    refuse('number', `has from 1 to ${limits.number} characters`);
  if (!/^[A-Z]{3}$/.test(currency)) refuse('currency', 'is a code of three letters, such as GBP');
  if ((reference ?? '').length > limits.reference)
    refuse('reference', `has at most ${limits.reference} characters`);
  const where = { organisationId: tx.organisation, id: contactId ?? '' };
  const contact =
    contactId && isId(contactId) ? await tx.prisma.contact.findFirst({ where, select: { id: true } }) : null;
  if (!contact) throw new InvalidInputError('There is no such contact: make it first.', 'contactId');
  const lines = given.lines ? await checkedLines(tx, given.lines) : before.lines;
  const date = given.date ?? before.date;
  return { ...before, number, contactId: contact.id, date, currency, reference, lines, ...sumTotals(lines) };
}

async function checkedLines(tx: ModelTx, given: LineGiven[]): Promise<DocumentLine[]> {
  if (given.length === 0 || given.length > limits.lines) refuse('lines', `number from 1 to ${limits.lines}`);
  const rates = await ratesOf(tx);
  const lines = given.map((line, index) => checkedLine(line, `lines.${index + 1}`, rates));
  const itemIds = [...new Set(lines.flatMap(({ itemId }) => itemId ?? []))];
  const found = await tx.prisma.item.findMany({
    where: { organisationId: tx.organisation, id: { in: itemIds } },
    select: { id: true },
  });
  const items = new Set(found.map(({ id }) => id));
  lines.forEach(({ itemId }, index) => {
    if (itemId && !items.has(itemId))
      throw new InvalidInputError('There is no such item: make it first.', `lines.${index + 1}.itemId`);
  });
  return lines;
}

async function ratesOf(tx: ModelTx): Promise<Map<string, Prisma.Decimal>> {
  const rows = await tx.prisma.treatment.findMany({ where: { organisationId: tx.organisation } });
  return new Map(rows.map(({ treatment, rate }) => [treatment, rate]));
}

function checkedLine(given: LineGiven, field: string, rates: Map<string, Prisma.Decimal>): DocumentLine {
  const itemId = given.itemId ? recordIdOf('Item', given.itemId) : null;
  if (itemId === undefined) refuse(`${field}.itemId`, "is an item's uuid or global id");
  const description = given.description.trim();
  if (description === '' || description.length > limits.description)
    refuse(`${field}.description`, `has from 1 to ${limits.description} characters`);
  const nature = given.nature ?? 'goods';
  if (!natures.some((known) => known.nature === nature)) refuse(`${field}.nature`, 'is not a revenue nature');
  const { treatment } = given;
  if (!treatments.some((known) => known.treatment === treatment))
    refuse(`${field}.treatment`, 'is not a tax treatment');
  const settled = rates.get(treatment)?.toFixed();
  const taxRate = given.taxRate ?? settled;
  if (taxRate === undefined) refuse(`${field}.taxRate`, 'is needed: the treatment has no rate yet');
  if (settled !== undefined && parseDecimal(taxRate)?.equals(settled) !== true)
    refuse(`${field}.taxRate`, `is ${settled} for this treatment`);
  for (const part of ['quantity', 'unitPrice'] as const) {
    const amount = parseDecimal(given[part]);
    if (!amount || amount.decimalPlaces() > 4 || amount.abs().gte(amountMax))
      refuse(`${field}.${part}`, 'has at most four places and twelve digits before them');
  }
  const { quantity, unitPrice } = given;
  const amounts = lineAmounts({ quantity, unitPrice, taxRate });
  return { itemId: itemId ?? null, description, quantity, unitPrice, nature, treatment, taxRate, ...amounts };
}

function refuse(field: string, rule: string): never {
  throw new InvalidInputError(`\`${field}\` ${rule}.`, field);
}
