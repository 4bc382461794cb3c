// Hears the hints of the database: a connection of its own that comes back by itself, and tells when it may have missed some.
import pg from 'pg';
import type { Logger } from 'pino';
import { z } from 'zod';

export interface Hint {
  organisation: string;
  topic: string;
}

export interface Hearing {
  stop(): Promise<void>;
}

const RETRY_MS = 1_000;
/** A database that says nothing for so long is asked whether it is there. */
const ANSWER_MS = 10_000;
const hint = z.object({ organisation: z.string(), topic: z.string() });

/** `onGap` is called at the beginning and after every lost connection: what was said meanwhile was not heard. */
export function hearHints(
  url: string,
  channel: string,
  { onHint, onGap, log }: { onHint(hint: Hint): void; onGap(): void; log: Logger },
): Hearing {
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  const connect = async () => {
    const fresh = new pg.Client({
      ...{ connectionString: url, connectionTimeoutMillis: ANSWER_MS },
      ...{ keepAlive: true, keepAliveInitialDelayMillis: ANSWER_MS },
    });
    client = fresh;
    fresh.on('notification', ({ payload }) => {
      const heard = parseHint(payload);
      if (heard) onHint(heard);
      else log.warn({ payload }, 'A hint cannot be read');
    });
    fresh.on('error', (error) => lost(fresh, error));
    fresh.on('end', () => lost(fresh));
    try {
      await fresh.connect();
      await fresh.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
      onGap();
    } catch (error) {
      lost(fresh, error);
    }
  };

  /** Once for each connection, whichever of its signs comes first. */
  const lost = (which: pg.Client, error?: unknown) => {
    if (client !== which || stopped) return;
    client = undefined;
    log.warn({ err: error }, 'The hints were lost; they are listened for again');
    void which.end().catch(() => undefined);
    timer = setTimeout(() => void connect(), RETRY_MS);
  };

  void connect();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await client?.end().catch(() => undefined);
    },
  };
}

function parseHint(payload: string | undefined): Hint | undefined {
  try {
    const read = hint.safeParse(JSON.parse(payload ?? ''));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}
