// Lists of records of any entity: filtered, in the order of one of five indexes, page after page by its key.
import { builder, pageArgs, toPage } from '@stockbook/sync/graphql';
import { EntityName } from './entity.ts';
import { RecordRef } from './record.ts';
import { findRecords, type SortKey, sortKeys } from './record-page.ts';
import { SyncState } from './sync-state.ts';

const RecordFilter = builder.inputType('RecordFilter', {
  description: 'Which records; all conditions hold at once.',
  fields: (t) => ({
    q: t.string({ description: 'A part of the number or title, in any case.' }),
    syncState: t.field({ type: SyncState, description: 'Where they stand on their way to Xero.' }),
    status: t.string({ description: 'Where they stand here, such as authorised.' }),
    exported: t.boolean({ description: 'Whether they were ever sent.' }),
    accountingCode: t.string({ description: 'Their number or code in Xero begins with this.' }),
    dateFrom: t.field({ type: 'Date', description: 'Dated on this day or later.' }),
    dateTo: t.field({ type: 'Date', description: 'Dated on this day or earlier.' }),
    lastExportFrom: t.field({ type: 'DateTime', description: 'Last sent at this instant or later.' }),
    lastExportTo: t.field({ type: 'DateTime', description: 'Last sent at this instant or earlier.' }),
    lastImportFrom: t.field({ type: 'DateTime', description: 'Last read at this instant or later.' }),
    lastImportTo: t.field({ type: 'DateTime', description: 'Last read at this instant or earlier.' }),
    noExport: t.boolean({ description: 'Whether they are kept from being sent.' }),
    noImport: t.boolean({ description: 'Whether they are kept from being read.' }),
  }),
});

export type RecordFilterShape = typeof RecordFilter.$inferInput;

const RecordSortKey = builder.enumType('RecordSortKey', {
  description: 'What a list of records can be ordered by.',
  values: {
    NUMBER: { value: 'number', description: 'Their number or code.' },
    DATE: { value: 'date', description: 'Their date.' },
    TITLE: { value: 'title', description: 'Their title.' },
    LAST_EXPORT: { value: 'lastExport', description: 'When they were last sent.' },
    ACCOUNTING_CODE: { value: 'accountingCode', description: 'Their number or code in Xero.' },
  } satisfies Record<string, { value: SortKey; description: string }>,
});

const RecordSort = builder.inputType('RecordSort', {
  description: 'The order of a list; records that lack the key come last either way.',
  fields: (t) => ({
    key: t.field({ type: RecordSortKey, required: true, description: 'By what.' }),
    descending: t.boolean({ description: 'From the highest to the lowest.' }),
  }),
});

const RecordConnection = builder.connectionObject(
  { type: RecordRef, name: 'RecordConnection' },
  { name: 'RecordEdge' },
);

builder.queryField('records', (t) =>
  t.field({
    type: RecordConnection,
    description: 'Records of one entity.',
    args: {
      entity: t.arg({ type: EntityName, required: true, description: 'Of which entity.' }),
      filter: t.arg({ type: RecordFilter, description: 'Which.' }),
      sort: t.arg({ type: RecordSort, description: 'In which order; by number when left out.' }),
      ...pageArgs,
    },
    resolve: async (_root, { entity, filter, sort, ...args }, { db, organisation }) => {
      const order = { key: sort?.key ?? sortKeys[0], descending: sort?.descending ?? false };
      const found = await findRecords(db, organisation, { entity, filter: filter ?? {}, order, args });
      const page = toPage(found, args, ({ cursor }) => cursor);
      return { ...page, edges: page.edges.map(({ cursor, node }) => ({ cursor, node: node.row })) };
    },
  }),
);
