// Starts a sandbox in this process: an HTTP server over a world that is kept in a journal.
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { accountingUrl, serveAccounting } from './accounting-server.ts';
import { type ClockSetting, realClock } from './clock.ts';
import { createApp } from './http.ts';
import type { Credentials } from './identity/client.ts';
import { openJournal, replayJournal, rewriteJournal } from './journal.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { readBody } from './replies.ts';
import { snapshotLines } from './snapshot.ts';
import { wakeDeliveries } from './webhook/delivery.ts';
import { createWorld, ensureOrganisation, replay, type World } from './world.ts';

export type SandboxOptions = {
  /** 0 takes a free port. Default 0. */
  readonly port?: number;
  /** The journal stands in `dataDir`/sandbox; without it everything is forgotten at the end. */
  readonly dataDir?: string;
  /** `off` for none. Default 60 a minute, 5 at once, 5,000 a day. */
  readonly limits?: Limits | 'off';
  /** Answer time of the Accounting API in simulated ms. Default 0. */
  readonly latencyMs?: number;
  /** Up to so many ms more or less, drawn from a seed. Default 0. */
  readonly latencyJitterMs?: number;
  readonly clock?: ClockSetting;
  readonly client?: Credentials;
  /** Named options by their names; `xero-sandbox --help` lists them. */
  readonly options?: Readonly<Record<string, string>>;
  /** Told what a person should know, such as that a torn line was cut off. */
  readonly say?: (sentence: string) => void;
};

export type Sandbox = {
  /** `http://localhost:PORT`, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
};

export const defaultClient: Credentials = { id: 'sandbox-client', secret: 'sandbox-secret' };

/** Rejects with one clear sentence when the port is taken or the journal cannot be read. */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { limits = defaultLimits, clock = realClock(), client = defaultClient } = options;
  const { latencyMs = 0, latencyJitterMs = 0 } = options;
  const world = createWorld({
    clock,
    limits: limits === 'off' ? undefined : limits,
    latencyMs,
    latencyJitterMs,
    client,
    options: options.options ?? {},
  });
  // The port is taken before the journal is touched, so that two sandboxes never write one journal.
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const app = createApp(world, opened);
  const listener = getRequestListener(app.fetch);
  const server = createServer((incoming, outgoing) => {
    const url = accountingUrl(incoming.url);
    if (url === undefined) void listener(incoming, outgoing);
    else void opened.then(() => serveAccounting(world, url, incoming, outgoing));
  });
  server.keepAliveTimeout = 65_000;
  const port = await listen(server, options.port ?? 0);
  try {
    await openWorld(world, options);
  } catch (error) {
    server.close();
    server.closeAllConnections();
    throw error;
  }
  open();
  wakeDeliveries(world);
  return { url: `http://localhost:${port}`, port, close: () => close(server, world) };
}

async function openWorld(world: World, options: SandboxOptions): Promise<void> {
  if (options.dataDir !== undefined) {
    const folder = join(options.dataDir, 'sandbox');
    let characters = 0;
    let pastCharacters = 0;
    const apply: Parameters<typeof replayJournal>[1] = (text, tail) => {
      const entry = replay(world, text, tail);
      characters += text.length + (tail?.length ?? 0);
      if (entry.reset === true) pastCharacters = characters;
      else pastCharacters += tail?.length ?? 0;
    };
    replayJournal(folder, apply, options.say ?? console.error);
    for (const { body } of world.replies.fresh(world.clock.now()))
      if (typeof body !== 'string') pastCharacters -= body.length;
    world.journal = openJournal(folder);
    // Emptied organisations and old replies would otherwise be read again at every start.
    if (characters > rewriteMin && pastCharacters * 2 > characters) await rewrite(world, folder);
  }
  await ensureOrganisation(world);
}

const rewriteMin = 16_000_000;

/** The replies that are remembered are taken into memory, since they stand elsewhere afterwards. */
async function rewrite(world: World, folder: string): Promise<void> {
  const replies = [...world.replies.fresh(world.clock.now())];
  for (const reply of replies) world.replies.remember({ ...reply, body: readBody(world.journal, reply) });
  rewriteJournal(folder, snapshotLines(world));
  await world.journal.close();
  world.journal = openJournal(folder);
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      const isTaken = 'code' in error && error.code === 'EADDRINUSE';
      reject(
        isTaken
          ? new Error(`Port ${port} is in use by another program; set SANDBOX_PORT to a free one.`)
          : error,
      );
    });
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

/** Answers what is being answered, then closes the journal. */
async function close(server: Server, world: World): Promise<void> {
  world.ending.abort();
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), closeMs);
  await closed;
  clearTimeout(timer);
  await world.journal.close();
}

const closeMs = 2_000;
