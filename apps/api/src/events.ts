// The hints of the database, heard on one connection of its own and passed to whoever watches; a lost connection is a gap.
import { channel } from '@stockbook/db';
import type { Events, Hint } from '@stockbook/sync/graphql';
import pg from 'pg';
import type { Logger } from 'pino';
import { z } from 'zod';
import { createHearer, type Hearer } from './hearer.ts';

export interface HintSource extends Events {
  start(): Promise<void>;
  stop(): Promise<void>;
}

const backOffFirstMs = 100;
const backOffMaxMs = 5_000;

/** `start` waits for the first connection; later ones are renewed for ever, and each renewal is a gap for every hearer. */
export function createEvents(url: string, log: Logger): HintSource {
  const hearers = new Set<Hearer>();
  let client: pg.Client | undefined;
  let retry: NodeJS.Timeout | undefined;
  let backOffMs = backOffFirstMs;
  let stopped = false;

  async function connect(): Promise<void> {
    const next = new pg.Client({
      connectionString: url,
      keepAlive: true,
      application_name: 'stockbook-hints',
    });
    const lost = (error?: Error) => {
      if (stopped || client !== next) return;
      client = undefined;
      log.warn({ problem: error?.message }, 'The connection that hears hints was lost; it is being renewed.');
      next.removeAllListeners();
      next.on('error', () => undefined);
      renew();
    };
    next.on('error', lost);
    next.on('end', () => lost());
    next.on('notification', ({ payload }) => tell(payload));
    client = next;
    await next.connect();
    await next.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
  }

  function renew(): void {
    retry = setTimeout(() => {
      backOffMs = Math.min(backOffMs * 2, backOffMaxMs);
      connect().then(
        () => {
          backOffMs = backOffFirstMs;
          for (const hearer of hearers) hearer.gap();
        },
        () => {
          client = undefined;
          if (!stopped) renew();
        },
      );
    }, backOffMs);
  }

  function tell(payload: string | undefined): void {
    const hint = parseHint(payload);
    if (!hint) return;
    for (const hearer of hearers) hearer.tell(hint);
  }

  return {
    start: connect,
    hear(organisation, topics, intervalMs) {
      const hearer = createHearer({ organisation, topics, intervalMs, ended: () => hearers.delete(hearer) });
      hearers.add(hearer);
      return hearer.heard;
    },
    async stop() {
      stopped = true;
      clearTimeout(retry);
      for (const hearer of [...hearers]) hearer.end();
      await client?.end().catch(() => undefined);
    },
  };
}

const hintSchema = z.object({
  organisation: z.string(),
  topic: z.string(),
  number: z.union([z.string(), z.number()]).transform(String).default('0'),
  id: z.string().optional(),
});

/** A hint that cannot be read is as if lost: rows are the truth. */
function parseHint(payload: string | undefined): Hint | undefined {
  try {
    const { id, ...hint } = hintSchema.parse(JSON.parse(payload ?? ''));
    return id === undefined ? hint : { ...hint, id };
  } catch {
    return undefined;
  }
}
