// Refused changes, grouped by what is wrong: the cause in plain words, and what to do.
import { createHash } from 'node:crypto';
import type { Db } from '@stockbook/db';
import { builder, pageSize } from '@stockbook/sync/graphql';
import { type Explanation, explain } from '@stockbook/xero';
import { EntityName } from './entity.ts';
import { RecordRef } from './record.ts';

export interface ErrorGroup {
  id: string;
  entity: string;
  explanation: Explanation;
  count: number;
  firstAt: Date;
  lastAt: Date;
  sampleId: string;
  /** The reasons as they stand on the changes. */
  reasons: string[];
}

const ErrorGroupRef = builder.objectRef<ErrorGroup>('ErrorGroup').implement({
  description: 'Refused changes of one entity with one cause.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Names the group while its cause stands; `retry` takes it.' }),
    cause: t.string({
      description: 'What happened, in plain words.',
      resolve: ({ explanation }) => explanation.cause,
    }),
    fix: t.string({ description: 'What to do about it.', resolve: ({ explanation }) => explanation.fix }),
    link: t.string({
      nullable: true,
      description: 'Where to do it.',
      resolve: ({ explanation }) => explanation.link ?? null,
    }),
    message: t.string({
      description: "Xero's own words about the latest of them.",
      resolve: ({ explanation }) => explanation.raw,
    }),
    entity: t.field({
      type: EntityName,
      description: 'Of which entity the records are.',
      resolve: ({ entity }) => entity,
    }),
    count: t.exposeInt('count', { description: 'How many changes.' }),
    firstAt: t.expose('firstAt', { type: 'DateTime', description: 'When the first of them was refused.' }),
    lastAt: t.expose('lastAt', { type: 'DateTime', description: 'When the last of them was refused.' }),
    sample: t.field({
      type: RecordRef,
      description: 'One of the records.',
      resolve: ({ sampleId }) => sampleId,
    }),
    records: t.field({
      type: [RecordRef],
      description: 'The records, in the order in which they were to go.',
      args: { first: t.arg.int({ description: 'How many, at most 200; 50 when left out.' }) },
      resolve: async ({ id }, { first }, { db, organisation }) => {
        const records = (await recordsOfGroup(db, organisation, id)) ?? [];
        return records.slice(0, pageSize({ first: first ?? null }));
      },
    }),
  }),
});

builder.queryField('errorGroups', (t) =>
  t.field({
    type: [ErrorGroupRef],
    description: 'What Xero refused, grouped by cause, the largest group first.',
    resolve: (_root, _args, { db, organisation }) => readErrorGroups(db, organisation),
  }),
);

interface ReasonRow {
  entity: string;
  reason: string;
  count: number;
  firstAt: Date;
  lastAt: Date;
  sampleId: string;
}

const reasonMax = 5_000;

async function readErrorGroups(db: Db, organisation: string): Promise<ErrorGroup[]> {
  const rows = await db.prisma.$queryRaw<ReasonRow[]>`
    SELECT entity, coalesce(reason, '') AS reason, count(*)::int AS count,
           coalesce(min(settled_at), min(created_at)) AS "firstAt", coalesce(max(settled_at), max(created_at)) AS "lastAt",
           (array_agg(record_id ORDER BY number DESC))[1] AS "sampleId"
      FROM change WHERE organisation_id = ${organisation}::uuid AND state = 'rejected'
     GROUP BY 1, 2 ORDER BY 5 LIMIT ${reasonMax}`;
  const groups = new Map<string, ErrorGroup>();
  for (const { reason, ...row } of rows) {
    const explanation = explain(reason);
    const id = idOf(row.entity, explanation);
    const before = groups.get(id);
    const firstAt = before && before.firstAt < row.firstAt ? before.firstAt : row.firstAt;
    const reasons = [...(before?.reasons ?? []), reason];
    groups.set(id, { ...row, id, explanation, firstAt, reasons, count: row.count + (before?.count ?? 0) });
  }
  return [...groups.values()].sort((a, b) => b.count - a.count || a.id.localeCompare(b.id));
}

/** What nobody knows is grouped by Xero's own words. */
function idOf(entity: string, { class: known, cause, raw }: Explanation): string {
  const words = known === 'unknown' ? raw : cause;
  return createHash('sha256').update(`${entity}\n${words}`).digest('base64url').slice(0, 22);
}

/** The records of a group, or undefined when there is no such group any more. */
export async function recordsOfGroup(
  db: Db,
  organisation: string,
  id: string,
): Promise<string[] | undefined> {
  const group = (await readErrorGroups(db, organisation)).find((known) => known.id === id);
  if (!group) return undefined;
  const rows = await db.prisma.change.findMany({
    where: {
      organisationId: organisation,
      state: 'rejected',
      entity: group.entity,
      ...(group.reasons.includes('')
        ? { OR: [{ reason: null }, { reason: { in: group.reasons } }] }
        : { reason: { in: group.reasons } }),
    },
    select: { recordId: true },
    orderBy: { number: 'asc' },
  });
  return rows.map(({ recordId }) => recordId);
}
