// Stock adjustments for API clients: read only, they come from files.
import { builder, type Context, pageArgs, pageArguments, toPage } from '../../graphql.ts';
import { load } from './local.ts';
import type { StockAdjustment } from './model.ts';

const StockAdjustmentLine = builder
  .objectRef<StockAdjustment['lines'][number]>('StockAdjustmentLine')
  .implement({
    description: 'What an adjustment does to one item.',
    fields: (t) => ({
      itemId: t.exposeID('itemId', { description: "The item's uuid." }),
      quantity: t.expose('quantity', { type: 'Decimal', description: 'Positive raises the level.' }),
    }),
  });

export const StockAdjustmentRef = builder.loadableNodeRef('StockAdjustment', {
  id: { resolve: (adjustment: StockAdjustment) => adjustment.id, description: 'The global id.' },
  load: async (ids: string[], { db, organisation }: Context): Promise<(StockAdjustment | Error)[]> => {
    const found = new Map((await load(db.prisma, organisation, ids)).map((one) => [one.id, one]));
    return ids.map((id) => found.get(id) ?? new Error(`There is no stock adjustment ${id}.`));
  },
});

builder.objectType(StockAdjustmentRef, {
  description: 'A change of stock levels by hand or by count; it is not exported to Xero yet.',
  fields: (t) => ({
    recordId: t.exposeID('id', { description: 'The uuid: what `record(id)` names it by.' }),
    number: t.exposeString('number', { description: 'The number, unique.' }),
    date: t.expose('date', { type: 'Date', description: 'The day it happened.' }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why.' }),
    lines: t.field({
      type: [StockAdjustmentLine],
      description: 'The items it moves.',
      resolve: (adjustment) => adjustment.lines,
    }),
  }),
});

const StockAdjustmentConnection = builder.connectionObject(
  { type: StockAdjustmentRef, name: 'StockAdjustmentConnection' },
  { name: 'StockAdjustmentEdge' },
);

builder.queryFields((t) => ({
  stockAdjustments: t.field({
    type: StockAdjustmentConnection,
    description: 'Stock adjustments, first made first.',
    args: pageArgs,
    resolve: async (_root, args, { db, organisation }) => {
      const { first, after } = pageArguments(args);
      const rows = await db.prisma.stockAdjustment.findMany({
        where: { organisationId: organisation, ...(after ? { id: { gt: after } } : {}) },
        orderBy: { id: 'asc' },
        take: first + 1,
        select: { id: true },
      });
      const found = await load(
        db.prisma,
        organisation,
        rows.map(({ id }) => id),
      );
      return toPage(found, args, ({ id }) => id);
    },
  }),
}));
