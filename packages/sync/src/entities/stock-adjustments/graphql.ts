// Stock adjustments for API clients: read only, they come from files.
import { builder, pageArgs } from '../../graphql.ts';
import { listOf, loaderOf } from '../../graphql-noun.ts';
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
  load: loaderOf(load, 'stock adjustment'),
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
    resolve: (_root, args, context) =>
      listOf(context, load, args, ({ where, page }) =>
        context.db.prisma.stockAdjustment.findMany({ where, ...page }),
      ),
  }),
}));
