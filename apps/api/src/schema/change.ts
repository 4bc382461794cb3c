// The queue: changes that wait, are held, on their way, or were refused.
import { type Db, Prisma } from '@stockbook/db';
import type { QueueCounts } from '@stockbook/sync';
import { badCursor, builder, pageArgs, pageSize, toPage } from '@stockbook/sync/graphql';
import { EntityName } from './entity.ts';
import { RecordRef } from './record.ts';
import { parseSyncState, SyncState } from './sync-state.ts';

export interface ChangeRow {
  number: bigint;
  entity: string;
  recordId: string;
  state: string;
  reason: string | null;
  urgent: boolean;
  createdAt: Date;
  settledAt: Date | null;
}

export const ChangeRef = builder.objectRef<ChangeRow>('Change').implement({
  description: 'This record must reach Xero.',
  fields: (t) => ({
    id: t.id({
      description: 'Its number, which names it in the organisation.',
      resolve: ({ number }) => String(number),
    }),
    number: t.string({
      description: 'Its place in the order in which changes were made.',
      resolve: ({ number }) => String(number),
    }),
    entity: t.field({
      type: EntityName,
      description: 'Of which entity the record is.',
      resolve: ({ entity }) => entity,
    }),
    record: t.field({ type: RecordRef, description: 'The record.', resolve: ({ recordId }) => recordId }),
    state: t.field({
      type: SyncState,
      description: 'Where it stands.',
      resolve: ({ state }) => parseSyncState(state),
    }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why it is held, skipped or refused.' }),
    urgent: t.exposeBoolean('urgent', { description: 'Whether it goes before others.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    settledAt: t.expose('settledAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was sent, refused or skipped.',
    }),
  }),
});

const openStates = ['pending', 'held', 'conflict', 'sending', 'checking', 'failed'] as const;
type OpenState = (typeof openStates)[number];

const ChangeState = builder.enumType('ChangeState', {
  description: 'The states of changes that are in the queue.',
  values: {
    PENDING: { value: 'pending', description: 'Waits for the next sync.' },
    HELD: { value: 'held', description: 'Waits for something else.' },
    CONFLICT: { value: 'conflict', description: 'Waits for a person: it was changed in Xero.' },
    SENDING: { value: 'sending', description: 'On its way now.' },
    CHECKING: { value: 'checking', description: 'Stockbook looks what Xero has.' },
    FAILED: { value: 'failed', description: 'Refused.' },
  } satisfies Record<string, { value: OpenState; description: string }>,
});

const QueueFilter = builder.inputType('QueueFilter', {
  description: 'Which changes; all conditions hold at once.',
  fields: (t) => ({
    entity: t.field({ type: EntityName, description: 'Of records of this entity.' }),
    state: t.field({ type: ChangeState, description: 'In this state.' }),
  }),
});

const ChangeConnection = builder.connectionObject(
  { type: ChangeRef, name: 'ChangeConnection' },
  { name: 'ChangeEdge' },
);

builder.queryField('queue', (t) =>
  t.field({
    type: ChangeConnection,
    description: 'The queue in the order in which it will go; refused ones, asked for alone, newest first.',
    args: { filter: t.arg({ type: QueueFilter, description: 'Which.' }), ...pageArgs },
    resolve: async (_root, { filter, ...args }, { db, organisation }) => {
      const limit = pageSize(args) + 1;
      const after = args.after ?? undefined;
      if (after !== undefined && !/^\d{1,18}$/.test(after)) throw badCursor();
      const asked = { state: filter?.state ?? undefined, entity: filter?.entity ?? undefined, after, limit };
      return toPage(await readQueue(db, organisation, asked), args, ({ number }) => String(number));
    },
  }),
);

export const QueueCountsRef = builder.objectRef<QueueCounts>('QueueCounts').implement({
  description: 'The queue in figures.',
  fields: (t) => ({
    pending: t.exposeInt('pending', { description: 'Changes that wait for the next sync.' }),
    held: t.exposeInt('held', { description: 'Changes that wait for something else.' }),
    conflicts: t.exposeInt('conflicts', {
      description: 'Changes that wait for a person: their record was changed in Xero.',
    }),
    claimed: t.exposeInt('claimed', { description: 'Changes on their way now.' }),
    checking: t.exposeInt('checking', {
      description: 'Changes on their way whose outcome is unknown: Stockbook looks what Xero has.',
    }),
    rejected: t.exposeInt('rejected', { description: 'Changes that Xero refused.' }),
  }),
});

builder.objectField(RecordRef, 'changes', (t) =>
  t.field({
    type: [ChangeRef],
    description: 'Its last changes, newest first, at most 20.',
    resolve: ({ id }, _args, { db, organisation }) =>
      readChanges(db, organisation, Prisma.sql`c.record_id = ${id}::uuid ORDER BY c.number DESC LIMIT 20`),
  }),
);

/** Changes with the state people see: one in flight whose outcome is unknown is being checked. */
export function readChanges(db: Db, organisation: string, where: Prisma.Sql): Promise<ChangeRow[]> {
  return db.prisma.$queryRaw<
    ChangeRow[]
  >`${select} WHERE c.organisation_id = ${organisation}::uuid AND ${where}`;
}

const select = Prisma.sql`
  SELECT c.number, c.entity, c.record_id AS "recordId", c.reason, c.urgent, c.created_at AS "createdAt", c.settled_at AS "settledAt",
         CASE c.state WHEN 'pending' THEN CASE WHEN c.held IS NULL THEN 'pending' WHEN c.held = 'conflict' THEN 'conflict' ELSE 'held' END
              WHEN 'claimed' THEN CASE WHEN e.unknown THEN 'checking' ELSE 'sending' END
              WHEN 'sent' THEN CASE WHEN c.reason IS NULL THEN 'completed' ELSE 'warning' END
              WHEN 'rejected' THEN 'failed' ELSE 'skipped' END AS state
    FROM change c LEFT JOIN export e ON e.organisation_id = c.organisation_id AND e.id = c.export_id`;

const stored: Record<OpenState, { state: string; more: Prisma.Sql }> = {
  pending: { state: 'pending', more: Prisma.sql`AND c.held IS NULL` },
  held: { state: 'pending', more: Prisma.sql`AND c.held <> 'conflict'` },
  conflict: { state: 'pending', more: Prisma.sql`AND c.held = 'conflict'` },
  sending: { state: 'claimed', more: Prisma.sql`AND e.unknown IS NOT TRUE` },
  checking: { state: 'claimed', more: Prisma.sql`AND e.unknown` },
  failed: { state: 'rejected', more: Prisma.empty },
};

interface QueueAsked {
  state: OpenState | undefined;
  entity: string | undefined;
  after: string | undefined;
  limit: number;
}

/** Each state is read from its own part of the index, so that a page costs the same however much was sent before. */
async function readQueue(db: Db, organisation: string, asked: QueueAsked): Promise<ChangeRow[]> {
  const { state, entity, after, limit } = asked;
  const newest = state === 'failed';
  const direction = newest ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  const beyond = newest ? Prisma.sql`<` : Prisma.sql`>`;
  const from = after === undefined ? Prisma.empty : Prisma.sql`AND c.number ${beyond} ${BigInt(after)}`;
  const of = entity === undefined ? Prisma.empty : Prisma.sql`AND c.entity = ${entity}`;
  const parts = (state === undefined ? openStates : [state]).map((open) => {
    const { state: inRow, more } = stored[open];
    return Prisma.sql`(${select} WHERE c.organisation_id = ${organisation}::uuid AND c.state = ${inRow} ${more} ${of} ${from}
      ORDER BY c.number ${direction} LIMIT ${limit})`;
  });
  return db.prisma.$queryRaw<ChangeRow[]>`
    SELECT * FROM (${Prisma.join(parts, ' UNION ALL ')}) queue ORDER BY number ${direction} LIMIT ${limit}`;
}
