// Any record, in the shape all of them share: its place in Xero, its cells, and its history.
import type { PrismaTypes } from '@stockbook/db';
import { entityOf } from '@stockbook/sync/entities';
import { builder, type Context, isId } from '@stockbook/sync/graphql';
import { explain } from '@stockbook/xero';
import { EntityName } from './entity.ts';
import { DetailRef, detailsOf, linesOf, RecordLineRef, StockLevelRef, stockOf } from './record-content.ts';
import { parseSyncState, SyncState } from './sync-state.ts';
import { xeroUrl } from './xero-url.ts';

export type RecordRow = PrismaTypes['Record']['Shape'];

export const RecordRef = builder.loadableObjectRef('Record', {
  load: async (ids: string[], { db, organisation }: Context): Promise<(RecordRow | Error)[]> => {
    const rows = await db.prisma.record.findMany({
      where: { organisationId: organisation, id: { in: ids } },
    });
    const found = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => found.get(id) ?? new Error(`There is no record ${id}.`));
  },
  toKey: ({ id }) => id,
});

const CellRef = builder.objectRef<{ key: string; text: string }>('Cell').implement({
  description: 'A column of a record, as text.',
  fields: (t) => ({
    key: t.exposeString('key', { description: "The column's key." }),
    text: t.exposeString('text', {
      description: 'What stands there: money plain, times ISO 8601, flags yes or empty.',
    }),
  }),
});

builder.objectType(RecordRef, {
  description: 'A record of any entity.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Its uuid.' }),
    entity: t.field({
      type: EntityName,
      description: 'What kind it is of.',
      resolve: ({ entity }) => entity,
    }),
    number: t.exposeString('number', { nullable: true, description: 'Its number or code.' }),
    title: t.exposeString('title', { description: 'What people call it.' }),
    date: t.expose('date', { type: 'Date', nullable: true, description: 'The date of a document.' }),
    total: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'The sum of a document, with tax.',
      resolve: ({ total }) => total?.toFixed(2) ?? null,
    }),
    currency: t.exposeString('currency', { nullable: true, description: 'The currency of the sum.' }),
    status: t.exposeString('status', { description: 'Where it stands here, such as authorised.' }),
    syncState: t.field({
      type: SyncState,
      description: 'Where it stands on its way to Xero.',
      resolve: ({ syncState }) => parseSyncState(syncState),
    }),
    problem: t.exposeString('problem', { nullable: true, description: 'Why it is held, skipped or failed.' }),
    fix: t.string({
      nullable: true,
      description: 'What to do about a failure.',
      resolve: ({ syncState, problem }) => (syncState === 'failed' && problem ? explain(problem).fix : null),
    }),
    xeroId: t.exposeString('xeroId', { nullable: true, description: "Xero's own id of it." }),
    xeroUrl: t.string({
      nullable: true,
      description: 'Where to look at it in Xero.',
      resolve: (record, _args, { xero }) => xeroUrl(record, xero.oauth.sandboxUrl),
    }),
    accountingCode: t.exposeString('accountingCode', {
      nullable: true,
      description: 'Its number or code in Xero.',
    }),
    lastExportAt: t.expose('lastExportAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was last sent.',
    }),
    lastImportAt: t.expose('lastImportAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was last read.',
    }),
  }),
});

builder.objectFields(RecordRef, (t) => ({
  noExport: t.exposeBoolean('noExport', { description: 'Whether it is kept from being sent.' }),
  noExportReason: t.exposeString('noExportReason', { nullable: true, description: 'Why.' }),
  noImport: t.exposeBoolean('noImport', { description: 'Whether it is kept from being read.' }),
  noImportReason: t.exposeString('noImportReason', { nullable: true, description: 'Why.' }),
  cells: t.field({
    type: [CellRef],
    description: "Every column of its entity's list, as text.",
    resolve: cellsOf,
  }),
  fields: t.field({
    type: [DetailRef],
    description: 'What it says itself, label by label.',
    resolve: detailsOf,
  }),
  lines: t.field({
    type: [RecordLineRef],
    description: 'The lines of a document; empty for others.',
    resolve: linesOf,
  }),
  stock: t.field({
    type: [StockLevelRef],
    description: 'The level of an item at each location; empty for others.',
    resolve: stockOf,
  }),
}));

builder.queryField('record', (t) =>
  t.field({
    type: RecordRef,
    nullable: true,
    description: 'One record of any entity, by its uuid.',
    args: { id: t.arg.id({ required: true, description: 'The uuid.' }) },
    resolve: (_root, { id }, { db, organisation }) =>
      isId(id)
        ? db.prisma.record.findUnique({ where: { organisationId_id: { organisationId: organisation, id } } })
        : null,
  }),
);

function cellsOf(record: RecordRow): { key: string; text: string }[] {
  const columns = entityOf(record.entity)?.columns ?? [];
  return columns.map(({ key }) => ({ key, text: textOf(record[key], key) }));
}

function textOf(value: RecordRow[keyof RecordRow], key: string): string {
  if (value === null || value === false) return '';
  if (value === true) return 'yes';
  if (value instanceof Date) return key === 'date' ? value.toISOString().slice(0, 10) : value.toISOString();
  return typeof value === 'string' ? value : value.toFixed(2);
}
