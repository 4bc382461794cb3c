// The tax rates for API clients: read only.
import { builder, type Context, pageArgs, pageArguments, toPage } from '../../graphql.ts';
import { load } from './local.ts';
import type { TaxRate } from './model.ts';

export const TaxRateRef = builder.loadableNodeRef('TaxRate', {
  id: { resolve: (taxRate: TaxRate) => taxRate.id, description: 'The global id.' },
  load: async (ids: string[], { db, organisation }: Context): Promise<(TaxRate | Error)[]> => {
    const found = new Map((await load(db.prisma, organisation, ids)).map((taxRate) => [taxRate.id, taxRate]));
    return ids.map((id) => found.get(id) ?? new Error(`There is no tax rate ${id}.`));
  },
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
    resolve: async (_root, args, { db, organisation }) => {
      const { first, after } = pageArguments(args);
      const rows = await db.prisma.taxRate.findMany({
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
