// The calls a record took part in: when, and how they ended.
import { Prisma } from '@stockbook/db';
import { builder } from '@stockbook/sync/graphql';
import { shownBody, shownPart } from './attempt-part.ts';
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
  request: string | null;
  answer: string | null;
  /** Kept of an answer that failed. */
  failed: string | null;
}

const attemptMax = 50;

const AttemptRef = builder.objectRef<AttemptRow>('Attempt').implement({
  description: 'One sending of an export, or one look at what became of it.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Its uuid.' }),
    kind: t.exposeString('kind', { description: 'send, look or compare.' }),
    startedAt: t.expose('startedAt', { type: 'DateTime', description: 'When it began.' }),
    endedAt: t.expose('endedAt', { type: 'DateTime', nullable: true, description: 'When it ended.' }),
    outcome: t.exposeString('outcome', { nullable: true, description: 'What it ended in.' }),
    status: t.exposeInt('status', { nullable: true, description: 'The HTTP status of the answer.' }),
    message: t.exposeString('message', { nullable: true, description: "Xero's words, where it had any." }),
    size: t.exposeInt('size', { description: 'How many records went in the call.' }),
    key: t.exposeString('key', { description: 'The idempotency key.' }),
    request: t.string({
      nullable: true,
      description: "The record's part of what was sent, as JSON, without what is private; none of a look.",
      resolve: ({ kind, request }) => (kind === 'send' ? shownPart(request) : null),
    }),
    answer: t.string({
      nullable: true,
      description:
        "The record's part of Xero's answer, as JSON; of a call that failed, the beginning of the answer. Without what is private.",
      resolve: ({ answer, failed }) => shownPart(answer) ?? shownBody(failed),
    }),
  }),
});

builder.objectField(RecordRef, 'attempts', (t) =>
  t.field({
    type: [AttemptRef],
    description: 'The calls it took part in, newest first, at most 50.',
    resolve: ({ id, number }, _args, { db, organisation }) =>
      // A change that was retried, or went on as part of another export, forgets its export; the events remember it.
      db.prisma.$queryRaw<AttemptRow[]>`
        WITH mine AS MATERIALIZED (
          SELECT export_id AS id FROM change
           WHERE organisation_id = ${organisation}::uuid AND record_id = ${id}::uuid AND export_id IS NOT NULL
          UNION SELECT export_id FROM event
           WHERE organisation_id = ${organisation}::uuid AND records @> ARRAY[${id}::uuid] AND export_id IS NOT NULL)
        SELECT a.id, a.kind, a.started_at AS "startedAt", a.ended_at AS "endedAt", a.outcome, a.status, a.message, e.size, e.key,
               ${partOf(Prisma.sql`e.body`, number)} AS request,
               CASE WHEN a.outcome = 'answered' THEN coalesce(CASE a.kind WHEN 'send' THEN ${partOf(Prisma.sql`a.answer`, number)} END,
                 CASE WHEN a.id = agreed.by THEN m.agreed END) END AS answer,
               CASE WHEN a.outcome <> 'answered' THEN a.answer END AS failed
          FROM mine JOIN export e ON e.organisation_id = ${organisation}::uuid AND e.id = mine.id
          JOIN attempt a ON a.organisation_id = e.organisation_id AND a.export_id = e.id
          LEFT JOIN mapping m ON m.organisation_id = e.organisation_id AND m.record_id = ${id}::uuid
          LEFT JOIN LATERAL (SELECT l.id AS by FROM mine JOIN attempt l ON l.organisation_id = ${organisation}::uuid
            AND l.export_id = mine.id AND l.outcome = 'answered' AND m.updated_at BETWEEN l.started_at AND l.ended_at
            ORDER BY l.ended_at DESC, l.id DESC LIMIT 1) agreed ON true
         ORDER BY a.id DESC LIMIT ${attemptMax}`,
  }),
);

/** The element of that number or code in a body; of a clean answer only each record's own part is kept, as what both sides agreed when it came. */
function partOf(body: Prisma.Sql, number: string | null): Prisma.Sql {
  return Prisma.sql`(SELECT one.value::text FROM json_each(${body}::json) list
    CROSS JOIN LATERAL json_array_elements(CASE json_typeof(list.value) WHEN 'array' THEN list.value ELSE '[]' END) one
    WHERE coalesce(one.value ->> 'InvoiceNumber', one.value ->> 'CreditNoteNumber', one.value ->> 'ContactNumber', one.value ->> 'Code')
      = ${number}::text LIMIT 1)`;
}
