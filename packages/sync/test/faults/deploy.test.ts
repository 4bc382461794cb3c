// F29: while a deploy rolls, workers of two versions run at once: what one began the other carries on, and every document is in Xero once.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createId } from '@stockbook/db';
import { deployMigrations } from '@stockbook/db/migrate';
import { afterAll, expect, it } from 'vitest';
import { openRun } from '../../src/run.ts';
import { access } from '../world.ts';
import { kindOf } from './batch.ts';
import { type Books, type Entry, openBooks } from './books.ts';
import { createDraw } from './draw.ts';
import { findProblems } from './invariants.ts';
import { type Kind, kinds } from './kinds.ts';
import { createOldDatabase, openOldVersion } from './old-version.ts';
import { replayedBy } from './replay.ts';
import { type Joined, makeTenant, openStage, type Stage } from './stage.ts';

/** The last one before leases were handed to whoever calls, before an update was compared first, and before the migrations that came with both. */
const before = 'f63c00f90615169e8061ced4431a1a92a318e44e';
const deploys = process.env.STOCKBOOK_NIGHTLY === '1' ? 50 : 5;
const lapseMs = 46_000;
const keyLifeMs = 7 * 60_000;
const settleMaxMs = 60_000;

type Version = 'old' | 'new';
interface Worker {
  child: ChildProcess;
  said: { text: string };
  closed: Promise<unknown>;
}

let stage: Stage | undefined;
const stages: Stage[] = [];
let joined: Joined;
let books: Books;
let programs: Record<Version, string>;
const workers: Worker[] = [];
afterAll(async () => {
  for (const { child } of workers) child.kill('SIGKILL');
  for (const one of stages) await one.close();
});

interface Written {
  organisation: string;
  entity: string;
  records: { id: string }[];
}

/** What a worker's version connects and writes first, and where it dies. */
interface Told {
  joins?: Joined[];
  write?: Written[];
  dies?: { send: number; when: string };
}

function start(of: Version, more: Told = {}): Worker {
  if (stage === undefined) throw new Error('no stage');
  const told = {
    ...{ url: stage.database.url, sandboxUrl: stage.sandbox.url, secret: access.secret.toString('hex') },
    ...{ owner: `${of} ${createId()}`, ...more },
  };
  const env = { PATH: process.env.PATH, DEPLOYED: JSON.stringify(told) };
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', programs[of]], { env });
  const said = { text: '' };
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (piece) => {
      said.text += String(piece);
    });
  const worker = { child, said, closed: once(child, 'close') };
  workers.push(worker);
  return worker;
}

async function hasSaid({ said }: Worker, word: string): Promise<void> {
  await expect.poll(() => said.text, { timeout: settleMaxMs, interval: 5 }).toMatch(word);
}

async function askToGo(worker: Worker): Promise<void> {
  const { child, closed, said } = worker;
  await hasSaid(worker, 'ready');
  child.kill('SIGTERM');
  await closed;
  expect(said.text).toMatch(/ended\n$/);
}

let simulatedMs = Date.UTC(2027, 1, 13, 9, 0, 0);
let setAtMs = 0;
/** Time runs as it does outside, and is so much later at once. */
async function jump(byMs: number): Promise<void> {
  simulatedMs += byMs + (setAtMs === 0 ? 0 : Date.now() - setAtMs);
  setAtMs = Date.now();
  await stage?.setClock(simulatedMs, 1);
}

function programsOf(folder: string): Record<Version, string> {
  const here = fileURLToPath(new URL('./deployed-worker.mjs', import.meta.url));
  const there = path.join(folder, 'packages/sync/deployed-worker.mjs');
  copyFileSync(here, there);
  return { old: there, new: here };
}

async function prepare(folder: string): Promise<Stage> {
  const opened = await openStage();
  stage = opened;
  stages.push(opened);
  programs = programsOf(folder);
  await jump(0);
  joined = await opened.join();
  books = await openBooks(opened.db, joined.organisation, 2);
  await openRun(opened.db, joined.organisation, { kind: 'manual', startedBy: 'Ann' });
  const worker = start('old');
  await settle(opened);
  await askToGo(worker);
  return opened;
}

/** `count` records to be made, and some in Xero already that are edited; whoever writes them is told of them whole. */
function makeWork(kind: Kind, edits = 2, count = 3): { entries: Entry[]; write: Written[] } {
  const known = books.entries.filter((entry) => entry.kind === kind).slice(0, edits);
  for (const entry of known) entry.version += 1;
  const more = Array.from({ length: count }, (_, place): Entry => {
    return { kind, id: createId(), n: books.entries.length + place, version: 1, excluded: false };
  });
  books.entries.push(...more);
  const entries = [...known, ...more];
  const records = entries.map(({ id, n, version }) => kind.make(id, n, version, books.parents));
  return { entries, write: [{ organisation: joined.organisation, entity: kind.entity.name, records }] };
}

/** Until nothing waits and no run is open; what came after a run's snapshot needs another run. */
async function settle({ db }: Stage): Promise<void> {
  const organisationId = joined.organisation;
  const left = async () => {
    const states = ['pending', 'claimed'];
    const waiting = await db.prisma.change.count({ where: { organisationId, state: { in: states } } });
    const runs = await db.prisma.run.count({ where: { organisationId, endedAt: null } });
    if (waiting > 0 && runs === 0) await openRun(db, organisationId, { kind: 'manual', startedBy: 'Ann' });
    return waiting + runs;
  };
  await expect.poll(left, { timeout: settleMaxMs, interval: 50 }).toBe(0);
}

type Way = (opened: Stage, kind: Kind, draw: () => number) => Promise<Entry[]>;

/** Writes work, of which `first` begins some, and dies in a call. */
async function dieIn(first: Version, kind: Kind, draw: () => number): Promise<Entry[]> {
  const { entries, write } = makeWork(kind);
  const dies = { send: 1 + Math.floor(draw() * 3), when: draw() < 0.5 ? 'before' : 'after' };
  const { said, closed } = start(first, { write, dies });
  await closed;
  expect(said.text).toMatch(/met\n$/);
  return entries;
}

/** The old version dies in a call; the new one comes so much later. */
function relieved(laterMs: number): Way {
  return async (opened, kind, draw) => {
    const entries = await dieIn('old', kind, draw);
    await jump(laterMs);
    const worker = start('new');
    await settle(opened);
    await askToGo(worker);
    return entries;
  };
}

/** The new version dies in a call, and an old one comes: it carries on what it knows, and leaves what it cannot read to the new one. */
async function recalled(opened: Stage, kind: Kind, draw: () => number): Promise<Entry[]> {
  const entries = await dieIn('new', kind, draw);
  await jump(lapseMs);
  const old = start('old');
  let isDone = false;
  const settled = settle(opened).finally(() => {
    isDone = true;
  });
  await expect
    .poll(() => isDone || old.said.text.includes('A run broke off'), { timeout: settleMaxMs, interval: 20 })
    .toBe(true);
  const young = start('new');
  await settled;
  await Promise.all([askToGo(old), askToGo(young)]);
  return entries;
}

/** Both work at once, on what the old version's API writes and on what the new one's does. */
async function beside(opened: Stage, kind: Kind): Promise<Entry[]> {
  // Who writes last is open: the two write different records.
  const [one, two] = [makeWork(kind), makeWork(kind, 0)];
  const old = start('old', { write: one.write });
  const young = start('new', { write: two.write });
  await Promise.all([hasSaid(old, 'ready'), hasSaid(young, 'ready')]);
  await settle(opened);
  await Promise.all([askToGo(old), askToGo(young)]);
  return [...one.entries, ...two.entries];
}

/** The old version is asked to go in the middle of its work, as a deploy does; the new one is there already. */
async function relieving(opened: Stage, kind: Kind): Promise<Entry[]> {
  const { entries, write } = makeWork(kind);
  const young = start('new');
  const old = start('old', { write });
  await Promise.all([hasSaid(young, 'ready'), hasSaid(old, 'ready')]);
  await Promise.race([hasSaid(young, 'sent'), hasSaid(old, 'sent')]);
  await askToGo(old);
  await settle(opened);
  await askToGo(young);
  return entries;
}

/** The old version writes no event where two looks found nothing of an export, so that its calls stand on no page. */
const isNotOld = (problem: string) => !/ create failed stand on no record’s page$/.test(problem);

const ways: readonly { name: string; way: Way }[] = [
  { name: 'the old one dies in a call', way: relieved(lapseMs) },
  { name: 'both work at once', way: beside },
  { name: 'the old one dies, and its key is forgotten', way: relieved(keyLifeMs) },
  { name: 'the old one is asked to go', way: relieving },
  { name: 'the new one dies in a call, and an old one comes first', way: recalled },
];

it(`F29: in ${deploys} rolling deploys two versions run at once: old rows are carried on, and every document is in Xero once`, {
  timeout: 3_600_000,
  meta: { runs: deploys },
}, async ({ skip }) => {
  const old = openOldVersion(before);
  if (old.kind === 'missing') return skip(old.reason);
  if (!existsSync(fileURLToPath(new URL('../../dist/engine.js', import.meta.url))))
    throw new Error('Worker processes run what is built: npx turbo run build');
  const opened = await prepare(old.folder);
  const draw = createDraw(29);
  replayedBy(29, 'npm run faults -- deploy -t F29');
  for (let round = 0; round < deploys; round += 1) {
    // A fresh minute of Xero's limit.
    await jump(61_000);
    const afterId = (await opened.client.calls()).at(-1)?.id ?? 0;
    const chosen = ways[round % ways.length];
    if (chosen === undefined) throw new Error('there are ways');
    const kind = kindOf(round + Math.floor(round / ways.length));
    const text = `deploy ${round + 1}, ${kind.entity.name}: ${chosen.name}`;
    const entries = await chosen.way(opened, kind, draw).catch((error: unknown) => {
      throw new Error(
        `${text}: ${String(error)}\n${workers
          .slice(-2)
          .map(({ said }) => said.text)
          .join('')}`,
      );
    });
    const problems = await findProblems(opened, joined, { ...books, entries }, afterId);
    expect(problems.filter(isNotOld), text).toEqual([]);
  }
  console.log(`F29: ${deploys} deploys, ${books.entries.length} records, 0 lost, 0 twice`);
});

const migrations = process.env.STOCKBOOK_NIGHTLY === '1' ? 10 : 1;
it(`F29: ${migrations} deploys begin on the older schema, which is migrated while the old version works: what it wrote and what it left in flight is in Xero once`, {
  timeout: 3_600_000,
}, async ({ skip }) => {
  const old = openOldVersion(before);
  if (old.kind === 'missing') return skip(old.reason);
  programs = programsOf(old.folder);
  const draw = createDraw(2_900);
  replayedBy(2_900, 'npm run faults -- deploy -t "older schema"');
  for (let round = 0; round < migrations; round += 1) {
    const opened = await openOlder(old.folder);
    const text = await migrateInWork(opened, round, draw).catch((error: unknown) => {
      const said = workers.slice(-4).map((worker) => worker.said.text);
      throw new Error(`migration ${round + 1}: ${String(error)}\n${said.join('')}`);
    });
    console.log(`F29: migration ${round + 1}: ${text}`);
  }
});

/** A stage whose database the old version made. */
async function openOlder(folder: string): Promise<Stage> {
  const opened = await openStage({}, undefined, undefined, await createOldDatabase(folder));
  stage = opened;
  stages.push(opened);
  await jump(0);
  return opened;
}

/** An organisation that only the old version has seen, and what it wrote of it. */
interface Older {
  joined: Joined;
  books: Books;
}

/** The two that the old version connects, each with the first records of every kind, which it brings to Xero. */
async function joinOlder(opened: Stage): Promise<[Older, Older]> {
  const make = async (): Promise<Older> => {
    const organisation = createId();
    const tenantId = await makeTenant(opened.sandbox.url, `Older ${organisation}`);
    const parents = new Map(kinds.map(({ entity }) => [entity.name, [createId(), createId()]]));
    return { joined: { organisation, tenantId }, books: { entries: [], parents } };
  };
  const both: [Older, Older] = [await make(), await make()];
  const write = both.flatMap((one) =>
    kinds.map((kind): Written => {
      const ids = one.books.parents.get(kind.entity.name) ?? [];
      one.books.entries.push(...ids.map((id, n) => ({ kind, id, n, version: 1, excluded: false })));
      const records = ids.map((id, n) => kind.make(id, n, 1, one.books.parents));
      return { organisation: one.joined.organisation, entity: kind.entity.name, records };
    }),
  );
  const worker = start('old', { joins: both.map((one) => one.joined), write });
  await hasSaid(worker, 'ready');
  for (const one of both) await rests(opened, one);
  await askToGo(worker);
  return both;
}

async function rests({ db }: Stage, { joined: { organisation: organisationId } }: Older): Promise<void> {
  const open = async () => {
    const waiting = { organisationId, state: { in: ['pending', 'claimed'] } };
    return (
      (await db.prisma.change.count({ where: waiting })) +
      (await db.prisma.run.count({ where: { organisationId, endedAt: null } }))
    );
  };
  await expect.poll(open, { timeout: settleMaxMs, interval: 20 }).toBe(0);
}

/** An old worker died in a call of the first organisation, another works on the second: meanwhile the schema becomes today's, then the new version takes over. */
async function migrateInWork(opened: Stage, round: number, draw: () => number): Promise<string> {
  const [first, second] = await joinOlder(opened);
  await jump(61_000);
  const afterId = (await opened.client.calls()).at(-1)?.id ?? 0;
  ({ joined, books } = first);
  const kind = kindOf(round);
  await dieIn('old', kind, draw);
  ({ joined, books } = second);
  const write = kinds.flatMap((one) => makeWork(one, 2, 12).write);
  await opened.client.setLatency(250);
  const older = start('old', { write });
  await hasSaid(older, 'sent');
  const callCount = async () => (await opened.client.calls({ afterId })).length;
  const madeBefore = await callCount();
  const applied = await deployMigrations(opened.database.adminUrl);
  const during = (await callCount()) - madeBefore;
  // Both the schema has changed, and the old version has gone on calling Xero.
  expect(applied.length).toBeGreaterThanOrEqual(8);
  expect(during).toBeGreaterThan(0);
  await opened.client.setLatency(0);
  const young = start('new');
  await hasSaid(young, 'ready');
  await askToGo(older);
  await jump(lapseMs);
  for (const one of [first, second]) {
    ({ joined, books } = one);
    await settle(opened);
  }
  await askToGo(young);
  for (const { joined: of, books: mine } of [first, second])
    expect(await findProblems(opened, of, mine, afterId)).toEqual([]);
  const brokeOff = older.said.text.match(/A run broke off/g)?.length ?? 0;
  return `${applied.length} migrations, ${during} calls of the old version meanwhile, ${brokeOff} of its runs broken off`;
}
