// Two workers that come at once to many organisations: Xero's limits make each of them wait, and no worker's other work does.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createMortalDb, type MortalDb } from './mortal.ts';
import { beginAnew, carryPaced, contactsOf, openQueue, patient } from './pace.ts';
import { type Joined, openStage, type Stage } from './stage.ts';

const organisations = 40;
/** So many calls a minute fall to each of them, by the app's limit: each needs three minutes. */
const share = 6;
const backlog = 15;
const appMinuteMax = organisations * share;
const startMs = Date.UTC(2027, 1, 13, 9, 0, 0);

let stage: Stage;
let workers: MortalDb[];
beforeAll(async () => {
  stage = await openStage();
  // Each with connections of its own, as two processes have them.
  workers = [createMortalDb(stage.database.url), createMortalDb(stage.database.url)];
});
afterAll(async () => {
  await Promise.all(workers.map(({ db }) => db.close()));
  await stage.close();
});

it(`of ${organisations} organisations none waits longer than 1.2 times the mean when two workers come to them at once: nothing deals them out, and one worker may carry them all`, {
  timeout: 600_000,
}, async () => {
  const paced = patient(await beginAnew(stage, startMs));
  const joined: Joined[] = [];
  for (let n = 0; n < organisations; n += 1) joined.push(await openQueue(stage, backlog));
  await stage.client.setLimits({ minute: 60, atOnce: 5, day: 5_000, app: appMinuteMax });
  const carried = workers.map(() => new Set<string>());
  await Promise.all(
    workers.map(({ db }, n) =>
      carryPaced({
        ...{ stage, db, appMinuteMax, owner: `worker ${n + 1}` },
        ...paced,
        going: async (organisation) => void carried[n]?.add(organisation),
      }),
    ),
  );
  const calls = await stage.client.calls({ method: 'PUT' });
  const ends = joined.map(({ tenantId }) => {
    const mine = calls.filter(({ tenant, status }) => tenant === tenantId && status === 200);
    return (mine.at(-1)?.atMs ?? 0) - startMs;
  });
  const mean = ends.reduce((sum, end) => sum + end, 0) / ends.length;
  console.log(
    `Two workers carried ${carried.map(({ size }) => size).join(' and ')} organisations, which waited ${Math.min(...ends) / 1_000} to ${Math.max(...ends) / 1_000} s, ${mean / 1_000} s in the mean`,
  );
  expect(mean).toBeGreaterThanOrEqual(60_000);
  expect(Math.max(...ends) / mean).toBeLessThanOrEqual(1.2);
  // Nobody was carried by both.
  expect(carried.reduce((sum, { size }) => sum + size, 0)).toBe(organisations);
  expect(await Promise.all(joined.map((one) => contactsOf(stage, one)))).toEqual(
    joined.map(() => ({ count: backlog, duplicates: 0 })),
  );
});
