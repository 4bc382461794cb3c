// How the time for a document grows with the backlog behind it: ten thousand, a hundred thousand and a million rows in the outbox.
import { openRun, pauseConnection } from '@stockbook/sync';
import { entities } from '@stockbook/sync/entities';
import type { Endings } from '../endings.ts';
import { writeLists } from '../inventory.ts';
import { connectOrganisation, createBenchEngine, sync } from '../organisation.ts';
import type { Database } from '../postgres.ts';
import { makeSample } from '../sample.ts';
import { type Sandbox, startSandbox } from '../sandbox.ts';
import { median } from '../table.ts';
import { type Backlog, type Kind, vacuumBacklog, writeBacklog } from './backlog-rows.ts';

export interface Growth {
  scenario: 'one kind' | 'four kinds' | 'a third held';
  /** Milliseconds for a document, by the length of the backlog. */
  msPerDocument: { backlog: number; ms: number }[];
  /** The greatest of the ratios from one length to ten times of it. */
  perTenfold: number;
}

const kinds: Kind[] = ['contacts', 'items', 'invoices', 'credit-notes'];
const sizes = [10_000, 100_000, 1_000_000];
/** Of what one kind has at the shortest length, so that no window runs dry. */
const windowShare = 0.6;
/** A window is cut into so many slices, whose median counts: one moment in which the machine was busy does not. */
const slices = 3;

export async function measureBacklog(
  endings: Endings,
  database: Database,
  say: (line: string) => void,
): Promise<Growth[]> {
  const nowMs = Date.now();
  const clock = { realMs: nowMs, simulatedMs: nowMs, scale: 1 };
  const sandbox = await startSandbox(endings, { limits: 'off', latencyMs: 0, clock });
  const growths: Growth[] = [];
  say('A backlog: warming up ...');
  await measureLength(database, sandbox, 'four kinds', Math.min(...sizes));
  for (const scenario of ['one kind', 'four kinds', 'a third held'] as const) {
    const msPerDocument: Growth['msPerDocument'] = [];
    for (const backlog of sizes) {
      const ms = await measureLength(database, sandbox, scenario, backlog);
      msPerDocument.push({ backlog, ms });
      say(`A backlog of ${backlog}, ${scenario}: ${ms.toFixed(3)} ms a document`);
    }
    const ratios = msPerDocument.slice(1).map(({ ms }, n) => ms / (msPerDocument[n]?.ms ?? ms));
    growths.push({ scenario, msPerDocument, perTenfold: Math.max(...ratios) });
  }
  await sandbox.end();
  return growths;
}

function backlogOf(scenario: Growth['scenario'], length: number): Backlog {
  if (scenario === 'one kind') return { counts: { contacts: length }, thirdHeld: false };
  const counts = Object.fromEntries(kinds.map((kind) => [kind, length / kinds.length]));
  return { counts, thirdHeld: scenario === 'a third held' };
}

/** The mean over the kinds of a window each, in an organisation of its own. */
async function measureLength(
  { db, adminUrl }: Database,
  sandbox: Sandbox,
  scenario: Growth['scenario'],
  length: number,
): Promise<number> {
  await sandbox.client.reset();
  const organisation = await connectOrganisation(db, sandbox.oauth);
  const lists = makeSample({ contacts: 300, items: 500, invoices: 0, creditNotes: 0 });
  await writeLists(db, organisation, lists);
  await sync(db, organisation, createBenchEngine(db, organisation, sandbox.oauth));
  const backlog = backlogOf(scenario, length);
  await writeBacklog(db, organisation, lists, backlog);
  await vacuumBacklog(adminUrl);
  const opened = await openRun(db, organisation, { kind: 'manual', startedBy: 'bench' });
  if (opened.kind !== 'opened') throw new Error(`No run was opened: ${JSON.stringify(opened)}`);
  const times: number[] = [];
  for (const kind of kinds.filter((one) => backlog.counts[one] !== undefined)) {
    const least = backlogOf(scenario, Math.min(...sizes)).counts[kind] ?? 0;
    const enough = Math.floor(least * windowShare * (backlog.thirdHeld ? 2 / 3 : 1));
    times.push(await kindWindow(db, sandbox, organisation, kind, enough));
  }
  await pauseConnection(db, organisation, 'The window is over');
  return times.reduce((sum, time) => sum + time, 0) / times.length;
}

/** Milliseconds for a document, the median of the slices; from the first answer on, which leaves the run's beginning out. */
async function kindWindow(
  db: Database['db'],
  { oauth }: Sandbox,
  organisation: string,
  kind: Kind,
  enough: number,
): Promise<number> {
  let documents = 0;
  const ends: { atMs: number; documents: number }[] = [];
  const engine = createBenchEngine(
    db,
    organisation,
    oauth,
    (api) => ({
      ...api,
      send: async (call) => {
        const answer = await api.send(call);
        if (ends.length > 0) documents += answer.kind === 'answered' ? answer.elements.length : 0;
        if (documents >= (ends.length * enough) / slices) ends.push({ atMs: performance.now(), documents });
        if (ends.length > slices) void engine.stop();
        return answer;
      },
    }),
    entities.filter(({ name }) => name === kind),
  );
  await engine.look();
  await engine.stop();
  if (ends.length <= slices) throw new Error(`Only ${documents} ${kind} of ${enough} were sent.`);
  return median(
    ends.slice(1, slices + 1).map((end, n) => {
      const before = ends[n] ?? end;
      return (end.atMs - before.atMs) / (end.documents - before.documents);
    }),
  );
}
