// One simulated schedule: two workers and a person at the turnstile, carried through a plan to its end, and judged there.
import type { Db } from '@stockbook/db';
import { askRun, resumeRun } from '../../src/ask.ts';
import { entities } from '../../src/entities/index.ts';
import { retryChanges } from '../../src/retry.ts';
import { openRun } from '../../src/run.ts';
import { add, type Books, edit, exclude, openBooks, spoil } from './books.ts';
import { createDraw } from './draw.ts';
import { findProblems, findSecrets } from './invariants.ts';
import type { Places } from './places.ts';
import type { CallFault, Incident, Plan, What } from './plan.ts';
import { findTrespasses } from './rights.ts';
import { type SimulatedWorker, type Slot, startWorker } from './simulated-worker.ts';
import type { Joined, Stage } from './stage.ts';
import { type Ticket, Turnstile } from './turnstile.ts';
import { findBrokenRules } from './wire-rules.ts';

export interface Judged {
  problems: string[];
  turns: number;
  /** What happened, turn by turn, for whoever reads a failing seed. */
  trace: string[];
}

/** A schedule that takes longer never ends. */
const turnsMax = 8_000;
/** What is left after the last incident settles by itself within this simulated time, or I5 is broken. */
const resumeMaxMs = 30 * 60_000;
const tokenFreshMs = 60_000;
/** Longer than Xero remembers a key. */
const keyLostMs = 400_000;
const startMs = Date.UTC(2027, 1, 13, 9, 0, 0);

export async function runPlan(stage: Stage, places: Places, plan: Plan): Promise<Judged> {
  await stage.setClock(startMs);
  const joined = await stage.join();
  const books = await openBooks(stage.db, joined.organisation, plan.records);
  await openRun(stage.db, joined.organisation, { kind: 'manual', startedBy: 'Ann' });
  const simulation = new Simulation(stage, places, plan, joined, books);
  try {
    return await simulation.run();
  } finally {
    await simulation.close();
    await stage.db.pool.query(`UPDATE connection SET state = 'none' WHERE organisation_id = $1`, [
      joined.organisation,
    ]);
  }
}

export class Simulation {
  readonly #turnstile = new Turnstile(startMs);
  readonly #workers: (SimulatedWorker | undefined)[] = [];
  readonly #restartsAtMs = new Map<number, number>();
  readonly #callFaults = new Map<number, CallFault>();
  readonly #said: string[] = [];
  readonly #trace: string[] = [];
  #problems: string[] = [];
  #incidents: Incident[];
  #personBusy = 0;
  #personTurn: Promise<unknown> = Promise.resolve();
  #turn = 0;
  #quietSinceMs = startMs;
  #retried = 0;
  #refreshes = 0;
  #expiredMs = 0;
  readonly #emptyList: { worker: string | undefined } = { worker: undefined };
  readonly #chance: () => number;
  readonly stage: Stage;
  readonly places: Places;
  readonly plan: Plan;
  readonly joined: Joined;
  readonly books: Books;

  constructor(stage: Stage, places: Places, plan: Plan, joined: Joined, books: Books) {
    this.stage = stage;
    this.places = places;
    this.plan = plan;
    this.joined = joined;
    this.books = books;
    this.#incidents = [...plan.incidents].sort((a, b) => a.at - b.at);
    this.#chance = createDraw(plan.seed);
    places.person.line.turnstile = this.#turnstile;
  }

  async run(): Promise<Judged> {
    this.begin();
    await this.carryOn();
    return this.judge();
  }

  begin(): void {
    for (const index of this.places.workers.keys()) this.#start(index);
  }

  /** Takes turns until all is over, or until something is wrong. */
  async carryOn(): Promise<void> {
    this.#quietSinceMs = this.#turnstile.nowMs;
    while (this.#problems.length === 0 && (await this.#takeTurn())) this.#turn += 1;
  }

  async judge(): Promise<Judged> {
    if (this.#problems.length === 0) {
      this.#problems = [
        ...(await findProblems(this.stage, this.joined, this.books)),
        ...(await findSecrets(this.stage, this.joined, this.#said)),
        ...(await findBrokenRules(this.stage, this.joined)),
        ...(await findTrespasses(this.stage.owner, this.joined.organisation, this.#refreshes)),
      ];
    }
    return { problems: this.#problems, turns: this.#turn, trace: this.trace() };
  }

  trace(): string[] {
    return [...this.#trace, ...this.#said];
  }

  /** Says something in the trace. */
  tell(text: string): void {
    const at = new Date(this.#turnstile.nowMs).toISOString();
    this.#trace.push(`turn ${this.#turn}, ${at}: ${text}`);
  }

  /** One ticket goes, or the clock where none waits; false when nobody was at work. */
  async step(pick: number): Promise<boolean> {
    await this.#rest();
    this.#turn += 1;
    const atWork = !this.#idle();
    if (!(await this.#take(this.#turnstile.eligible(), pick))) await this.#passTime();
    return atWork;
  }

  /** So long goes by, and whoever has something to do does it in time. */
  async letPass(ms: number): Promise<void> {
    const untilMs = this.#turnstile.nowMs + ms;
    while (this.#turnstile.nowMs < untilMs) {
      await this.#rest();
      if (await this.#take(this.#turnstile.eligible(), 0)) this.#turn += 1;
      else await this.#setTime(Math.min(untilMs, ...this.#instants()));
    }
  }

  /** The person does one thing to its end; whoever stands in the way goes on meanwhile. */
  async asPerson<T>(work: (db: Db) => Promise<T>): Promise<T> {
    let over = false;
    const done = work(this.places.person.db).finally(() => {
      over = true;
    });
    // Heard below, when all has come to rest.
    done.catch(() => undefined);
    for (;;) {
      await this.#rest();
      if (over) return done;
      const tickets = this.#turnstile.eligible();
      const own = tickets.filter(({ worker }) => worker === this.places.person.name);
      if (!(await this.#take(own.length > 0 ? own : tickets, 0))) await this.#passTime();
    }
  }

  /** What comes to an end by itself, soon: nobody goes on before. */
  async meanwhile<T>(work: () => Promise<T>): Promise<T> {
    this.#turnstile.busy += 1;
    try {
      return await work();
    } finally {
      this.#turnstile.busy -= 1;
    }
  }

  /** What was to go wrong and has not yet does not any more. */
  endFaults(): void {
    this.#callFaults.clear();
    for (const { line } of this.places.workers) line.fault = undefined;
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker?.kill()));
    this.#turnstile.drop('person', new Error('The schedule is over'));
    await this.#personTurn.catch(() => undefined);
  }

  #start(index: number): void {
    const { stage, places, plan } = this;
    const slot = places.workers[index];
    if (slot === undefined) return;
    const small = entities.map((entity) => ({ ...entity, batchMax: plan.batchMax }));
    this.#workers[index] = startWorker({
      ...{ stage, slot, turnstile: this.#turnstile, entities: small, chance: this.#chance },
      step: async (name, entity) => void this.#trace.push(`  ${slot.name}: ${name} ${entity ?? ''}`),
      said: (line) => this.#said.push(`${slot.name} said: ${line}`),
      broke: (problem) => void this.#problems.push(problem),
      refreshed: () => {
        this.#refreshes += 1;
      },
      takeCallFault: () => this.#takeCallFault(index),
      emptyList: this.#emptyList,
    });
  }

  #takeCallFault(index: number): CallFault | undefined {
    const fault = this.#callFaults.get(index);
    this.#callFaults.delete(index);
    // The next thing that happens is that much time has passed.
    if (fault === 'lost late')
      this.#incidents.unshift({ at: this.#turn, what: { kind: 'slow', ms: keyLostMs } });
    return fault;
  }

  /** One ticket, one incident or one step of the clock; false when all is over. */
  async #takeTurn(): Promise<boolean> {
    await this.#rest();
    if (this.#turn > turnsMax) return this.#fail('I5 the schedule does not end');
    const quiet = this.#turnstile.eligible().length === 0;
    const next = this.#incidents[0];
    if (next !== undefined && (next.at <= this.#turn || (quiet && this.#idle()))) {
      this.#incidents.shift();
      await this.happen(next.what);
      this.#quietSinceMs = this.#turnstile.nowMs;
      return true;
    }
    if (await this.#take(this.#turnstile.eligible(), this.plan.picks[this.#turn] ?? 0)) return true;
    if (next === undefined && this.#idle() && !(await this.#goOn())) return false;
    if (this.#turnstile.nowMs - this.#quietSinceMs > resumeMaxMs) return this.#fail(await this.#unended());
    return this.#passTime();
  }

  /** Lets one of these happen; false when there is none. */
  async #take(tickets: readonly Ticket[], pick: number): Promise<boolean> {
    const ticket = tickets[pick % Math.max(1, tickets.length)];
    if (ticket === undefined) return false;
    this.#turnstile.take(ticket);
    await ticket.go();
    return true;
  }

  /** Everything in our own code has come to rest, and statements that wait for a lock still do. */
  async #rest(): Promise<void> {
    await this.#turnstile.rest();
    for (const { line } of [...this.places.workers, this.places.person])
      for (const one of [...line.heldUp]) {
        const ended = async () => !line.heldUp.has(one) || !(await line.isHeldUp(one.client));
        if (await ended()) await Promise.race([one.done, new Promise((resolve) => setTimeout(resolve, 200))]);
        await this.#turnstile.rest();
      }
  }

  /** Whether no worker is at work and the person waits for nothing. */
  #idle(): boolean {
    return (
      this.#personBusy === 0 &&
      this.#workers.every((worker) => !worker?.busy()) &&
      this.#restartsAtMs.size === 0
    );
  }

  async #passTime(): Promise<boolean> {
    const instants = this.#instants();
    if (instants.length > 0) await this.#setTime(Math.min(...instants));
    else await new Promise((resolve) => setTimeout(resolve, 5));
    return true;
  }

  /** When somebody waits for something, or comes again. */
  #instants(): number[] {
    return [this.#turnstile.nextInstant(), ...this.#restartsAtMs.values()].flatMap((one) => one ?? []);
  }

  async #setTime(atMs: number): Promise<void> {
    this.#turnstile.nowMs = Math.max(atMs, this.#turnstile.nowMs);
    await this.stage.setClock(this.#turnstile.nowMs);
    for (const [index, restartMs] of [...this.#restartsAtMs]) {
      if (restartMs > this.#turnstile.nowMs) continue;
      this.#restartsAtMs.delete(index);
      this.#start(index);
    }
    this.#turnstile.ring();
  }

  async happen(what: What): Promise<void> {
    this.tell(JSON.stringify(what));
    switch (what.kind) {
      case 'kill':
        return this.#kill(what);
      case 'freeze':
        return this.#freeze(what);
      case 'statement':
        return void this.#setFault(what.worker, ({ line }) => {
          line.fault = what.fault;
        });
      case 'call':
        return void this.#callFaults.set(what.worker, what.fault);
      case 'empty list':
        this.#emptyList.worker ??= this.places.workers[what.worker]?.name;
        return;
      case 'slow':
        return this.#setTime(this.#turnstile.nowMs + what.ms);
      case 'tokens expire':
        // A token lives for thirty minutes: one that was made since the last ran out is good for a while.
        if (this.#turnstile.nowMs - this.#expiredMs < tokenFreshMs) return;
        this.#expiredMs = this.#turnstile.nowMs;
        return void (await this.stage.client.expireTokens());
      default:
        return this.#letPerson(what);
    }
  }

  #setFault(worker: number, set: (slot: Slot) => void): void {
    const slot = this.places.workers[worker];
    if (slot !== undefined && this.#workers[worker] !== undefined) set(slot);
  }

  async #kill({ worker, landed, downMs }: What & { kind: 'kill' }): Promise<void> {
    const name = this.places.workers[worker]?.name;
    if (name === undefined || this.#workers[worker] === undefined) return;
    if (landed) await this.#sendOff(name);
    this.#turnstile.frozen.delete(name);
    const dying = this.#workers[worker];
    this.#workers[worker] = undefined;
    await dying?.kill();
    this.#restartsAtMs.set(worker, this.#turnstile.nowMs + downMs);
  }

  /** A stopped process sends nothing, but what it has sent arrives. */
  async #freeze({ worker, ms }: What & { kind: 'freeze' }): Promise<void> {
    const name = this.places.workers[worker]?.name;
    if (name === undefined) return;
    await this.#sendOff(name);
    this.#turnstile.frozen.set(name, this.#turnstile.nowMs + ms);
  }

  async #sendOff(name: string): Promise<void> {
    const calls = this.#turnstile.tickets.filter(({ worker, kind }) => worker === name && kind === 'call');
    for (const ticket of calls) {
      this.#turnstile.take(ticket);
      await ticket.go();
    }
  }

  /** A person does one thing after the other, through statements that wait like everybody's. */
  async #letPerson(what: What): Promise<void> {
    this.#personBusy += 1;
    this.#personTurn = this.#personTurn
      .then(() => this.#act(this.places.person.db, what))
      .catch((error: unknown) => this.#said.push(`person said: ${String(error)}`))
      .finally(() => {
        this.#personBusy -= 1;
      });
  }

  async #act(db: Db, what: What): Promise<void> {
    const { joined, books } = this;
    const { organisation } = joined;
    if (what.kind === 'edit') return edit(db, organisation, books, what.record);
    if (what.kind === 'spoil') return spoil(db, organisation, books, what.record);
    if (what.kind === 'add') return add(db, organisation, books, what.of);
    if (what.kind === 'exclude') return exclude(db, organisation, books, what.record, what.on);
    if (what.kind !== 'ask') return;
    if (what.asked === 'sync') await openRun(db, organisation, { kind: 'manual', startedBy: 'Ann' });
    if (what.asked === 'retry') await retryChanges(db, organisation, 'Ann', { kind: 'all' });
    const run = await this.#readRun(db);
    if (run === undefined) return;
    if (what.asked === 'pause' || what.asked === 'stop')
      await askRun(db, organisation, 'Ann', run.id, what.asked);
    if (what.asked === 'resume') await resumeRun(db, organisation, 'Ann', run.id);
  }

  async #readRun(db: Db): Promise<{ id: string; asked: string | null; state: string } | undefined> {
    const { rows } = await db.pool.query<{ id: string; asked: string | null; state: string }>(
      `SELECT id, asked, state FROM run WHERE organisation_id = $1 AND state IN ('waiting', 'running', 'parked')`,
      [this.joined.organisation],
    );
    return rows[0];
  }

  /** When the workers rest: whether anything is left, which a person then lets go once more. */
  async #goOn(): Promise<boolean> {
    const { db } = this.stage;
    const { organisation } = this.joined;
    const run = await this.#readRun(db);
    if (run !== undefined) {
      if (run.asked === 'pause') await resumeRun(db, organisation, 'Ann', run.id);
      return true;
    }
    // What Xero refuses each time would be refused again.
    const ids = this.books.entries.filter(({ spoilt }) => spoilt !== true).map(({ id }) => id);
    if (this.#retried < 3 && (await retryChanges(db, organisation, 'Ann', { kind: 'records', ids })) > 0)
      this.#retried += 1;
    const opened = await openRun(db, organisation, { kind: 'manual', startedBy: 'Ann' });
    if (opened.kind === 'not-connected') return this.#fail(`I5 ${opened.reason}`);
    return opened.kind === 'opened';
  }

  async #unended(): Promise<string> {
    return `I5 half an hour after the last incident the run is still ${JSON.stringify(await this.#readRun(this.stage.db))}`;
  }

  #fail(problem: string): boolean {
    this.#problems = [problem];
    return false;
  }
}
