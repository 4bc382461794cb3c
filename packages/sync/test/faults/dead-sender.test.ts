// F1, F3: the worker that called dies in mid-call, and another comes while Xero knows the key or after: the batch is in Xero once, and was never shown as there too early.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StepName } from '../../src/step.ts';
import { ask, closeGround, expectSound, finish, openGround, writeBatch } from './batch.ts';
import type { Entry } from './books.ts';
import type { Ground } from './kill-points.ts';
import { type Kind, kinds } from './kinds.ts';
import { live, type MortalDb } from './mortal.ts';
import type { Stage } from './stage.ts';

const rounds = process.env.STOCKBOOK_NIGHTLY === '1' ? 50 : 1;

/** A little longer than the lease, and longer than Xero remembers a key. */
const soonMs = 46_000;
const lateMs = 7 * 60_000;

const deaths = [
  { at: 'send after', awayMs: lateMs, puts: 1, looks: true, why: 'the key is forgotten: Xero is asked' },
  {
    at: 'send after',
    awayMs: soonMs,
    puts: 2,
    looks: false,
    why: 'the key is known: its answer comes again',
  },
  { at: 'send before', awayMs: lateMs, puts: 1, looks: true, why: 'two looks say that nothing came' },
  { at: 'send before', awayMs: soonMs, puts: 1, looks: false, why: 'the same text goes under its key' },
] as const;

let stage: Stage;
let dying: MortalDb;
let living: MortalDb;
let ground: Ground;
beforeAll(async () => {
  ground = await openGround();
  ({ stage, dying, living } = ground);
});
afterAll(async () => {
  await closeGround(ground);
});

/** What is said of the records: their changes' states, and what a person is shown. */
async function saidOf(entries: readonly Entry[]): Promise<string[]> {
  const ids = entries.map(({ id }) => id);
  const changes = await stage.db.prisma.change.findMany({ where: { recordId: { in: ids } } });
  const records = await stage.db.prisma.record.findMany({ where: { id: { in: ids } } });
  return [...new Set([...changes.map(({ state }) => state), ...records.map(({ syncState }) => syncState)])];
}

/** The other worker carries on; one that sends more than it should is ended then, since it may send without an end. */
function carryOn(sendsMax: number, entries: readonly Entry[]): Promise<void> {
  let sends = 0;
  return new Promise((resolve, reject) => {
    const took = async (name: StepName) => {
      // I4: from the moment on at which a worker finds it, before it does anything about it.
      if (name === 'resume after') await expectUnknown(entries).catch(reject);
      if (name === 'send before') sends += 1;
      if (sends <= sendsMax) return;
      living.die();
      reject(new Error(`I2 sent ${sends} times by who came after, and not ${sendsMax} times`));
    };
    finish(ground, { took }).then(resolve, reject);
  });
}

/** Nobody knows what became of the call, and that is what is said of its records and of the call itself. */
async function expectUnknown(entries: readonly Entry[]): Promise<void> {
  const ids = entries.map(({ id }) => id);
  const changes = await stage.db.prisma.change.findMany({ where: { recordId: { in: ids } } });
  if (changes.every(({ state }) => state !== 'claimed')) return;
  expect(await saidOf(entries)).toEqual(['claimed', 'checking']);
  const exports = changes.flatMap(({ exportId }) => exportId ?? []);
  const calls = await stage.db.prisma.attempt.findMany({ where: { exportId: { in: exports } } });
  expect(calls.map(({ outcome, endedAt }) => ({ outcome, ended: endedAt !== null }))).toEqual([
    { outcome: 'unknown-outcome', ended: true },
  ]);
}

async function dieAndCarryOn(kind: Kind, death: (typeof deaths)[number]): Promise<void> {
  const afterId = (await stage.client.calls()).at(-1)?.id ?? 0;
  const entries = await writeBatch(ground, kind, 3);
  const diesAt = { name: death.at, entity: kind.entity.name };
  await ask(ground);
  dying.revive();
  living.revive();
  expect(await live(dying, { stage, clock: ground.clock, diesAt })).toBe(true);
  // I4: nobody knows what became of the call, so nothing is said to be in Xero.
  expect(await saidOf(entries)).toEqual(['claimed', 'sending']);
  await ground.clock.step(death.awayMs);
  await carryOn(death.at === 'send after' ? death.puts - 1 : death.puts, entries);
  const puts = (await stage.client.calls({ afterId, method: 'PUT' })).length;
  const looks = (await stage.client.calls({ afterId, method: 'GET' })).length > 0;
  expect({ puts, looks }).toEqual({ puts: death.puts, looks: death.looks });
  expect(await saidOf(entries)).toEqual(['sent', 'completed']);
  await expectSound(ground, entries, afterId);
}

describe.each(kinds.map((kind) => [kind.entity.name, kind] as const))('F3: %s', (_name, kind) => {
  it.each(deaths)(
    'their worker dies at $at and another comes after $awayMs ms: $why',
    { timeout: 600_000, meta: { runs: rounds } },
    async (death) => {
      for (let round = 0; round < rounds; round += 1) await dieAndCarryOn(kind, death);
    },
  );
});
