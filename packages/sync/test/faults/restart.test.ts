// F25: PostgreSQL is stopped at once in the middle of the work and started again: what was acknowledged is there, and the work goes on by itself.
import { createDb, createId, type Db } from '@stockbook/db';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pause } from '../../src/clock.ts';
import { connectionApi } from '../../src/connection.ts';
import { createEngine } from '../../src/engine.ts';
import { entities } from '../../src/entities/index.ts';
import { record } from '../../src/outbox.ts';
import { pauseConnection } from '../../src/pause.ts';
import { openRun } from '../../src/run.ts';
import { startLastingServer } from '../cluster.ts';
import { access } from '../world.ts';
import { type Books, type Entry, openBooks } from './books.ts';
import { createDraw } from './draw.ts';
import { findProblems } from './invariants.ts';
import { kinds } from './kinds.ts';
import { replayedBy } from './replay.ts';
import { type Joined, openStage, type Stage } from './stage.ts';

const restarts = process.env.STOCKBOOK_NIGHTLY === '1' ? 100 : 10;
/** I5: by then the work has gone on by itself, and all that waited is done. */
const resumeMaxMs = 30_000;
const lookEveryMs = 500;

let server: Awaited<ReturnType<typeof startLastingServer>>;
let stage: Stage;
let joined: Joined;
let books: Books;
let worker: Worker;
beforeAll(async () => {
  server = await startLastingServer();
  stage = await openStage({}, server.cluster);
  joined = await stage.join();
  books = await openBooks(stage.db, joined.organisation, 2);
  await openRun(stage.db, joined.organisation, { kind: 'manual', startedBy: 'Ann' });
  worker = startWorker(stage);
});
afterAll(async () => {
  await worker.stop();
  await stage.close();
  await server.stop();
});

interface Worker {
  /** Called at each step of the worker. */
  heard: () => void;
  stop(): Promise<void>;
}

/** A worker as it runs in earnest, with its production lease; only its looks come sooner one after the other. */
function startWorker({ database, oauth }: Stage): Worker {
  const db: Db = createDb(database.url);
  const halt = new AbortController();
  const step = async () => it.heard();
  const engine = createEngine({
    ...{ db, owner: `worker ${createId()}`, step, lookMs: 100 },
    entities: entities.map((entity) => ({ ...entity, batchMax: 2 })),
    pause: (organisation, problem, seen) => pauseConnection(db, organisation, problem, seen),
    log: { info: () => undefined, error: () => undefined },
    xero: (organisation, leaseToken) =>
      connectionApi(db, organisation, oauth, access.secret, { step, leaseToken }),
  });
  async function loop(): Promise<void> {
    while (!halt.signal.aborted) {
      // A database that is away is met again at the next look.
      await engine.look().catch(() => undefined);
      await pause(lookEveryMs, halt.signal);
    }
  }
  const looping = loop();
  const it: Worker = {
    heard: () => undefined,
    stop: async () => {
      halt.abort();
      await Promise.all([engine.stop(), looping]);
      await db.close();
    },
  };
  return it;
}

/** Records that are written until the server is back: those whose writing was acknowledged, and those of which nobody knows. */
async function writeUntil(over: AbortSignal): Promise<{ kept: Entry[]; unsure: Entry[] }> {
  const kept: Entry[] = [];
  const unsure: Entry[] = [];
  while (!over.aborted) {
    const batch = makeBatch();
    const written = stage.db.write(joined.organisation, async (tx) => {
      for (const { kind, id, n } of batch) {
        await kind.entity.apply(tx, [kind.make(id, n, 1, books.parents)]);
        record(tx, { entity: kind.entity.name, id });
      }
    });
    await written.then(
      () => kept.push(...batch),
      () => unsure.push(...batch),
    );
    await openRun(stage.db, joined.organisation, { kind: 'manual', startedBy: 'Ann' }).catch(() => undefined);
    await pause(100, over);
  }
  return { kept, unsure };
}

let made = 0;
function makeBatch(): Entry[] {
  made += 1;
  return kinds.map((kind) => ({ kind, id: createId(), n: 100 + made, version: 1, excluded: false }));
}

/** Stops the server when the worker has taken so many steps more, and starts it again. */
async function restartAfter(steps: number): Promise<void> {
  let left = steps;
  await new Promise<void>((resolve) => {
    worker.heard = () => {
      left -= 1;
      if (left === 0) resolve();
    };
  });
  await server.restart();
}

const where = () => ({ organisationId: joined.organisation });
/** What came after a run's snapshot needs another run, for which automatic sync would see. */
async function isSettled(): Promise<boolean> {
  const states = ['pending', 'claimed'];
  const waiting = await stage.db.prisma.change.count({ where: { ...where(), state: { in: states } } });
  const runs = await stage.db.prisma.run.count({ where: { ...where(), endedAt: null } });
  if (waiting > 0 && runs === 0)
    await openRun(stage.db, joined.organisation, { kind: 'manual', startedBy: 'Ann' });
  return waiting + runs === 0;
}

it(`F25: PostgreSQL is stopped at once and started again under load, ${restarts} times: nothing acknowledged is lost, nothing is there twice, and it goes on within 30 s`, {
  timeout: 3_600_000,
  meta: { runs: restarts },
}, async () => {
  const draw = createDraw(25);
  replayedBy(25, 'npm run faults -- restart -t F25');
  let acknowledged = 0;
  let broken = 0;
  let slowestMs = 0;
  for (let round = 0; round < restarts; round += 1) {
    const over = new AbortController();
    const writing = writeUntil(over.signal);
    await restartAfter(1 + Math.floor(draw() * 120));
    const backMs = performance.now();
    over.abort();
    const { kept, unsure } = await writing;
    // I5 counts from the restart, not from when the last writing has ended.
    const leftMs = Math.max(1, resumeMaxMs - (performance.now() - backMs));
    await expect.poll(isSettled, { timeout: leftMs, interval: 50 }).toBe(true);
    const tookMs = performance.now() - backMs;
    expect(tookMs, `restart ${round + 1}`).toBeLessThanOrEqual(resumeMaxMs);
    slowestMs = Math.max(slowestMs, tookMs);
    const there = await stage.db.prisma.record.findMany({
      where: { ...where(), id: { in: unsure.map(({ id }) => id) } },
    });
    const landed = new Set(there.map(({ id }) => id));
    const entries = [...kept, ...unsure.filter(({ id }) => landed.has(id))];
    expect(await findProblems(stage, joined, { ...books, entries }), `restart ${round + 1}`).toEqual([]);
    acknowledged += kept.length;
    broken += unsure.length;
  }
  console.log(
    `F25: ${restarts} restarts, ${acknowledged} records acknowledged, ${broken} broken off, 0 lost, 0 twice; all done ${(slowestMs / 1000).toFixed(1)} s after the slowest`,
  );
  expect(acknowledged).toBeGreaterThan(restarts);
});
