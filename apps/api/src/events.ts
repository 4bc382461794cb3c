// The hints of the database, heard on one connection of its own and passed to whoever watches; a lost connection is a gap.
import { channel } from '@stockbook/db';
import type { Events, Hint } from '@stockbook/sync/graphql';
import pg from 'pg';
import type { Logger } from 'pino';
import { z } from 'zod';
import { createHearer, type Hearer } from './hearer.ts';
import type { HeardWrites } from './writes.ts';

export interface HintSource extends Events {
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** `writes` hears each hint first, whomever it is for. `start` waits for the first connection; later ones are renewed for ever, and each renewal is a gap for every hearer. */
export function createEvents(url: string, log: Logger, writes: HeardWrites): HintSource {
  const hearers = new Set<Hearer>();
  const line = createLine(url, {
    said: (payload) => {
      const hint = parseHint(payload);
      if (hint === undefined) return;
      writes.hear(hint);
      for (const hearer of hearers) hearer.tell(hint);
    },
    lost: (problem) =>
      log.warn({ problem }, 'The connection that hears hints was lost; it is being renewed.'),
    renewed: () => {
      writes.forget();
      for (const hearer of hearers) hearer.gap();
    },
  });
  return {
    start: line.open,
    hear(organisation, topics, intervalMs) {
      const hearer = createHearer({ organisation, topics, intervalMs, ended: () => hearers.delete(hearer) });
      hearers.add(hearer);
      return hearer.heard;
    },
    async stop() {
      for (const hearer of [...hearers]) hearer.end();
      await line.close();
    },
  };
}

interface Line {
  open(): Promise<void>;
  close(): Promise<void>;
}

interface LineEvents {
  said: (payload: string | undefined) => void;
  lost: (problem: string | undefined) => void;
  renewed: () => void;
}

/** A database that says nothing for so long is asked whether it is there. */
const answerMs = 10_000;
const backOffFirstMs = 100;
const backOffMaxMs = 5_000;

/** One connection that listens; when it breaks, another is tried, less and less often. */
function createLine(url: string, { said, lost, renewed }: LineEvents): Line {
  let client: pg.Client | undefined;
  let retry: NodeJS.Timeout | undefined;
  let closed = false;

  async function open(): Promise<void> {
    const next = new pg.Client({
      ...{ connectionString: url, connectionTimeoutMillis: answerMs },
      ...{ keepAlive: true, keepAliveInitialDelayMillis: answerMs },
      application_name: 'stockbook-hints',
    });
    const broken = (error?: Error) => {
      if (closed || client !== next) return;
      client = undefined;
      lost(error?.message);
      renew(backOffFirstMs);
    };
    next.on('error', broken);
    next.on('end', () => broken());
    next.on('notification', ({ payload }) => said(payload));
    await next.connect();
    await next.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
    client = next;
    if (closed) await next.end();
  }

  function renew(waitMs: number): void {
    retry = setTimeout(() => {
      open().then(renewed, () => {
        if (!closed) renew(Math.min(waitMs * 2, backOffMaxMs));
      });
    }, waitMs);
  }

  return {
    open,
    async close() {
      closed = true;
      clearTimeout(retry);
      await client?.end().catch(() => undefined);
    },
  };
}

const hintSchema = z.object({
  organisation: z.string(),
  topic: z.string(),
  number: z.union([z.string(), z.number()]).transform(String).default('0'),
  id: z.string().optional(),
  many: z.literal(true).optional(),
});

/** A hint that cannot be read is as if lost: rows are the truth. */
function parseHint(payload: string | undefined): Hint | undefined {
  try {
    const { id, many, ...hint } = hintSchema.parse(JSON.parse(payload ?? ''));
    return { ...hint, ...(id !== undefined && { id }), ...(many && { many }) };
  } catch {
    return undefined;
  }
}
