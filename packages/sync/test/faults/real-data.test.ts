// Real trading data under mixed faults while the worker is killed: what Xero holds in the end is to the cent what it holds without either.
import { createReadStream, existsSync, readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openRun } from '../../src/run.ts';
import { importFiles } from '../load-fixture.ts';
import { createDraw } from './draw.ts';
import { statesOf } from './pace.ts';
import { replayedBy } from './replay.ts';
import { type Joined, openStage, type Stage } from './stage.ts';
import { startWorkerProgram, type WorkerProgram } from './worker-program.ts';

const nightly = process.env.STOCKBOOK_NIGHTLY === '1';
/** Each with faults and deaths of its own. */
const seeds = Array.from({ length: nightly ? 10 : 1 }, (_, index) => Number(process.env.SEED ?? 1) + index);
const folder = new URL('../../../../../shared/data/online-retail/', import.meta.url);
const present = existsSync(folder);
/** The whole is for the night and for `npm run faults -- real-data`; the ordinary run takes its first day. */
const isWhole = nightly || process.env.STOCKBOOK_REAL_DATA === 'whole';
const size = isWhole ? '' : 'STOCKBOOK_REAL_DATA=day ';
const days = isWhole ? 8 : 1;
const skipped = present ? '' : ' (skipped: no ../shared)';
const deaths = isWhole ? 10 : 4;
/** At least so many of the calls are met by a fault. */
const faultShare = 0.05;
/** One fault meets one call of each so many, at any place in the first half of them: however many calls there come to be, the share is reached. */
const turnCalls = 16;
/** So much faster than real time; a call takes a tenth of a real second, long enough to be killed in. */
const clock = { scale: 30, latencyMs: 3_000, startMs: Date.UTC(2027, 1, 13, 9, 0, 0) };

/** All faults that leave the organisation connected; drawn in turn, so that no kind is left out for long. */
const faults = [
  { kind: '429-minute', retryAfterS: 20 },
  { kind: '429-concurrent' },
  { kind: '429-app', retryAfterS: 15 },
  { kind: '429-day', retryAfterS: 90 },
  { kind: '500', when: 'before' },
  { kind: '500', when: 'after' },
  { kind: '502', when: 'after' },
  { kind: '502-html', when: 'before' },
  { kind: '503', when: 'before' },
  { kind: '503-html', when: 'after' },
  { kind: '200-html', when: 'after' },
  { kind: 'timeout', when: 'before', delayMs: 20_000 },
  { kind: 'timeout', when: 'after', delayMs: 20_000 },
  { kind: 'reset', bytes: 0 },
  { kind: 'reset', bytes: 700 },
  { kind: 'truncated' },
  { kind: 'empty' },
  { kind: 'trickle', bytes: 4_096, delayMs: 500 },
  { kind: 'token-expired' },
] as const;

let stage: Stage;
let plain: Joined;
let expected: unknown;
let usualCalls = 0;
beforeAll(async () => {
  if (!present) return;
  stage = await openStage({ limits: { minute: 60, atOnce: 5, day: 5_000 }, latencyMs: clock.latencyMs });
  await stage.setClock(clock.startMs, 1);
  plain = await loaded();
  await carried(plain, async () => undefined);
  expected = await summaryOf(plain);
  usualCalls = (await callsOf(plain, 0)).length;
});
afterAll(async () => {
  if (!present) return;
  await stage.close();
});

it.skipIf(!present).each(seeds)(
  `${days} ${days === 1 ? 'day' : 'days'} of Online Retail with ${faultShare * 100} % of the calls failing and ${deaths} deaths of the worker comes to the same cents, seed %d${skipped}`,
  { timeout: 600_000 },
  async (seed) => {
    const draw = createDraw(seed);
    replayedBy(seed, `SEED=${seed} ${size}npm run faults -- real-data`);
    const below = (count: number) => Math.floor(draw() * count);
    const joined = await loaded();
    const turns = [...faults].sort(() => draw() - 0.5);
    const lastId = await lastCallId();
    // Far more than there will be calls: repeats are met by faults too. What met an earlier fault is not counted by a later one.
    for (let turn = 0; turn * turnCalls < 10 * usualCalls; turn += 1) {
      const at = turn * turnCalls + below(turnCalls / 2);
      await stage.client.fail({
        ...(turns[turn % turns.length] ?? faults[0]),
        ...{ skip: at - turn, times: 1 },
      });
    }
    const moments = Array.from({ length: deaths }, () => below(usualCalls * 0.9)).sort((a, b) => a - b);
    await carried(joined, async (worker) => {
      for (const moment of moments) {
        const isThere = async () => (await callsOf(joined, lastId)).length > moment;
        await vi.waitUntil(isThere, { timeout: 120_000, interval: 20 });
        await new Promise((resolve) => setTimeout(resolve, below(150)));
        await worker.replace();
      }
    });
    await stage.client.mend();
    const made = await callsOf(joined, lastId);
    const met = made.filter(({ fault }) => fault !== '');
    console.log(
      `Online Retail, days ${days}, seed ${seed}: ${made.length} calls where ${usualCalls} do without, ${met.length} met by faults (${met.map(({ fault }) => fault).join(' ')}), ${deaths} deaths`,
    );
    expect(met.length / made.length).toBeGreaterThanOrEqual(faultShare);
    expect(await statesOf(stage, joined)).toEqual(await statesOf(stage, plain));
    expect(await summaryOf(joined)).toEqual(expected);
  },
);

/** An organisation with all the data in its books. */
async function loaded(): Promise<Joined> {
  const joined = await stage.join();
  const files = readdirSync(folder).filter((name) => name.endsWith('.csv'));
  const sources = files
    .sort()
    .slice(0, days)
    .map((name) => [name, () => createReadStream(new URL(name, folder))] as const);
  const { load } = await importFiles(stage.db, joined.organisation, Object.fromEntries(sources));
  expect(load).toMatchObject({ state: 'done', rejected: 0 });
  return joined;
}

/** A run from its beginning to its end, and what happens to its worker meanwhile; time runs faster only then. */
async function carried(
  { organisation }: Joined,
  meanwhile: (worker: WorkerProgram) => Promise<void>,
): Promise<void> {
  const opened = await openRun(stage.db, organisation, { kind: 'manual', startedBy: 'Ann' });
  expect(opened.kind).toBe('opened');
  await stage.setClock((await stage.db.now()).getTime(), clock.scale);
  const worker = startWorkerProgram(stage);
  try {
    await meanwhile(worker);
    const where = { organisationId: organisation, endedAt: null };
    const ended = async () => (await stage.db.prisma.run.count({ where })) === 0;
    await vi.waitUntil(ended, { timeout: 300_000, interval: 100 });
  } catch (error) {
    throw new Error(`The run does not end; its workers said: ${worker.said()}`, { cause: error });
  } finally {
    await worker.stop();
    await stage.setClock((await stage.db.now()).getTime(), 1);
  }
}

/** What Xero holds of it, by counts and cents; only the name tells one organisation from another. */
async function summaryOf({ tenantId }: Joined) {
  const { name: _name, ...held } = (await stage.client.summary(tenantId)).organisations[tenantId] ?? {
    name: '',
  };
  return held;
}

async function callsOf({ tenantId }: Joined, afterId: number) {
  return (await stage.client.calls({ afterId })).filter(({ tenant }) => tenant === tenantId);
}

async function lastCallId(): Promise<number> {
  return (await stage.client.calls()).at(-1)?.id ?? 0;
}
