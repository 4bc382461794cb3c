// The engine of a worker in a process of its own, on a clock that its starter steps: looks when it is told to, and tells its memory.
import { createDb } from '@stockbook/db';
import { connectionApi, createEngine, pauseConnection } from '@stockbook/sync';
import { entities } from '@stockbook/sync/entities';
import { createOauth } from '@stockbook/xero';

const { url, sandboxUrl, secret } = JSON.parse(process.env.SOAK ?? '{}');
const db = createDb(url);
const oauth = createOauth({ clientId: 'sandbox-client', clientSecret: 'sandbox-secret', sandboxUrl });
const waits = new Map();
const beats = new WeakSet();
let nowMs = 0;
let waited = 0;

/** The starter moves the one clock, of database and sandbox too, and answers when it has. */
function until(atMs) {
  waited += 1;
  const id = waited;
  return new Promise((resolve) => {
    waits.set(id, resolve);
    process.send({ kind: 'until', id, atMs });
  });
}

const clock = {
  now: async () => nowMs,
  scale: async () => 1,
  until: async (atMs, signal) => {
    if (!signal.aborted && atMs > nowMs) await until(atMs);
  },
  /** A heart beats once and no more, as on every stepped clock of these tests. */
  wait: (_delayMs, signal) => {
    if (signal.aborted) return Promise.resolve();
    const isFirst = !beats.has(signal);
    beats.add(signal);
    if (isFirst) return Promise.resolve();
    return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  },
};

const engine = createEngine({
  ...{ db, entities, clock, owner: `soak ${process.pid}` },
  xero: (organisation, leaseToken) =>
    connectionApi(db, organisation, oauth, Buffer.from(secret, 'hex'), {
      leaseToken,
      wait: () => until(nowMs + 10_000),
    }),
  pause: (organisation, problem) => pauseConnection(db, organisation, problem),
  // A heart that beats once lets the lease lapse while the clock is stepped over a minute: that is the test's doing.
  log: {
    info: () => undefined,
    error: ({ error }, text) => error?.name !== 'LeaseLost' && console.error(text, error),
  },
});

process.on('message', async (message) => {
  nowMs = Math.max(nowMs, message.nowMs);
  if (message.kind === 'moved') {
    waits.get(message.id)?.();
    waits.delete(message.id);
    return;
  }
  await engine.look();
  process.send({ kind: 'looked', rssBytes: process.memoryUsage().rss });
});
process.on('disconnect', async () => {
  await engine.stop();
  await db.close();
});
process.send({ kind: 'ready' });
