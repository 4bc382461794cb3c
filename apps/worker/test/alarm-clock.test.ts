// The alarm clock's contract, held by every store: real PostgreSQL, real MongoDB, workers as processes that are killed.
import { randomUUID } from 'node:crypto';
import { createTestDatabase } from '@stockbook/sync/test/db';
import { Agenda } from 'agenda';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AgendaStore, openAgendaStore } from '../src/agenda-store.ts';
import { findMongod, noMongod, startMongod } from './mongod.ts';
import { type Line, type Ringer, type RingerJob, startRinger } from './ringer.ts';

interface Store {
  url: string;
  adminUrl: string;
  end(): Promise<void>;
}

interface Stores {
  /** Why the contract cannot be tried on this store here. */
  missing: string | undefined;
  open(): Promise<Store>;
  close(): Promise<void>;
}

function postgresStores(): Stores {
  return {
    missing: undefined,
    open: async () => {
      const { url, adminUrl, drop } = await createTestDatabase();
      return { url, adminUrl, end: drop };
    },
    close: async () => undefined,
  };
}

function mongoStores(): Stores {
  const binary = findMongod();
  const server = binary === undefined ? undefined : startMongod(binary);
  return {
    missing: binary === undefined ? noMongod : undefined,
    open: async () => {
      const url = `${(await server)?.url}/${randomUUID()}`;
      return { url, adminUrl: url, end: async () => undefined };
    },
    close: async () => (await server)?.stop(),
  };
}

function everySecond(name: string, rest: Partial<RingerJob> = {}): RingerJob {
  return { name, every: '1 second', lockLifetimeMs: 60_000, given: { organisation: 'one' }, ...rest };
}

function ringsOf(lines: readonly Line[], name: string): Line[] {
  return lines.filter(({ ring }) => ring === name);
}

const rang = (name: string, times = 1) =>
  [`${name} rang ${times} times`, (lines: Line[]) => ringsOf(lines, name).length >= times] as const;

describe.each([
  { kind: 'PostgreSQL', create: postgresStores },
  { kind: 'MongoDB', create: mongoStores },
])('an alarm clock on $kind', ({ create }) => {
  let stores: Stores;
  let store: Store;
  let ringers: Ringer[] = [];

  beforeAll(() => {
    stores = create();
  });
  afterAll(() => stores.close());

  beforeEach(async ({ skip }) => {
    if (stores.missing) skip(stores.missing);
    store = await stores.open();
  });
  afterEach(async () => {
    for (const ringer of ringers) await ringer.end('SIGKILL');
    ringers = [];
    await store?.end();
  });

  function start(...jobs: RingerJob[]): Ringer {
    const ringer = startRinger(store, jobs);
    ringers.push(ringer);
    return ringer;
  }

  it('rings a job every second, once over two workers that start together', async () => {
    const pair = [start(everySecond('tick')), start(everySecond('tick'))];
    await Promise.all(
      pair.map((ringer) => ringer.until('it is ready', (lines) => lines.some(({ ready }) => ready))),
    );
    const all = () => pair.flatMap(({ lines }) => ringsOf(lines, 'tick'));
    await Promise.race(pair.map((ringer) => ringer.until('five rings', () => all().length >= 5)));
    const times = all().flatMap(({ at }) => (at === undefined ? [] : [at]));
    times.sort((a, b) => a - b);
    const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    for (const gapMs of gaps) expect(gapMs).toBeGreaterThanOrEqual(1_000);
    expect(pair.flatMap(({ lines }) => lines.filter(({ log }) => log))).toEqual([]);
  });

  it('keeps an alarm locked that another worker sets in the same moment', async () => {
    const stop = new AbortController().signal;
    const open = () => openAgendaStore({ ...store, log: pino({ level: 'silent' }), stop });
    const [mine, theirs] = [await open(), await open()];
    const set = ({ backend }: AgendaStore) => new Agenda({ backend }).every('1 hour', 'tick');
    const take = () => {
      const now = new Date();
      return mine.backend.repository.getNextJobToRun('tick', now, new Date(0), now, undefined);
    };
    await set(mine);
    expect(await take()).toMatchObject({ name: 'tick' });
    await set(theirs);
    expect(await take()).toBeUndefined();
    await Promise.all([mine.close(), theirs.close()]);
  });

  it('rings the job of a killed worker again', async () => {
    const killed = start(everySecond('slow', { lockLifetimeMs: 2_000, takesMs: -1 }));
    await killed.until(...rang('slow'));
    await killed.end('SIGKILL');
    const other = start(everySecond('slow', { lockLifetimeMs: 2_000 }));
    await other.until(...rang('slow', 2));
  });

  it('keeps the schedule over a restart: nothing rings early, and what came due meanwhile rings', async () => {
    const hourly = everySecond('hourly', { every: '1 hour' });
    const first = start(hourly, everySecond('tick'));
    await first.until(...rang('hourly'));
    await first.until(...rang('tick'));
    expect(await first.end('SIGTERM')).toBe(0);
    const second = start(hourly, everySecond('tick'), everySecond('fresh', { every: '1 hour' }));
    await second.until(...rang('fresh'));
    await second.until(...rang('tick', 2));
    expect(ringsOf(second.lines, 'hourly')).toEqual([]);
  });

  it('sets an alarm anew when it means another time', async () => {
    const first = start(everySecond('tick', { every: '1 hour' }));
    await first.until(...rang('tick'));
    await first.end('SIGTERM');
    const second = start(everySecond('tick'));
    await second.until(...rang('tick', 2));
  });

  it('logs data that cannot be read, and rings the others', async () => {
    const ringer = start(everySecond('bad', { given: { organisation: 17 } }), everySecond('good'));
    await ringer.until('the bad data is logged', (lines) => lines.some(({ log }) => log?.job === 'bad'));
    await ringer.until(...rang('good', 2));
    expect(ringsOf(ringer.lines, 'bad')).toEqual([]);
  });

  it('stops in order: what rings ends first, and what was locked can ring elsewhere at once', async () => {
    const hourLong = { lockLifetimeMs: 3_600_000, takesMs: 1_000 };
    const first = start(everySecond('work', hourLong), everySecond('other', hourLong));
    await first.until(...rang('work'));
    const exitCode = await first.end('SIGTERM');
    expect(exitCode).toBe(0);
    const order = first.lines.flatMap(
      ({ ring, rung, stopped }) => ring ?? (rung ? `${rung} ended` : stopped ? 'stopped' : []),
    );
    expect(order.at(-1)).toBe('stopped');
    for (const name of ['work', 'other']) {
      const began = order.filter((step) => step === name).length;
      expect(order.filter((step) => step === `${name} ended`)).toHaveLength(began);
    }
    const second = start(everySecond('work', hourLong), everySecond('other', hourLong));
    await second.until(...rang('work'));
    await second.until(...rang('other'));
  });
});
