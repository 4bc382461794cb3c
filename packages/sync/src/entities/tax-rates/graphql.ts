// The tax rates for API clients: read only.
import { builder, pageArgs } from '../../graphql.ts';
import { listOf, loaderOf } from '../../graphql-noun.ts';
import { load } from './local.ts';
import type { TaxRate } from './model.ts';

export const TaxRateRef = builder.loadableNodeRef('TaxRate', {
  id: { resolve: (taxRate: TaxRate) => taxRate.id, description: 'The global id.' },
  load: loaderOf(load, 'tax rate'),
});

builder.objectType(TaxRateRef, {
  description: 'A tax rate, as Xero has it.',
  fields: (t) => ({
    recordId: t.exposeID('id', { description: 'The uuid: what `record(id)` names it by.' }),
    taxType: t.exposeString('taxType', { description: 'What documents name it by, such as OUTPUT2.' }),
    name: t.exposeString('name', { description: 'The name.' }),
    rate: t.field({
      type: 'Decimal',
      description: 'The percentage it adds to a document.',
      resolve: ({ rate }) => rate,
    }),
    status: t.exposeString('status', { description: 'ACTIVE, ARCHIVED or DELETED.' }),
    onRevenue: t.exposeBoolean('onRevenue', { description: 'Whether it may apply to revenue.' }),
    onExpenses: t.exposeBoolean('onExpenses', { description: 'Whether it may apply to expenses.' }),
  }),
});

const TaxRateConnection = builder.connectionObject(
  { type: TaxRateRef, name: 'TaxRateConnection' },
  { name: 'TaxRateEdge' },
);

builder.queryFields((t) => ({
  taxRates: t.field({
    type: TaxRateConnection,
    description: 'The tax rates as they were last read.',
    args: pageArgs,
    resolve: (_root, args, context) =>
      listOf(context, load, args, ({ where, page }) =>
        context.db.prisma.taxRate.findMany({ where, ...page }),
      ),
  }),
}));
