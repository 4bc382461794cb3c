// Subscriptions to one thing as it moves: a run, or a load.
import type { Db } from '@stockbook/db';
import { builder, isId, NotFoundError } from '@stockbook/sync/graphql';
import { type Hearing, watching } from '../watching.ts';
import { LoadRef } from './load.ts';
import { RunRef } from './run.ts';

/** At most ten a second. */
const progressEachMs = 100;

builder.subscriptionFields((t) => ({
  runProgress: t.prismaField({
    type: RunRef,
    nullable: true,
    description:
      'A run as it is now, then each time it moves, at most ten times a second, and once when it ends. Without an id: whichever run is active.',
    args: { id: t.arg.id({ description: 'The uuid.' }) },
    subscribe: (_root, { id }, { db, events, organisation }) => {
      if (typeof id === 'string' && !isId(id)) throw new NotFoundError('There is no such run.');
      return watching(events.hear(organisation, ['run', 'record'], progressEachMs), (heard) =>
        id ? watchRun(db, heard, organisation, id) : watchActive(db, heard, organisation),
      );
    },
    resolve: (query, { id }: { id: string | null }, _args, { db, organisation: organisationId }) =>
      id
        ? db.prisma.run.findUnique({ ...query, where: { organisationId_id: { organisationId, id } } })
        : null,
  }),
  loadProgress: t.field({
    type: LoadRef,
    description:
      'A load as it is now, then each time it moves, at most ten times a second, until it has ended.',
    args: { id: t.arg.id({ required: true, description: 'The uuid.' }) },
    subscribe: (_root, { id }, { db, events, organisation }) => {
      if (!isId(id)) throw new NotFoundError('There is no such load.');
      return watching(events.hear(organisation, ['load'], progressEachMs), (heard) =>
        watchLoad(db, heard, organisation, id),
      );
    },
    resolve: (load) => load,
  }),
}));

type Shown = { id: string | null };

async function* watchRun(
  db: Db,
  heard: Hearing,
  organisationId: string,
  id: string,
): AsyncGenerator<Shown, void> {
  const where = { organisationId_id: { organisationId, id } };
  for (;;) {
    const run = await db.prisma.run.findUnique({ where, select: { endedAt: true } });
    if (!run) throw new NotFoundError('There is no such run.');
    yield { id };
    if (run.endedAt !== null || (await heard.next()).done) return;
  }
}

/** The active run; once more when it has ended, and then the next. */
async function* watchActive(db: Db, heard: Hearing, organisationId: string): AsyncGenerator<Shown, void> {
  const where = { organisationId, state: { in: ['waiting', 'running', 'parked'] } };
  const active = async () => (await db.prisma.run.findFirst({ where, select: { id: true } }))?.id ?? null;
  let shown = await active();
  yield { id: shown };
  for await (const _hint of heard) {
    const next = await active();
    if (shown !== null && next !== shown) yield { id: shown };
    if (next !== null) yield { id: next };
    shown = next;
  }
}

async function* watchLoad(db: Db, heard: Hearing, organisationId: string, id: string) {
  const where = { organisationId_id: { organisationId, id } };
  for (;;) {
    const load = await db.prisma.load.findUnique({ where });
    if (!load) throw new NotFoundError('There is no such load.');
    yield load;
    if (load.endedAt !== null || (await heard.next()).done) return;
  }
}
