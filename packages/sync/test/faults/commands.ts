// The commands of F34, drawn by fast-check: what a person does, what Xero and the workers do, in any order.
import fc from 'fast-check';
import { askRun, resumeRun } from '../../src/ask.ts';
import { setAutoSync } from '../../src/auto.ts';
import { chooseSide } from '../../src/choose.ts';
import { entities } from '../../src/entities/index.ts';
import { retryChanges } from '../../src/retry.ts';
import { type Opened, openRun } from '../../src/run.ts';
import { add, edit, exclude, spoil } from './books.ts';
import { type BooksNow, isActive } from './books-now.ts';
import type { Asked, Did, Model } from './command-model.ts';
import { createDraw } from './draw.ts';
import { callFaults, statementFaults, type What, workerCount } from './plan.ts';
import { entryAt, type Scene } from './scene.ts';

export type Command = fc.AsyncCommand<Model, Scene>;

/** What a command did to whom, for whoever asks whether all of them were tried. */
export type Tally = Map<string, number>;

/** More than there are tickets at once. */
const picksMax = 12;
/** So many of them; the oldest ticket goes first where the seed is 0. */
interface Turns {
  count: number;
  seed: number;
}
const turns: fc.Arbitrary<Turns> = fc.record({ count: fc.integer({ min: 1, max: 60 }), seed: fc.nat() });
const wordsOf = ({ count, seed }: Turns) => `${count} turns of seed ${seed}`;
const someRecord = fc.nat({ max: 40 });
const worker = fc.nat({ max: workerCount - 1 });
const kind = <const K extends string>(name: K) => fc.constant(name);

/** Every kind of command; the likely ones stand there more often than once. */
export function commandsOf(tally: Tally): fc.Arbitrary<Command>[] {
  const steps = turns.map((some) => takeTurns(tally, some));
  const byHand = turns.map((some) => open(tally, 'manual', some));
  const time = fc.constantFrom(500, 2_000, 10_000, 60_000).map((ms) => wait(tally, ms));
  const broken = whatBreaks.map((what) => breakWith(tally, what));
  const asked = fc
    .tuple(fc.constantFrom('pause' as const, 'stop' as const), turns)
    .map(([one, some]) => ask(tally, one, some));
  return [
    ...[steps, steps, steps, steps, byHand, byHand, byHand, time, broken, broken, asked, asked, asked],
    fc.tuple(someRecord, fc.boolean()).map(([which, written]) => editRecord(tally, which, written)),
    fc.tuple(fc.nat({ max: 8 }), fc.boolean()).map(([of, urgent]) => addRecord(tally, of, urgent)),
    fc.tuple(someRecord, fc.boolean()).map(([which, on]) => excludeRecord(tally, which, on)),
    someRecord.map((which) => spoilRecord(tally, which)),
    fc.boolean().map((on) => switchAutoSync(tally, on)),
    fc.constant(retry(tally)),
    turns.map((some) => open(tally, 'auto', some)),
    fc.constant(resume(tally)),
    someRecord.map((which) => writeInXero(tally, which)),
    fc
      .tuple(fc.nat({ max: 8 }), fc.constantFrom('ours' as const, 'theirs' as const))
      .map(([which, keep]) => choose(tally, which, keep)),
  ];
}

const whatBreaks: fc.Arbitrary<What> = fc.oneof(
  fc.record({
    kind: kind('call'),
    worker,
    fault: fc.constantFrom(...callFaults, '400 whole' as const, '429 long' as const),
  }),
  fc.record({ kind: kind('statement'), worker, fault: fc.constantFrom(...statementFaults) }),
  fc.record({
    ...{ kind: kind('kill'), worker, landed: fc.boolean() },
    downMs: fc.constantFrom(1_000, 30_000),
  }),
  fc.record({ kind: kind('slow'), ms: fc.constantFrom(2_000, 20_000, 50_000) }),
  fc.record({ kind: kind('tokens expire') }),
);

const always = () => true;

function command(
  tally: Tally,
  name: string,
  told: string,
  check: (model: Readonly<Model>) => boolean,
  does: (scene: Scene) => Promise<Did | undefined>,
): Command {
  const said = `${name}(${told})`;
  return {
    check,
    run: async ({ now }, scene) => {
      const inFlight = now.changes.some(({ state }) => state === 'claimed');
      for (const one of inFlight ? [name, `${name} in flight`] : [name]) count(tally, one);
      await scene.command(said, () => does(scene));
    },
    toString: () => said,
  };
}

export function breakWith(tally: Tally, what: What): Command {
  return command(tally, what.kind, JSON.stringify(what), always, (scene) => scene.happen(what));
}

function takeTurns(tally: Tally, turns: Turns): Command {
  return command(tally, 'turns', wordsOf(turns), always, async (scene) => void (await takeNow(scene, turns)));
}

/** What waits goes in an order that is drawn. */
async function takeNow({ simulation, readNow }: Scene, { count, seed }: Turns): Promise<void> {
  const draw = createDraw(seed);
  const hasWork = (await readNow()).runs.some(isActive);
  for (let turn = 0; turn < count; turn += 1) {
    const pick = seed === 0 ? 0 : Math.floor(draw() * picksMax);
    if (!(await simulation.step(pick)) && !hasWork) return;
  }
}

function wait(tally: Tally, ms: number): Command {
  return command(
    tally,
    'wait',
    String(ms),
    always,
    async ({ simulation }) => void (await simulation.letPass(ms)),
  );
}

/** `wantsWritten` takes one of those that a person wrote into in Xero, where there is any: half of all edits do, so that conflicts come often enough. */
function editRecord(tally: Tally, which: number, wantsWritten: boolean): Command {
  const told = `${which}${wantsWritten ? ' of those written in Xero' : ''}`;
  return command(tally, 'edit', told, always, async (scene) => {
    const { books, model, organisation } = scene;
    const written = books.entries.filter(({ id }) => model.touched.has(id));
    const own = wantsWritten && written.length > 0 ? written : books.entries;
    const entry = own[which % own.length];
    if (entry === undefined) return undefined;
    await scene.asPerson((db) => edit(db, organisation, books, books.entries.indexOf(entry)));
    countChange(model, entry.id);
    return undefined;
  });
}

/** A version of a document that Xero refuses each time. */
function spoilRecord(tally: Tally, which: number): Command {
  return command(tally, 'spoil', String(which), always, async ({ asPerson, organisation, books, model }) => {
    const versions = new Map(books.entries.map((entry) => [entry, entry.version]));
    await asPerson((db) => spoil(db, organisation, books, which));
    for (const entry of books.entries)
      if (entry.version !== versions.get(entry)) countChange(model, entry.id);
    return undefined;
  });
}

const recordsMax = 16;

function addRecord(tally: Tally, of: number, urgent: boolean): Command {
  const room = ({ made }: Readonly<Model>) => made.size < recordsMax;
  return command(tally, 'add', `${of}${urgent ? ', urgent' : ''}`, room, async (scene) => {
    await scene.asPerson((db) => add(db, scene.organisation, scene.books, of, urgent));
    countChange(scene.model, scene.books.entries.at(-1)?.id ?? '');
    return undefined;
  });
}

function countChange({ made }: Model, id: string): void {
  made.set(id, (made.get(id) ?? 0) + 1);
}

function excludeRecord(tally: Tally, which: number, on: boolean): Command {
  return command(tally, on ? 'exclude' : 'let sync', String(which), always, async (scene) => {
    const { id, excluded } = entryAt(scene, which);
    await scene.asPerson((db) => exclude(db, scene.organisation, scene.books, which, on));
    // Letting it go sends it again.
    if (excluded && !on) countChange(scene.model, id);
    return { toggled: id };
  });
}

function switchAutoSync(tally: Tally, on: boolean): Command {
  return command(tally, 'automatic', String(on), always, async ({ asPerson, organisation, model }) => {
    expect(await asPerson((db) => setAutoSync(db, organisation, 'Ann', on)), 'nothing is connected');
    model.autoSync = on;
    return undefined;
  });
}

function retry(tally: Tally): Command {
  const hasRefused = ({ now }: Readonly<Model>) => now.changes.some(({ state }) => state === 'rejected');
  return command(tally, 'retry', '', hasRefused, async ({ asPerson, organisation }) => {
    await asPerson((db) => retryChanges(db, organisation, 'Ann', { kind: 'all' }));
    return undefined;
  });
}

function count(tally: Tally, name: string): void {
  tally.set(name, (tally.get(name) ?? 0) + 1);
}

/** By hand, or by itself as the outbox does where automatic sync is on and no run is active. */
function open(tally: Tally, want: 'manual' | 'auto', turns: Turns): Command {
  const may = ({ autoSync, now }: Readonly<Model>) =>
    want === 'manual' || (autoSync && !now.runs.some(isActive));
  return command(tally, `open ${want}`, wordsOf(turns), may, async (scene) => {
    const did = await openNow(scene, want);
    await takeNow(scene, turns);
    return did;
  });
}

async function openNow(scene: Scene, want: 'manual' | 'auto'): Promise<Did> {
  const { model, asPerson, organisation } = scene;
  const startedBy = want === 'auto' ? 'Stockbook' : 'Ann';
  const opened = await asPerson((db) => openRun(db, organisation, { kind: want, startedBy }));
  judgeOpened(model.now, opened);
  return { started: opened.kind === 'opened' };
}

function judgeOpened(was: BooksNow, opened: Opened): void {
  const active = was.runs.find(isActive);
  const waits = was.changes.some(({ state, held }) => state === 'pending' && held === null);
  expect(opened.kind !== 'not-connected', 'the connection is gone');
  expect(opened.kind !== 'opened' || active === undefined, 'a second run was opened');
  expect(opened.kind !== 'active' || active !== undefined, 'a run is called active and there was none');
  expect(opened.kind !== 'nothing' || active !== undefined || !waits, 'nothing is said to wait');
}

/** Asked of the run that is active, or of one that is opened first and has taken some turns. */
export function ask(tally: Tally, asked: Asked['asked'], turns: Turns): Command {
  return command(tally, asked, wordsOf(turns), always, async (scene) => {
    const { asPerson, organisation, model, readNow } = scene;
    const did = model.now.runs.some(isActive) ? {} : await openNow(scene, 'manual');
    await takeNow(scene, turns);
    const { runs, changes } = await readNow();
    const run = runs.at(-1);
    if (run === undefined) return did;
    const answer = await asPerson((db) => askRun(db, organisation, 'Ann', run.id, asked));
    // A worker that was just ending it comes first.
    const hasEnded = (await readNow()).runs.some(
      ({ id, state }) => id === run.id && !isActive({ ...run, state }),
    );
    const isTrue = answer.kind === 'asked' ? isActive(run) : answer.kind === 'ended' && hasEnded;
    expect(isTrue, `a run that was ${run.state} is asked to ${asked}: ${answer.kind}`);
    if (answer.kind !== 'asked') return did;
    if (asked === 'stop') model.autoSync = false;
    if (changes.some(({ state }) => state === 'claimed')) count(tally, `${asked} in flight`);
    return { ...did, asked };
  });
}

function resume(tally: Tally): Command {
  return command(tally, 'resume', '', hasRun, async ({ asPerson, organisation, model }) => {
    const run = model.now.runs.at(-1);
    const answer = await asPerson((db) => resumeRun(db, organisation, 'Ann', lastRun(model)));
    const isPaused = run !== undefined && isActive(run) && run.asked === 'pause';
    expect(answer.kind !== 'asked' || isPaused, 'a run goes on that nobody paused');
    return { started: answer.kind === 'asked' };
  });
}

const hasRun = ({ now }: Readonly<Model>) => now.runs.length > 0;
const lastRun = ({ now }: Model) => now.runs.at(-1)?.id ?? '';

function writeInXero(tally: Tally, which: number): Command {
  const isThere = ({ now }: Readonly<Model>) => now.records.some(({ isInXero }) => isInXero);
  return command(tally, 'write in Xero', String(which), isThere, async (scene) => {
    const { model, hand, asPerson, books } = scene;
    const there = books.entries.filter(({ id }) =>
      model.now.records.some((one) => one.id === id && one.isInXero),
    );
    const entry = there[which % there.length];
    if (entry === undefined) return undefined;
    const word = await asPerson(() => hand.write(entry));
    model.touched.add(entry.id);
    // What is on its way may have been compared already: it goes over the word unseen.
    const isOnItsWay = model.now.changes.some(
      ({ recordId, state }) => recordId === entry.id && state === 'claimed',
    );
    if (isOnItsWay) model.words.delete(entry.id);
    else model.words.set(entry.id, word);
    return undefined;
  });
}

function choose(tally: Tally, which: number, keep: 'ours' | 'theirs'): Command {
  const hasConflict = ({ now }: Readonly<Model>) => now.records.some(({ state }) => state === 'conflict');
  return command(
    tally,
    `choose ${keep}`,
    String(which),
    hasConflict,
    async ({ asPerson, organisation, model }) => {
      const conflicts = model.now.records.filter(({ state }) => state === 'conflict');
      const record = conflicts[which % conflicts.length];
      if (record === undefined) return undefined;
      const choice = { recordId: record.id, keep };
      const answer = await asPerson((db) => chooseSide(db, entities, organisation, 'Ann', choice));
      expect(answer.kind === 'chosen', `a conflict is shown and is answered ${answer.kind}`);
      const word = model.words.get(record.id);
      // What was written since is a conflict once more; documents keep what was agreed, so that the next change asks again.
      const isSeen = word !== undefined && record.theirs?.includes(word) === true;
      if (isSeen && (keep === 'ours' || 'Name' in JSON.parse(record.theirs ?? '{}')))
        model.words.delete(record.id);
      return undefined;
    },
  );
}

function expect(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}
