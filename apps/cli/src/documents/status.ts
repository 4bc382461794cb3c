// How things stand: the connection, the queue, the active and the last run, the calls.
import { z } from 'zod';
import { defineDocument } from './document.ts';
import { runFields, runShape } from './run.ts';

const status = z.object({
  organisation: z.object({ id: z.string(), name: z.string() }),
  connection: z.object({
    state: z.string(),
    problem: z.nullable(z.string()),
    tenantName: z.nullable(z.string()),
    tenantId: z.nullable(z.string()),
    country: z.nullable(z.string()),
    currency: z.nullable(z.string()),
    connectedAt: z.nullable(z.string()),
    sandbox: z.boolean(),
    unsettled: z.number(),
    autoSync: z.boolean(),
  }),
  pending: z.number(),
  held: z.number(),
  conflicts: z.number(),
  claimed: z.number(),
  checking: z.number(),
  sent: z.number(),
  rejected: z.number(),
  sentToday: z.number(),
  lastFullSyncAt: z.nullable(z.string()),
  readOnly: z.nullable(z.string()),
  activeRun: z.nullable(runShape),
  lastRun: z.nullable(runShape),
  forecast: z.object({
    queueClearsAt: z.nullable(z.string()),
    callsLastUntil: z.nullable(z.string()),
    reserve: z.number(),
  }),
  calls: z.object({
    used: z.number(),
    reads: z.number(),
    minimum: z.number(),
    perDocument: z.nullable(z.string()),
    leftThisMinute: z.nullable(z.number()),
    leftToday: z.nullable(z.number()),
    closedUntil: z.nullable(z.string()),
  }),
});

export type Status = z.infer<typeof status>;

export const statusQuery = defineDocument(
  `query {
    result: status {
      organisation { id name }
      connection { state problem tenantName tenantId country currency connectedAt sandbox unsettled autoSync }
      pending held conflicts claimed checking sent rejected sentToday lastFullSyncAt readOnly
      activeRun { ${runFields} }
      lastRun { ${runFields} }
      calls { used reads minimum perDocument leftThisMinute leftToday closedUntil }
      forecast { queueClearsAt callsLastUntil reserve }
    }
  }`,
  status,
);
