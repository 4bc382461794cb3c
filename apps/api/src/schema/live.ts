// Subscriptions: hints are heard, rows are read again, and what follows is sent at a pace.
import type { Db } from '@stockbook/db';
import { readQueueCounts } from '@stockbook/sync';
import { builder, isId, NotFoundError } from '@stockbook/sync/graphql';
import { ChangeRef, QueueCountsRef } from './change.ts';
import { type LiveNews, newFailures, newsOf } from './live-news.ts';
import { LoadRef } from './load.ts';
import { RunRef } from './run.ts';

/** At most ten a second. */
const progressEachMs = 100;
const countsEachMs = 500;
const newsEachMs = 200;

const LiveRef = builder.objectRef<LiveNews>('Live').implement({
  description: 'What to look at again.',
  fields: (t) => ({
    ids: t.exposeIDList('ids', { description: 'Records that changed, by uuid.' }),
    topics: t.exposeStringList('topics', {
      description:
        'What has news: queue, record, run, load, connection; `gap` means that news was lost or too many: read again what is shown.',
    }),
  }),
});

builder.subscriptionFields((t) => ({
  runProgress: t.prismaField({
    type: RunRef,
    nullable: true,
    description:
      'A run as it is now, then each time it moves, at most ten times a second, and once when it ends. Without an id: whichever run is active.',
    args: { id: t.arg.id({ description: 'The uuid.' }) },
    subscribe: (_root, { id }, { db, events, organisation }) => {
      if (typeof id === 'string' && !isId(id)) throw new NotFoundError('There is no such run.');
      return watchRun(
        db,
        events.hear(organisation, ['run', 'record'], progressEachMs),
        organisation,
        id ?? undefined,
      );
    },
    resolve: (query, { id }: { id: string | null }, _args, { db, organisation }) =>
      id
        ? db.prisma.run.findUnique({
            ...query,
            where: { organisationId_id: { organisationId: organisation, id } },
          })
        : null,
  }),
  queueChanged: t.field({
    type: QueueCountsRef,
    description: 'The queue in figures, now and whenever they change.',
    subscribe: (_root, _args, { db, events, organisation }) =>
      changing(events.hear(organisation, ['queue', 'record', 'run'], countsEachMs), () =>
        readQueueCounts(db, organisation),
      ),
    resolve: (counts) => counts,
  }),
  errorRaised: t.field({
    type: ChangeRef,
    description: 'Each change that Xero refuses from now on.',
    subscribe: (_root, _args, { db, events, organisation }) =>
      newFailures(db, organisation, events.hear(organisation, ['record'], newsEachMs)),
    resolve: (change) => change,
  }),
  live: t.field({
    type: LiveRef,
    description: 'Which records changed, and what else has news: read again what is shown of it.',
    subscribe: (_root, _args, { db, events, organisation }) =>
      newsOf(
        db,
        organisation,
        events.hear(organisation, ['queue', 'record', 'run', 'load', 'connection'], newsEachMs),
      ),
    resolve: (news) => news,
  }),
  loadProgress: t.field({
    type: LoadRef,
    description:
      'A load as it is now, then each time it moves, at most ten times a second, until it has ended.',
    args: { id: t.arg.id({ required: true, description: 'The uuid.' }) },
    subscribe: (_root, { id }, { db, events, organisation }) => {
      if (!isId(id)) throw new NotFoundError('There is no such load.');
      return watchLoad(db, events.hear(organisation, ['load'], progressEachMs), organisation, id);
    },
    resolve: (load) => load,
  }),
}));

type Hearing = AsyncGenerator<unknown, void>;

/** The first value at once, then each that differs from the one before. */
async function* changing<T>(heard: Hearing, read: () => Promise<T>): AsyncGenerator<T, void> {
  try {
    let last = await read();
    yield last;
    for await (const _hint of heard) {
      const next = await read();
      if (JSON.stringify(next) === JSON.stringify(last)) continue;
      last = next;
      yield next;
    }
  } finally {
    await heard.return();
  }
}

/** A named run until it ends; without a name the active one, once more when it has ended, and then the next. */
async function* watchRun(db: Db, heard: Hearing, organisationId: string, named: string | undefined) {
  const active = async () => {
    const where = { organisationId, state: { in: ['waiting', 'running', 'parked'] } };
    return (await db.prisma.run.findFirst({ where, select: { id: true } }))?.id ?? null;
  };
  const ended = async (id: string) => {
    const run = await db.prisma.run.findUnique({ where: { organisationId_id: { organisationId, id } } });
    return run === null || run.endedAt !== null;
  };
  try {
    let shown = named ?? (await active());
    yield { id: shown };
    if (named !== undefined && (await ended(named))) return;
    for await (const _hint of heard) {
      if (named !== undefined) {
        const last = await ended(named);
        yield { id: named };
        if (last) return;
        continue;
      }
      const next = await active();
      if (shown !== null && next !== shown) yield { id: shown };
      if (next !== null) yield { id: next };
      shown = next;
    }
  } finally {
    await heard.return();
  }
}

async function* watchLoad(db: Db, heard: Hearing, organisationId: string, id: string) {
  const read = () => db.prisma.load.findUnique({ where: { organisationId_id: { organisationId, id } } });
  try {
    let load = await read();
    if (!load) throw new NotFoundError('There is no such load.');
    yield load;
    while (load.endedAt === null) {
      if ((await heard.next()).done) return;
      load = (await read()) ?? load;
      yield load;
    }
  } finally {
    await heard.return();
  }
}
