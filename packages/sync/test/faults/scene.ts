// The scene of F34: a simulated schedule that is played command by command, each of them judged, and then let come to its end.
import type { Db } from '@stockbook/db';
import { chooseSide } from '../../src/choose.ts';
import { entities } from '../../src/entities/index.ts';
import { layersOf } from '../../src/layer.ts';
import { openRun } from '../../src/run.ts';
import { type Books, type Entry, edit, openBooks } from './books.ts';
import { type BooksNow, isActive, readBooksNow } from './books-now.ts';
import { type Did, judgeCommand, type Model } from './command-model.ts';
import { createHand, type Hand } from './hand.ts';
import { findIllegalMoves } from './moves.ts';
import type { Places } from './places.ts';
import type { What } from './plan.ts';
import { Simulation } from './simulation.ts';
import type { Joined, Stage } from './stage.ts';

/** How a scene begins: with everything new, with its first run under way, with everything in Xero, or with a record changed on both sides. */
export const beginnings = ['new', 'under way', 'in Xero', 'in conflict'] as const;

export interface Opening {
  begins: (typeof beginnings)[number];
  records: number;
  batchMax: number;
  seed: number;
}

export interface Scene {
  model: Model;
  books: Books;
  organisation: string;
  hand: Hand;
  simulation: Simulation;
  readNow(): Promise<BooksNow>;
  /** Says the command in the trace, carries it out and judges what it did. */
  command(said: string, does: () => Promise<Did | undefined>): Promise<void>;
  asPerson<T>(work: (db: Db) => Promise<T>): Promise<T>;
  happen(what: What): Promise<undefined>;
  /** Lets all come to its end; throws what is wrong. */
  finish(): Promise<void>;
  close(): Promise<void>;
}

const startMs = Date.UTC(2027, 1, 13, 9, 0, 0);
/** Calls of an organisation at once: Xero's limit (XERO.md 2). */
const slotMax = 5;
/** A worker that died comes again in half a minute; a lease lapses in three quarters of one; whoever waits for Xero looks up every ten seconds. */
const hearMaxMs = 5 * 60_000;

export async function openScene(stage: Stage, places: Places, opening: Opening): Promise<Scene> {
  await stage.client.reset();
  await stage.setClock(startMs);
  const joined = await stage.join();
  const { organisation } = joined;
  const books = await openBooks(stage.db, organisation, opening.records);
  if (opening.begins !== 'new') await openRun(stage.db, organisation, { kind: 'manual', startedBy: 'Ann' });
  const plan = { ...opening, picks: [], incidents: [] };
  const simulation = new Simulation(stage, places, plan, joined, books);
  simulation.begin();
  if (opening.begins === 'in Xero' || opening.begins === 'in conflict') await simulation.letPass(60_000);
  const readNow = () => readBooksNow(stage.db, organisation);
  const model: Model = {
    autoSync: false,
    made: new Map(books.entries.map(({ id }) => [id, 1])),
    words: new Map(),
    touched: new Set(),
    asked: undefined,
    now: await readNow(),
  };
  const hand = createHand(stage, joined, places.person.db, (request) => simulation.meanwhile(request));
  const bounds = { slotMax, batchMax: opening.batchMax, layers: layersOf(entities) };
  async function command(said: string, does: () => Promise<Did | undefined>): Promise<void> {
    simulation.tell(said);
    const before = model.now;
    const did = (await does()) ?? {};
    model.now = await readNow();
    const { changes } = model.now;
    if (did.started) model.asked = undefined;
    if (did.asked !== undefined) model.asked = { asked: did.asked, changes };
    const problems = [
      ...judgeCommand(model, before, books, did, bounds),
      ...(await findIllegalMoves(stage.owner, organisation)),
    ];
    if (problems.length > 0) throw new Error(`${said}: ${problems.join('; ')}`);
  }
  const scene: Scene = {
    ...{ model, books, organisation, hand, simulation, readNow, command },
    asPerson: (work) => simulation.asPerson(work),
    happen: async (what) => void (await simulation.happen(what)),
    finish: () => finish(scene),
    close: () => close(stage, joined, simulation),
  };
  if (opening.begins === 'in conflict') await quarrel(scene, opening.seed);
  return scene;
}

/** A person changes a record in Xero and here, and a run finds both. */
async function quarrel(scene: Scene, seed: number): Promise<void> {
  const { model, books, organisation, asPerson, hand, simulation } = scene;
  const which = seed % books.entries.length;
  const entry = entryAt(scene, which);
  const word = await asPerson(() => hand.write(entry));
  model.touched.add(entry.id);
  model.words.set(entry.id, word);
  await asPerson((db) => edit(db, organisation, books, which));
  model.made.set(entry.id, 2);
  await asPerson((db) => openRun(db, organisation, { kind: 'manual', startedBy: 'Ann' }));
  await simulation.letPass(60_000);
  model.now = await scene.readNow();
}

async function close(stage: Stage, { organisation }: Joined, simulation: Simulation): Promise<void> {
  await simulation.close();
  await stage.db.pool.query(`UPDATE connection SET state = 'none' WHERE organisation_id = $1`, [
    organisation,
  ]);
}

async function finish(scene: Scene): Promise<void> {
  const { simulation, model, books } = scene;
  simulation.endFaults();
  await letHear(scene);
  for (const [id, word] of model.words) await expectWord(scene, id, word);
  // What a person changed in Xero is written here once more, so that either side's last word is known.
  for (const [which, { id, excluded }] of books.entries.entries())
    if (model.touched.has(id) && !excluded)
      await scene.asPerson((db) => edit(db, scene.organisation, books, which));
  do await simulation.carryOn();
  while (await chooseOurs(scene));
  const { problems } = await simulation.judge();
  if (problems.length > 0) throw new Error(problems.join('\n'));
}

/** What a person asked is heard by itself, whoever died. */
async function letHear({ command, model, simulation }: Scene): Promise<void> {
  const unheard = () =>
    model.now.runs.some((run) => run.asked !== null && isActive(run) && run.state !== 'parked');
  for (let passedMs = 0; unheard() && passedMs < hearMaxMs; passedMs += 10_000)
    await command('let it be heard', async () => void (await simulation.letPass(10_000)));
  if (unheard()) throw new Error(`F34 what was asked is not heard: ${JSON.stringify(model.now.runs)}`);
}

async function expectWord({ books, hand, asPerson }: Scene, id: string, word: string): Promise<void> {
  const entry = books.entries.find((one) => one.id === id);
  const text = entry && (await asPerson(() => hand.read(entry)));
  if (text?.includes(word) !== true)
    throw new Error(`F34 what a person wrote in Xero is lost: ${word}, ${text}`);
}

/** In every conflict that is left; false when there is none. */
async function chooseOurs({ readNow, organisation, asPerson }: Scene): Promise<boolean> {
  const { records } = await readNow();
  const conflicts = records.filter(({ state }) => state === 'conflict');
  for (const { id: recordId } of conflicts) {
    const choice = { recordId, keep: 'ours' } as const;
    const answer = await asPerson((db) => chooseSide(db, entities, organisation, 'Ann', choice));
    if (answer.kind !== 'chosen') throw new Error(`F34 a conflict is shown and is answered ${answer.kind}`);
  }
  return conflicts.length > 0;
}

export function entryAt({ books }: Scene, which: number): Entry {
  const entry = books.entries[which % books.entries.length];
  if (entry === undefined) throw new Error('The books are empty');
  return entry;
}
