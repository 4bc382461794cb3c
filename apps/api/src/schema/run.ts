// Runs: what was done of how much, entity by entity, with their log.
import { hindrances } from '@stockbook/core';
import { Prisma } from '@stockbook/db';
import { layersOf } from '@stockbook/sync';
import { entities, entityOf } from '@stockbook/sync/entities';
import { builder, isId, pageArgs, pageArguments, pageSize, toPage } from '@stockbook/sync/graphql';
import { EntityName } from './entity.ts';
import { EventRef, readEvents } from './event.ts';
import { parseWord } from './word.ts';

const runKinds = ['manual', 'auto', 'instant'] as const;
const runStates = ['waiting', 'running', 'parked', 'done', 'failed', 'stopped'] as const;

const RunKind = builder.enumType('RunKind', {
  description: 'How a run began.',
  values: {
    MANUAL: { value: 'manual', description: 'A person asked for it.' },
    AUTO: { value: 'auto', description: 'The schedule or the outbox.' },
    INSTANT: { value: 'instant', description: 'An urgent change.' },
  },
});

const RunState = builder.enumType('RunState', {
  description: 'Where a run stands.',
  values: {
    WAITING: { value: 'waiting', description: 'No worker has taken it yet.' },
    RUNNING: { value: 'running', description: 'A worker carries it on.' },
    PARKED: {
      value: 'parked',
      description:
        'It waits: until `parkedUntil`, or for somebody to resume it where a person paused it, or to reconnect where the connection is lost.',
    },
    DONE: { value: 'done', description: 'It ended.' },
    FAILED: { value: 'failed', description: 'It could not go on.' },
    STOPPED: { value: 'stopped', description: 'A person stopped it; what was not sent waits for the next.' },
  },
});

const HindranceRef = builder.enumType('Hindrance', {
  description: 'What keeps a run’s calls from going.',
  values: {
    LIMIT: { value: 'limit', description: 'Xero’s limit for now is used up.' },
    DAY: { value: 'day', description: 'Xero’s calls of today are used up.' },
    RESERVE: {
      value: 'reserve',
      description: 'Today’s calls are used up but for those kept for urgent work.',
    },
    OUTAGE: { value: 'outage', description: 'Xero is down.' },
    NETWORK: { value: 'network', description: 'Xero cannot be reached from here.' },
    CONNECTION: { value: 'connection', description: 'Xero no longer lets us in, until somebody reconnects.' },
    ANSWER: {
      value: 'answer',
      description: 'Xero gave no answer that can be trusted: an outcome is to be found out.',
    },
  },
});

const RunTotalRef = builder.prismaObject('RunTotal', {
  description: "One entity's share of a run.",
  fields: (t) => ({
    entity: t.field({ type: EntityName, description: 'The entity.', resolve: ({ entity }) => entity }),
    label: t.string({
      description: 'Its name for people.',
      resolve: ({ entity }) => entityOf(entity)?.label ?? entity,
    }),
    total: t.exposeInt('total', { description: 'Changes in the snapshot.' }),
    sent: t.exposeInt('sent', { description: 'Sent.' }),
    rejected: t.exposeInt('rejected', { description: 'Refused.' }),
    skipped: t.exposeInt('skipped', { description: 'Not to be sent.' }),
    held: t.exposeInt('held', { description: 'Waiting for something else.' }),
  }),
});

/** What a run's calls count, here and in the status. */
export const callsWords =
  'PUT and POST requests that went, repeats and 429s included, and those whose sender died, since they may have gone.';

export const RunRef = builder.prismaObject('Run', {
  description: 'One operation over a fixed snapshot of the queue.',
  include: { totals: true },
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Its uuid.' }),
    kind: t.field({
      type: RunKind,
      description: 'How it began.',
      resolve: ({ kind }) => parseWord(runKinds, kind),
    }),
    state: t.field({
      type: RunState,
      description: 'Where it stands.',
      resolve: ({ state }) => parseWord(runStates, state),
    }),
    startedBy: t.exposeString('startedBy', { description: 'Who asked for it.' }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why it waits, is parked or failed.' }),
    hindrance: t.field({
      type: HindranceRef,
      nullable: true,
      description: 'What keeps its calls from going, where its reason says so.',
      resolve: ({ hindrance }) => (hindrance === null ? null : parseWord(hindrances, hindrance)),
    }),
    parkedUntil: t.expose('parkedUntil', {
      type: 'DateTime',
      nullable: true,
      description: 'When it goes on by itself, unless a person paused it.',
    }),
    asked: t.exposeString('asked', { nullable: true, description: '`pause` or `stop`, if asked.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was asked for.' }),
    startedAt: t.expose('startedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When a worker took it.',
    }),
    endedAt: t.expose('endedAt', { type: 'DateTime', nullable: true, description: 'When it ended.' }),
    done: t.int({
      description: 'Changes that were sent, refused or skipped.',
      resolve: ({ totals }) =>
        totals.reduce((sum, { sent, rejected, skipped }) => sum + sent + rejected + skipped, 0),
    }),
    total: t.int({
      description: 'Changes in its snapshot.',
      resolve: ({ totals }) => totals.reduce((sum, { total }) => sum + total, 0),
    }),
    totals: t.field({
      type: [RunTotalRef],
      description: 'Entity by entity, in the order in which they go.',
      resolve: ({ totals }) => inSendingOrder(totals),
    }),
    calls: t.exposeInt('calls', { description: callsWords }),
    reads: t.exposeInt('reads', { description: 'GET requests.' }),
    throttled: t.exposeInt('throttled', { description: 'How often Xero answered 429.' }),
    log: t.field({
      type: [EventRef],
      description: 'What happened in its course, newest first.',
      args: { first: t.arg.int({ description: 'How many, at most 200; 50 when left out.' }) },
      resolve: ({ id }, { first }, { db, organisation }) =>
        readEvents(db, organisation, Prisma.sql`run_id = ${id}::uuid`, pageSize({ first })),
    }),
  }),
});

/** Parents before children, as a run works them. */
function inSendingOrder<T extends { entity: string }>(totals: readonly T[]): T[] {
  const order = layersOf(entities).flatMap((layer) => layer.map(({ name }) => name).sort());
  return [...totals].sort((a, b) => order.indexOf(a.entity) - order.indexOf(b.entity));
}

const RunConnection = builder.connectionObject({ type: RunRef, name: 'RunConnection' }, { name: 'RunEdge' });

builder.queryFields((t) => ({
  runs: t.field({
    type: RunConnection,
    description: 'Runs, newest first.',
    args: pageArgs,
    resolve: async (_root, args, { db, organisation }) => {
      const { first, after } = pageArguments(args);
      const found = await db.prisma.run.findMany({
        where: { organisationId: organisation, ...(after ? { id: { lt: after } } : {}) },
        orderBy: { id: 'desc' },
        take: first + 1,
        include: { totals: { orderBy: { entity: 'asc' } } },
      });
      return toPage(found, args, ({ id }) => id);
    },
  }),
  run: t.prismaField({
    type: RunRef,
    nullable: true,
    description: 'One run by its uuid.',
    args: { id: t.arg.id({ required: true, description: 'The uuid.' }) },
    resolve: (query, _root, { id }, { db, organisation }) =>
      isId(id)
        ? db.prisma.run.findUnique({
            ...query,
            where: { organisationId_id: { organisationId: organisation, id } },
          })
        : null,
  }),
}));
