// How the time for a document grows with the backlog behind it: ten thousand, a hundred thousand and a million rows in the outbox.
import { openRun } from '@stockbook/sync';
import { entities } from '@stockbook/sync/entities';
import type { Endings } from '../endings.ts';
import { writeLists } from '../inventory.ts';
import { connectOrganisation, createBenchEngine, forgetOrganisation, sync } from '../organisation.ts';
import { type Database, startDatabase } from '../postgres.ts';
import { makeSample } from '../sample.ts';
import { type Sandbox, startSandbox } from '../sandbox.ts';
import { median } from '../table.ts';
import { type Backlog, type Kind, settleBacklog, writeBacklog } from './backlog-rows.ts';
import { createTurn } from './turns.ts';

export interface Growth {
  scenario: 'one kind' | 'four kinds' | 'a third held';
  /** Milliseconds for a document, by the length of the backlog. */
  msPerDocument: { backlog: number; ms: number }[];
  /** The greater of the two ratios from one length to ten times of it, each the median over the turns. */
  perTenfold: number;
}

const kinds: Kind[] = ['contacts', 'items', 'invoices', 'credit-notes'];
const sizes = [10_000, 100_000, 1_000_000];
/** Each length has so many turns in a window; the lengths are compared turn by turn. */
const turns = 5;
const atOnce = 5;
const batchMax = 50;

/** Where backlogs of one length stand: with a database and a sandbox of their own, so that its tables are as long as it is. */
interface Place {
  database: Database;
  sandbox: Sandbox;
}

export async function measureBacklog(endings: Endings, say: (line: string) => void): Promise<Growth[]> {
  const nowMs = Date.now();
  const clock = { realMs: nowMs, simulatedMs: nowMs, scale: 1 };
  const places: Place[] = [];
  for (const _size of sizes)
    places.push({
      database: await startDatabase(endings),
      sandbox: await startSandbox(endings, { limits: 'off', latencyMs: 0, clock }),
    });
  const growths: Growth[] = [];
  say('A backlog: warming up ...');
  for (const place of places) await measureLengths([place], 'four kinds', Math.min(...sizes));
  for (const scenario of ['one kind', 'four kinds', 'a third held'] as const) {
    const all = await measureLengths(places, scenario);
    const msPerDocument = sizes.map((backlog, n) => ({
      backlog,
      ms: median(all.map((times) => times[n] ?? 0)),
    }));
    for (const { backlog, ms } of msPerDocument)
      say(`A backlog of ${backlog}, ${scenario}: ${ms.toFixed(3)} ms a document`);
    const ratios = sizes
      .slice(1)
      .map((_size, n) => median(all.map((times) => (times[n + 1] ?? 0) / (times[n] ?? 1))));
    growths.push({ scenario, msPerDocument, perTenfold: Math.max(...ratios) });
  }
  for (const { sandbox } of places) await sandbox.end();
  return growths;
}

function backlogOf(scenario: Growth['scenario'], length: number): Backlog {
  if (scenario === 'one kind') return { counts: { contacts: length }, thirdHeld: false };
  const counts = Object.fromEntries(kinds.map((kind) => [kind, length / kinds.length]));
  return { counts, thirdHeld: scenario === 'a third held' };
}

/** Milliseconds for a document at each place, turn by turn: the mean over the kinds, which lie mixed in the outbox and which a run takes one after the other. */
async function measureLengths(
  places: readonly Place[],
  scenario: Growth['scenario'],
  only?: number,
): Promise<number[][]> {
  const organisations: string[] = [];
  for (const [n, place] of places.entries())
    organisations.push(await prepare(place, backlogOf(scenario, only ?? sizes[n] ?? 0)));
  const least = backlogOf(scenario, Math.min(...sizes));
  const times: number[][][] = [];
  for (const kind of kinds.filter((one) => least.counts[one] !== undefined)) {
    const enough = (least.counts[kind] ?? 0) * (least.thirdHeld ? 2 / 3 : 1);
    // Those that stand still at the beginning are claimed too.
    const calls = Math.floor((enough / batchMax - atOnce) / turns);
    times.push(await kindWindow(places, organisations, kind, calls));
  }
  for (const [n, { database }] of places.entries())
    await forgetOrganisation(database.db, organisations[n] ?? '');
  const mean = (turn: number, n: number) =>
    times.reduce((sum, kind) => sum + (kind[turn]?.[n] ?? 0), 0) / times.length;
  return Array.from({ length: turns }, (_turn, turn) => places.map((_place, n) => mean(turn, n)));
}

/** An organisation of its own with such a backlog, and a run for it. */
async function prepare({ database, sandbox }: Place, backlog: Backlog): Promise<string> {
  const { db } = database;
  await sandbox.client.reset();
  const organisation = await connectOrganisation(db, sandbox.oauth);
  const lists = makeSample({ contacts: 300, items: 500, invoices: 0, creditNotes: 0 });
  await writeLists(db, organisation, lists);
  await sync(db, organisation, createBenchEngine(db, organisation, sandbox.oauth));
  await writeBacklog(db, organisation, lists, backlog);
  await settleBacklog(database);
  const opened = await openRun(db, organisation, { kind: 'manual', startedBy: 'bench' });
  if (opened.kind !== 'opened') throw new Error(`No run was opened: ${JSON.stringify(opened)}`);
  return organisation;
}

/** Milliseconds for a document at each place, for each turn; what a run does before its first calls is left out. */
async function kindWindow(
  places: readonly Place[],
  organisations: readonly string[],
  kind: Kind,
  calls: number,
): Promise<number[][]> {
  const entity = entities.filter(({ name }) => name === kind);
  const engines = places.map(({ database, sandbox }, n) => {
    const turn = createTurn(atOnce);
    const engine = createBenchEngine(
      ...([database.db, organisations[n] ?? '', sandbox.oauth, turn.through, entity] as const),
    );
    return { turn, engine, done: engine.look() };
  });
  const times: number[][] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    const row: number[] = [];
    for (const { turn: mine, done } of engines) {
      const took = await Promise.race([mine.take(calls), done]);
      if (took === undefined) throw new Error(`The backlog of ${kind} ran dry.`);
      row.push(took.ms / took.documents);
    }
    times.push(row);
  }
  for (const { turn, engine, done } of engines) {
    const stopped = engine.stop();
    turn.open();
    await Promise.all([stopped, done]);
  }
  return times;
}
