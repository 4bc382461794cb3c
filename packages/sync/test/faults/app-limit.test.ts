// F10: all organisations of an app share its calls a minute (XERO.md 2), and each gets as much as the others, whatever its backlog.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createMortalDb, type MortalDb } from './mortal.ts';
import { beginAnew, carryPaced, contactsOf, openQueue, patient } from './pace.ts';
import { type Joined, openStage, type Stage } from './stage.ts';

const nightly = process.env.STOCKBOOK_NIGHTLY === '1';
/** Together they may make six calls where the app may make five: what is short is the app's minute. */
const tenants = nightly ? 200 : 10;
const appMinuteMax = tenants * 50;
const minutes = 2;
const minuteMs = 60_000;
const startMs = Date.UTC(2027, 1, 13, 9, 0, 0);

let stage: Stage;
let worker: MortalDb;
beforeAll(async () => {
  stage = await openStage();
  worker = createMortalDb(stage.database.url);
});
afterAll(async () => {
  await worker.db.close();
  await stage.close();
});

it(`F10: ${tenants} organisations share ${appMinuteMax} calls a minute, the largest share at most one and a half of the smallest`, {
  timeout: 3_600_000,
  meta: { runs: tenants },
}, async () => {
  const clock = await beginAnew(stage, startMs);
  const joined: Joined[] = [];
  // One has four times the backlog of the others.
  const backlogs = Array.from({ length: tenants }, (_, n) => (n === 0 ? 4 : 1) * 60 * minutes);
  for (const count of backlogs) joined.push(await openQueue(stage, count));
  await stage.client.setLimits({ minute: 60, atOnce: 5, day: 1_000_000, app: appMinuteMax });
  const calls = joined.map(() => Array.from({ length: minutes }, () => 0));
  const places = new Map(joined.map(({ organisation }, n) => [organisation, calls[n]]));
  const paced = patient(clock);
  let refused = 0;
  await carryPaced({
    ...{ stage, db: worker.db, appMinuteMax },
    ...paced,
    going: async (organisation) => {
      const minute = Math.floor(((await clock.now()) - startMs) / minuteMs);
      const counts = places.get(organisation);
      if (counts?.[minute] !== undefined) counts[minute] += 1;
    },
    came: ({ failure }) => {
      if (failure?.kind === 'rate-limited') refused += 1;
    },
  });
  for (let minute = 0; minute < minutes; minute += 1) {
    const shares = calls.map((counts) => counts[minute] ?? 0);
    const total = shares.reduce((sum, each) => sum + each, 0);
    console.log(
      `F10, minute ${minute + 1}: ${total} calls of ${appMinuteMax}, from ${Math.min(...shares)} to ${Math.max(...shares)} each, ${refused} refused`,
    );
    expect(Math.max(...shares) / Math.min(...shares)).toBeLessThanOrEqual(1.5);
    expect(total).toBeLessThanOrEqual(appMinuteMax);
    expect(total).toBeGreaterThan(0.9 * appMinuteMax);
  }
  expect(refused).toBe(0);
  const arrived = await Promise.all(joined.map((one) => contactsOf(stage, one)));
  const all = backlogs.map((count) => ({ count, duplicates: 0 }));
  expect(arrived).toEqual(all);
});
