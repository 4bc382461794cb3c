// Sync now: opens a run over everything that waits.
import { openRun } from '@stockbook/sync';
import { builder, ConflictError } from '@stockbook/sync/graphql';
import { RunRef } from './run.ts';

const SyncNowPayload = builder
  .objectRef<{ runId: string | null; pending: number }>('SyncNowPayload')
  .implement({
    description: 'What came of Sync now.',
    fields: (t) => ({
      run: t.prismaField({
        type: RunRef,
        nullable: true,
        description: 'The run that was opened; none when nothing waited.',
        resolve: (query, { runId: id }, _args, { db, organisation }) =>
          id
            ? db.prisma.run.findUnique({
                ...query,
                where: { organisationId_id: { organisationId: organisation, id } },
              })
            : null,
      }),
      pending: t.exposeInt('pending', { description: 'Changes that waited.' }),
    }),
  });

builder.mutationField('syncNow', (t) =>
  t.field({
    type: SyncNowPayload,
    description: 'Opens a run over everything that waits. While one is active it is refused with its id.',
    errors: {},
    resolve: async (_root, _args, { db, organisation, actor }) => {
      const opened = await openRun(db, organisation, { kind: 'manual', startedBy: actor });
      switch (opened.kind) {
        case 'opened':
          return { runId: opened.runId, pending: opened.pending };
        case 'nothing':
          return { runId: null, pending: 0 };
        case 'not-connected':
          throw new ConflictError(`${opened.reason}.`);
        case 'active': {
          const { runId, parkedUntil, parked } = opened;
          const until = parkedUntil ? ` until ${parkedUntil.toISOString()}` : '';
          const state = parked ? `is parked${until}` : 'is under way';
          throw new ConflictError(`A sync ${state}: one goes at a time.`, { runId, parkedUntil });
        }
      }
    },
  }),
);
