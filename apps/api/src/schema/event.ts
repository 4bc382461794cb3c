// The history: one line for everything that happened, newest first.
import { type Db, Prisma } from '@stockbook/db';
import { badCursor, builder, isId, pageArgs, pageSize, toPage } from '@stockbook/sync/graphql';
import { EntityName } from './entity.ts';
import { RecordRef } from './record.ts';

export interface EventRow {
  id: string;
  at: Date;
  kind: string;
  actor: string;
  entity: string | null;
  text: string;
  runId: string | null;
  records: string[];
}

const recordsDefault = 20;

export const EventRef = builder.objectRef<EventRow>('Event').implement({
  description: 'One line of the history.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Its uuid; later events have higher ones.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When it happened.' }),
    kind: t.exposeString('kind', {
      description: 'What kind, such as edit, run, export, retry, urgent, load or connection.',
    }),
    actor: t.exposeString('actor', { description: 'Who did it.' }),
    entity: t.field({
      type: EntityName,
      nullable: true,
      description: 'What it is about.',
      resolve: (event) => event.entity,
    }),
    text: t.exposeString('text', { description: 'What happened, in words.' }),
    runId: t.exposeID('runId', { nullable: true, description: 'The run in whose course it happened.' }),
    count: t.int({ description: 'How many records it is about.', resolve: (event) => event.records.length }),
    records: t.field({
      type: [RecordRef],
      description: 'The records it is about.',
      args: { first: t.arg.int({ description: 'How many, at most 200; 20 when left out.' }) },
      resolve: (event, { first }) => event.records.slice(0, pageSize({ first: first ?? recordsDefault })),
    }),
  }),
});

const HistoryFilter = builder.inputType('HistoryFilter', {
  description: 'Which events; all conditions hold at once.',
  fields: (t) => ({
    entity: t.field({ type: EntityName, description: 'About records of this entity.' }),
    kind: t.string({ description: 'Of this kind.' }),
    q: t.string({ description: 'With these words, or by someone with this name, in any case.' }),
    from: t.field({ type: 'DateTime', description: 'At this instant or later.' }),
    to: t.field({ type: 'DateTime', description: 'At this instant or earlier.' }),
  }),
});

const EventConnection = builder.connectionObject(
  { type: EventRef, name: 'EventConnection' },
  { name: 'EventEdge' },
);

builder.queryField('history', (t) =>
  t.field({
    type: EventConnection,
    description: 'What happened, newest first.',
    args: { filter: t.arg({ type: HistoryFilter, description: 'Which.' }), ...pageArgs },
    resolve: async (_root, { filter, ...args }, { db, organisation }) => {
      const all = [Prisma.sql`TRUE`];
      if (filter?.entity) all.push(Prisma.sql`entity = ${filter.entity}`);
      if (filter?.kind) all.push(Prisma.sql`kind = ${filter.kind}`);
      if (filter?.q) {
        const part = `%${filter.q.replace(/[\\%_]/g, (found) => `\\${found}`)}%`;
        all.push(Prisma.sql`(text ILIKE ${part} OR actor ILIKE ${part})`);
      }
      if (filter?.from) all.push(Prisma.sql`at >= ${filter.from}`);
      if (filter?.to) all.push(Prisma.sql`at <= ${filter.to}`);
      if (typeof args.after === 'string') {
        if (!isId(args.after)) throw badCursor();
        all.push(Prisma.sql`id < ${args.after}::uuid`);
      }
      const found = await readEvents(db, organisation, Prisma.join(all, ' AND '), pageSize(args) + 1);
      return toPage(found, args, ({ id }) => id);
    },
  }),
);

builder.objectField(RecordRef, 'timeline', (t) =>
  t.field({
    type: [EventRef],
    description: 'What happened to it, newest first.',
    args: { first: t.arg.int({ description: 'How many, at most 200; 50 when left out.' }) },
    resolve: ({ id }, { first }, { db, organisation }) =>
      // The index on the list of records is to be used, whatever the planner thinks of the order.
      db.prisma.$queryRaw<EventRow[]>`
        WITH mine AS MATERIALIZED (SELECT * FROM event WHERE organisation_id = ${organisation}::uuid AND records @> ARRAY[${id}::uuid])
        SELECT id, at, kind, actor, entity, text, run_id AS "runId", records FROM mine ORDER BY id DESC LIMIT ${pageSize({ first })}`,
  }),
);

export function readEvents(
  db: Db,
  organisation: string,
  where: Prisma.Sql,
  limit: number,
): Promise<EventRow[]> {
  return db.prisma.$queryRaw<EventRow[]>`
    SELECT id, at, kind, actor, entity, text, run_id AS "runId", records FROM event
     WHERE organisation_id = ${organisation}::uuid AND ${where} ORDER BY id DESC LIMIT ${limit}`;
}
