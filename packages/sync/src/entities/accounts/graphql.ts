// The chart of accounts for API clients: read only.
import { builder, pageArgs } from '../../graphql.ts';
import { listOf, loaderOf } from '../../graphql-noun.ts';
import { load } from './local.ts';
import type { LedgerAccount } from './model.ts';

export const AccountRef = builder.loadableNodeRef('Account', {
  id: { resolve: (account: LedgerAccount) => account.id, description: 'The global id.' },
  load: loaderOf(load, 'account'),
});

builder.objectType(AccountRef, {
  description: 'An account of the chart of accounts, as Xero has it.',
  fields: (t) => ({
    recordId: t.exposeID('id', { description: 'The uuid: what `record(id)` names it by; the same in Xero.' }),
    code: t.exposeString('code', { nullable: true, description: 'The code; bank accounts may have none.' }),
    name: t.exposeString('name', { description: 'The name.' }),
    type: t.exposeString('type', {
      description: 'The type in Xero’s words: SALES, REVENUE, BANK and so on.',
    }),
    status: t.exposeString('status', { description: 'ACTIVE, ARCHIVED or DELETED.' }),
    taxType: t.exposeString('taxType', {
      nullable: true,
      description: 'The tax type of lines that name none.',
    }),
  }),
});

const AccountConnection = builder.connectionObject(
  { type: AccountRef, name: 'AccountConnection' },
  { name: 'AccountEdge' },
);

builder.queryFields((t) => ({
  accounts: t.field({
    type: AccountConnection,
    description: 'The chart of accounts as it was last read.',
    args: pageArgs,
    resolve: (_root, args, context) =>
      listOf(context, load, args, ({ where, page }) =>
        context.db.prisma.ledgerAccount.findMany({ where, ...page }),
      ),
  }),
}));
