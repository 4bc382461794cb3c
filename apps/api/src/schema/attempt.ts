// The calls a record took part in: when, and how they ended.
import { builder } from '@stockbook/sync/graphql';
import { RecordRef } from './record.ts';

interface AttemptRow {
  id: string;
  kind: string;
  startedAt: Date;
  endedAt: Date | null;
  outcome: string | null;
  status: number | null;
  message: string | null;
  size: number;
  key: string;
}

const attemptMax = 50;

const AttemptRef = builder.objectRef<AttemptRow>('Attempt').implement({
  description: 'One sending of an export, or one look at what became of it.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Its uuid.' }),
    kind: t.exposeString('kind', { description: 'send or look.' }),
    startedAt: t.expose('startedAt', { type: 'DateTime', description: 'When it began.' }),
    endedAt: t.expose('endedAt', { type: 'DateTime', nullable: true, description: 'When it ended.' }),
    outcome: t.exposeString('outcome', { nullable: true, description: 'What it ended in.' }),
    status: t.exposeInt('status', { nullable: true, description: 'The HTTP status of the answer.' }),
    message: t.exposeString('message', { nullable: true, description: "Xero's words, where it had any." }),
    size: t.exposeInt('size', { description: 'How many records went in the call.' }),
    key: t.exposeString('key', { description: 'The idempotency key.' }),
  }),
});

builder.objectField(RecordRef, 'attempts', (t) =>
  t.field({
    type: [AttemptRef],
    description: 'The calls it took part in, newest first, at most 50.',
    resolve: ({ id }, _args, { db, organisation }) =>
      // A retried change forgets its export; the events remember it.
      db.prisma.$queryRaw<AttemptRow[]>`
        WITH mine AS MATERIALIZED (
          SELECT export_id AS id FROM change
           WHERE organisation_id = ${organisation}::uuid AND record_id = ${id}::uuid AND export_id IS NOT NULL
          UNION SELECT export_id FROM event
           WHERE organisation_id = ${organisation}::uuid AND records @> ARRAY[${id}::uuid] AND export_id IS NOT NULL)
        SELECT a.id, a.kind, a.started_at AS "startedAt", a.ended_at AS "endedAt", a.outcome, a.status, a.message, e.size, e.key
          FROM mine JOIN export e ON e.organisation_id = ${organisation}::uuid AND e.id = mine.id
          JOIN attempt a ON a.organisation_id = e.organisation_id AND a.export_id = e.id
         ORDER BY a.id DESC LIMIT ${attemptMax}`,
  }),
);
