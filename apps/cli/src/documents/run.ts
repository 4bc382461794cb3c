// Runs: opening one, watching one.
import { z } from 'zod';
import { defineDocument, mutationResult, refusalFields } from './document.ts';

const run = z.object({
  id: z.string(),
  kind: z.string(),
  state: z.enum(['WAITING', 'RUNNING', 'PARKED', 'DONE', 'FAILED', 'STOPPED']),
  startedBy: z.string(),
  reason: z.nullable(z.string()),
  hindrance: z.nullable(z.string()),
  asked: z.nullable(z.string()),
  parkedUntil: z.nullable(z.string()),
  createdAt: z.string(),
  startedAt: z.nullable(z.string()),
  endedAt: z.nullable(z.string()),
  done: z.number(),
  total: z.number(),
  calls: z.number(),
  reads: z.number(),
  throttled: z.number(),
  totals: z.array(
    z.object({
      entity: z.string(),
      label: z.string(),
      total: z.number(),
      sent: z.number(),
      rejected: z.number(),
      skipped: z.number(),
      held: z.number(),
    }),
  ),
});

export type Run = z.infer<typeof run>;
export const runShape = run;

export const runFields = `id kind state startedBy reason hindrance asked parkedUntil createdAt startedAt endedAt done total calls reads throttled
  totals { entity label total sent rejected skipped held }`;

export const syncNow = defineDocument(
  `mutation { result: syncNow { ${refusalFields} ... on SyncNowPayload { run { ${runFields} } pending } } }`,
  mutationResult(z.object({ run: z.nullable(run), pending: z.number() })),
);

export const runQuery = defineDocument(
  `query ($id: ID!) { result: run(id: $id) { ${runFields} } }`,
  z.nullable(run),
);

export const runProgress = defineDocument(
  `subscription ($id: ID!) { result: runProgress(id: $id) { ${runFields} } }`,
  z.nullable(run),
);
