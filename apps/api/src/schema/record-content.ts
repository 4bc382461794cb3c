// What a record holds beside its row: its details, its lines with where they go in Xero, and stock levels.
import type { Detail } from '@stockbook/core';
import { entityOf } from '@stockbook/sync/entities';
import { builder, type Context } from '@stockbook/sync/graphql';
import { z } from 'zod';

type Row = { id: string; entity: string };

interface ShownDetail {
  label: string;
  text: string;
  path: string | null;
}

export const DetailRef = builder.objectRef<ShownDetail>('Detail').implement({
  description: 'A label and a text.',
  fields: (t) => ({
    label: t.exposeString('label', { description: 'What it is.' }),
    text: t.exposeString('text', { description: 'What it says.' }),
    path: t.exposeString('path', {
      nullable: true,
      description: 'The page of the record it names, such as /records/contacts/<uuid>.',
    }),
  }),
});

interface Line {
  id: string;
  item: string | null;
  description: string;
  quantity: string;
  unitPrice: string;
  net: string;
  tax: string;
  account: string | null;
  taxType: string | null;
}

export const RecordLineRef = builder.objectRef<Line>('RecordLine').implement({
  description: 'A line of a document, with where it goes in Xero.',
  fields: (t) => ({
    id: t.exposeID('id', { description: "The document's uuid and the line's place." }),
    item: t.exposeString('item', { nullable: true, description: "The item's code." }),
    description: t.exposeString('description', { description: 'The words on the document.' }),
    quantity: t.expose('quantity', { type: 'Decimal', description: 'How many.' }),
    unitPrice: t.expose('unitPrice', { type: 'Decimal', description: 'The price of one, without tax.' }),
    net: t.expose('net', { type: 'Decimal', description: 'Quantity times price.' }),
    tax: t.expose('tax', { type: 'Decimal', description: 'The tax on it.' }),
    account: t.exposeString('account', {
      nullable: true,
      description: 'The account it goes to, where one is chosen.',
    }),
    taxType: t.exposeString('taxType', {
      nullable: true,
      description: 'The tax type it is sent with, where one is chosen.',
    }),
  }),
});

export const StockLevelRef = builder
  .objectRef<{ location: string; quantity: string }>('StockLevel')
  .implement({
    description: 'How much of an item is at a location.',
    fields: (t) => ({
      location: t.exposeString('location', { description: 'The location.' }),
      quantity: t.expose('quantity', {
        type: 'Decimal',
        description: 'How many; below zero where more was sold than came in.',
      }),
    }),
  });

export async function detailsOf(row: Row, _args: unknown, context: Context): Promise<ShownDetail[]> {
  const entity = entityOf(row.entity);
  const [record] = (await entity?.load(context.db.sql, context.organisation, [row.id])) ?? [];
  const details = entity && record ? entity.details(record) : [];
  const named = details.flatMap(({ recordId }) => recordId ?? []);
  const { db, organisation } = context;
  const rows =
    named.length === 0
      ? []
      : await db.prisma.record.findMany({ where: { organisationId: organisation, id: { in: named } } });
  return details.map((detail) => showDetail(detail, rows));
}

function showDetail(
  { label, text, recordId }: Detail,
  rows: readonly (Row & { title: string })[],
): ShownDetail {
  const named = rows.find(({ id }) => id === recordId);
  return named === undefined
    ? { label, text, path: null }
    : { label, text: named.title, path: `/records/${named.entity}/${named.id}` };
}

const documentSchema = z.object({
  lines: z.array(
    z.object({
      itemId: z.string().nullable(),
      description: z.string(),
      quantity: z.string(),
      unitPrice: z.string(),
      nature: z.string(),
      treatment: z.string(),
      net: z.string(),
      tax: z.string(),
    }),
  ),
});

/** Entities whose records have priced lines are documents; no list of them is kept. */
export async function linesOf(row: Row, _args: unknown, { db, organisation }: Context): Promise<Line[]> {
  const [record] = (await entityOf(row.entity)?.load(db.sql, organisation, [row.id])) ?? [];
  const document = documentSchema.safeParse(record);
  if (!document.success) return [];
  const { lines } = document.data;
  const itemIds = [...new Set(lines.flatMap(({ itemId }) => itemId ?? []))];
  const where = { organisationId: organisation };
  const [items, natures, treatments] = await Promise.all([
    db.prisma.item.findMany({ where: { ...where, id: { in: itemIds } }, select: { id: true, code: true } }),
    db.prisma.nature.findMany({ where }),
    db.prisma.treatment.findMany({ where }),
  ]);
  const accountIds = natures.flatMap(({ accountId }) => accountId ?? []);
  const accounts = await db.prisma.ledgerAccount.findMany({ where: { ...where, id: { in: accountIds } } });
  const codes = new Map(items.map(({ id, code }) => [id, code]));
  const accountOf = (nature: string) => {
    const chosen = natures.find((known) => known.nature === nature)?.accountId;
    return accounts.find(({ id }) => id === chosen)?.code ?? null;
  };
  return lines.map(({ itemId, nature, treatment, ...line }, index) => ({
    ...line,
    id: `${row.id}:${index + 1}`,
    item: itemId === null ? null : (codes.get(itemId) ?? null),
    account: accountOf(nature),
    taxType: treatments.find((known) => known.treatment === treatment)?.taxType ?? null,
  }));
}

export async function stockOf({ id }: Row, _args: unknown, { db, organisation }: Context) {
  const levels = await db.prisma.stockLevel.findMany({
    where: { organisationId: organisation, itemId: id },
    orderBy: { location: 'asc' },
  });
  return levels.map(({ location, quantity }) => ({ location, quantity: quantity.toFixed() }));
}
