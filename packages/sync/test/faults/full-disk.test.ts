// F28: the volume with all of PostgreSQL's files is full to the last page while a worker process carries a batch, and has room again later.
import { createId, refusalOf } from '@stockbook/db';
import pg from 'pg';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { record } from '../../src/outbox.ts';
import { openRun } from '../../src/run.ts';
import { startSmallServer } from '../cluster.ts';
import { add, type Books, type Entry, edit, openBooks } from './books.ts';
import { createDraw } from './draw.ts';
import { findProblems } from './invariants.ts';
import { kinds } from './kinds.ts';
import { replayedBy } from './replay.ts';
import { type Joined, openStage, type Stage } from './stage.ts';
import { type Ballast, createBallast } from './volume.ts';
import { startWorkerProgram, type WorkerProgram } from './worker-program.ts';

const nightly = process.env.STOCKBOOK_NIGHTLY === '1';
const fills = nightly ? 20 : 2;
/** I5: so long after there is room again all is done; and after a PostgreSQL that ended is there again, as in F25. */
const roomMaxMs = 60_000;
const restartMaxMs = 30_000;
/** So long, at most, until both the worker and a person have met the full disk. */
const metMaxMs = 60_000;

let server: Awaited<ReturnType<typeof startSmallServer>>;
let stage: Stage;
let joined: Joined;
let books: Books;
let ballast: Ballast;
let worker: WorkerProgram;
beforeAll(async () => {
  server = await startSmallServer('224m');
  if (server.kind === 'missing') return;
  ballast = createBallast(server.folder);
  stage = await openStage({}, server.cluster);
  joined = await stage.join();
  books = await openBooks(stage.db, joined.organisation, 4);
  // Each call lasts long enough for the volume to be full while it is on its way.
  await stage.client.setLatency(80);
  worker = startWorkerProgram(stage);
  await ask();
  await vi.waitUntil(isSettled, { timeout: roomMaxMs, interval: 50 });
});
afterAll(async () => {
  if (server?.kind !== 'ready') return;
  ballast.drop();
  await worker.stop();
  await stage.close();
  await server.stop();
});

const where = () => ({ organisationId: joined.organisation });
const ask = () => openRun(stage.db, joined.organisation, { kind: 'manual', startedBy: 'Ann' });

async function isSettled(): Promise<boolean> {
  const states = ['pending', 'claimed'];
  const waiting = await stage.db.prisma.change.count({ where: { ...where(), state: { in: states } } });
  const runs = await stage.db.prisma.run.count({ where: { ...where(), endedAt: null } });
  if (waiting > 0 && runs === 0) await ask();
  return waiting + runs === 0;
}

/** What a person's writing comes to while the volume is full. */
type Met = 'kept' | 'full' | 'away';

/** Their numbers are nobody else's, whatever becomes of them. */
let written = 1_000_000;
/** One record of each kind in one transaction; what was not acknowledged may be there or not. */
async function write(unsure: Entry[]): Promise<Met> {
  const batch = kinds.map((kind): Entry => {
    written += 1;
    return {
      kind,
      id: createId(),
      n: written,
      version: 1,
      excluded: false,
    };
  });
  try {
    await stage.db.write(joined.organisation, async (tx) => {
      for (const { kind, id, n } of batch) {
        await kind.entity.apply(tx, [kind.make(id, n, 1, books.parents)]);
        record(tx, { entity: kind.entity.name, id });
      }
    });
    books.entries.push(...batch);
    return 'kept';
  } catch (error) {
    unsure.push(...batch);
    return refusalOf(error) === 'disk-full' ? 'full' : 'away';
  }
}

/** Changes of every kind, and a run of them that has made so many calls. */
async function beginWork(calls: number): Promise<number> {
  const afterId = (await stage.client.calls()).at(-1)?.id ?? 0;
  for (let more = 0; more < 6 * kinds.length; more += 1)
    await add(stage.db, joined.organisation, books, more);
  for (let which = 0; which < kinds.length; which += 1)
    await edit(stage.db, joined.organisation, books, which * 4);
  await ask();
  const made = async () => (await stage.client.calls({ afterId })).length;
  await expect.poll(made, { timeout: metMaxMs, interval: 5 }).toBeGreaterThanOrEqual(calls);
  return afterId;
}

/** PostgreSQL's log is to go on in another segment, until there is no room for one: then PostgreSQL ends at once. */
async function exhaustLog(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  const goOn = async () => {
    for (let segment = 0; segment < 30; segment += 1) {
      await client.query(`SELECT pg_logical_emit_message(false, 'test', 'one more')`);
      await client.query('SELECT pg_switch_wal()');
      ballast.fill();
    }
    return 'room';
  };
  const ended = await client
    .connect()
    .then(goOn)
    .catch(() => 'ended');
  await client.end().catch(() => undefined);
  expect(ended).toBe('ended');
}

/** Whether PostgreSQL has ended: nobody listens any more. */
async function isGone(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  const code = await client.connect().then(
    () => '',
    (error: unknown) => (error instanceof Error && 'code' in error ? error.code : ''),
  );
  await client.end().catch(() => undefined);
  return code === 'ECONNREFUSED';
}

/** The volume stays full until a person and the worker have met it, or until the starter of a PostgreSQL that ended waits for room. */
async function stayFull(
  { start, cluster }: Extract<typeof server, { kind: 'ready' }>,
  saidBefore: number,
): Promise<{ unsure: Entry[]; met: Met; told: boolean; trying: Promise<void> | undefined }> {
  const unsure: Entry[] = [];
  let met: Met = 'kept';
  let told = false;
  let waits = '';
  let trying: Promise<void> | undefined;
  const isMet = async () => {
    // A file that PostgreSQL drops meanwhile leaves no room.
    ballast.fill();
    const outcome = await write(unsure);
    if (outcome !== 'kept') met = outcome;
    if (outcome === 'away' && trying === undefined && (await isGone(cluster.superuserUrl)))
      trying = start((words) => {
        waits = words;
      });
    await ask().catch(() => undefined);
    told = worker.said().slice(saidBefore).includes('The database’s disk is full: nothing can be saved.');
    return trying === undefined ? met === 'full' && told : /is full, and PostgreSQL cannot start/.test(waits);
  };
  await expect.poll(isMet, { timeout: metMaxMs, interval: 100 }).toBe(true);
  return { unsure, met, told, trying };
}

/** F28: each writing call belongs to an attempt that was kept before it went. */
async function findUnkept(afterId: number): Promise<string[]> {
  const calls = (await stage.client.calls({ afterId })).filter(({ tenant }) => tenant === joined.tenantId);
  const attempts = await stage.db.prisma.attempt.findMany({
    where: { ...where(), kind: 'send' },
    orderBy: { startedAt: 'asc' },
  });
  const left = new Map<string, typeof attempts>();
  for (const attempt of attempts)
    left.set(attempt.exportId, [...(left.get(attempt.exportId) ?? []), attempt]);
  return calls.flatMap(({ key, atMs, method, path }) => {
    if (method === 'GET') return [];
    const kept = left.get(/^stockbook-(.*)-\d+$/.exec(key)?.[1] ?? '')?.shift();
    // Of the instant the database keeps whole milliseconds.
    return kept !== undefined && kept.startedAt.getTime() <= atMs + 1 ? [] : [`${method} ${path} ${key}`];
  });
}

it(`F28: ${fills} times the volume is full to the brim: nobody is sent to Xero without a kept intent, the worker lives and says why it waits, and all goes on within 60 s of having room`, {
  timeout: 3_600_000,
}, async ({ skip }) => {
  if (server.kind === 'missing') return skip(server.reason);
  const draw = createDraw(28);
  replayedBy(28, 'npm run faults -- full-disk -t F28');
  let toldCount = 0;
  for (let fill = 0; fill < fills; fill += 1) {
    const saidBefore = worker.said().length;
    const afterId = await beginWork(Math.floor(draw() * 7));
    ballast.fill();
    // In turn the tables and the log find no room.
    const isLog = fill % 2 === 1;
    if (isLog) await exhaustLog(server.cluster.superuserUrl);
    const { unsure, met, told, trying } = await stayFull(server, saidBefore);
    if (told) toldCount += 1;
    ballast.drop();
    const roomMs = performance.now();
    await trying;
    await server.start();
    const timeout = isLog ? restartMaxMs : roomMaxMs;
    await expect.poll(isSettled, { timeout, interval: 50 }).toBe(true);
    const tookMs = performance.now() - roomMs;
    const text = `fill ${fill + 1}; the worker said: ${worker.said().slice(saidBefore)}`;
    expect(worker.isAlive(), text).toBe(true);
    const there = await stage.db.prisma.record.findMany({
      where: { ...where(), id: { in: unsure.map(({ id }) => id) } },
    });
    const landed = new Set(there.map(({ id }) => id));
    books.entries.push(...unsure.filter(({ id }) => landed.has(id)));
    expect(await findProblems(stage, joined, books, afterId), text).toEqual([]);
    expect(await findUnkept(afterId), text).toEqual([]);
    console.log(
      `F28: fill ${fill + 1}: ${isLog ? 'the log' : 'the tables'} found no room, a person met '${met}', ${unsure.length} records broken off,${trying ? ' PostgreSQL ended and waited for room,' : ''} all in Xero ${(tookMs / 1000).toFixed(1)} s after`,
    );
  }
  expect(toldCount).toBeGreaterThan(0);
});
