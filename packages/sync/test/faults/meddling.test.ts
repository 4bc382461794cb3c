// F12, F20, F22, F23: a token that runs out, twins of a name, a person in Xero and clocks that are wrong come between two steps.
import { createId } from '@stockbook/db';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { connectionApi } from '../../src/connection.ts';
import { contacts } from '../../src/entities/index.ts';
import { freezeClaimed } from '../../src/freeze.ts';
import { leaseTimes } from '../../src/lease.ts';
import { record } from '../../src/outbox.ts';
import { openRun } from '../../src/run.ts';
import { access } from '../world.ts';
import { kindOf } from './batch.ts';
import { createDraw } from './draw.ts';
import { findDoubles, findProblems } from './invariants.ts';
import { type Ground, leaveWork, prepareGround } from './kill-points.ts';
import { type Kind, kinds } from './kinds.ts';
import { createMortalDb, live, type MortalDb } from './mortal.ts';
import { carryPaced, contactsOf } from './pace.ts';
import { replayedBy } from './replay.ts';
import { openStage, type Stage } from './stage.ts';

const nightly = process.env.STOCKBOOK_NIGHTLY === '1';
const longMs = nightly ? 3_600_000 : 120_000;

let stage: Stage;
let one: MortalDb;
let two: MortalDb;
beforeAll(async () => {
  stage = await openStage();
  one = createMortalDb(stage.database.url);
  two = createMortalDb(stage.database.url);
});
afterAll(async () => {
  await Promise.all([one.db.close(), two.db.close()]);
  await stage.close();
});

async function openGround(): Promise<Ground> {
  const ground = await prepareGround(stage, one, two);
  await run(ground);
  await live(one, { stage, clock: ground.clock });
  return ground;
}

const run = ({ joined }: Ground) =>
  openRun(stage.db, joined.organisation, { kind: 'manual', startedBy: 'Ann' });
const lastId = async () => (await stage.client.calls()).at(-1)?.id ?? 0;

const expiries = nightly ? 500 : 50;
it(`F12: a token that runs out in the middle costs one refresh, and nothing accepted is sent again, ${expiries} times`, {
  timeout: longMs,
  meta: { runs: expiries },
}, async () => {
  const ground = await openGround();
  const version = async () =>
    (
      await stage.db.prisma.connection.findUniqueOrThrow({
        where: { organisationId: ground.joined.organisation },
      })
    ).tokenVersion;
  for (let round = 0; round < expiries; round += 1) {
    const kind = kinds[round % kinds.length];
    if (kind === undefined) throw new Error('the registry sends nothing');
    await leaveWork(ground, kind);
    await run(ground);
    const [afterId, before] = [await lastId(), await version()];
    // Before its request is sent, or when its answer is there and not yet written.
    const at = round % 2 === 0 ? 'send before' : 'send after';
    let expired = false;
    await live(one, {
      ...{ stage, clock: ground.clock, batchMax: 2 },
      took: async (name) => {
        if (expired || name !== at) return;
        expired = true;
        await stage.client.expireTokens();
      },
    });
    expect((await version()) - before).toBe(1);
    const puts = (await stage.client.calls({ afterId, method: 'PUT' })).filter(
      ({ status }) => status === 200,
    );
    expect(puts).toHaveLength(2);
    if (round % 25 === 24)
      expect(await findProblems(stage, ground.joined, ground.books, afterId)).toEqual([]);
  }
});

const races = nightly ? 500 : 50;
it(`F20: twins that differ by case and spaces become one contact, whichever worker comes first, ${races} times`, {
  timeout: longMs,
  meta: { runs: races },
}, async () => {
  const ground = await openGround();
  const before = (await contactsOf(stage, ground.joined))?.count ?? 0;
  const { organisation } = ground.joined;
  const perRun = 10;
  const twins: string[][] = [];
  for (let race = 0; race < races; race += perRun) {
    const drafts = Array.from({ length: perRun }, (_, n) => {
      const name = `Twin ${race + n}`;
      return [name, ` ${name.toUpperCase()}  `].map((text, which) => ({
        ...{
          id: createId(),
          number: `T-${race + n}-${which}`,
          name: text,
          email: null,
          phone: null,
          country: null,
        },
      }));
    });
    for (const draft of drafts.flat())
      await stage.db.write(organisation, async (tx) => {
        await contacts.apply(tx, [draft]);
        record(tx, { entity: 'contacts', id: draft.id });
      });
    twins.push(...drafts.map((pair) => pair.map(({ id }) => id)));
    await run(ground);
    const { clock } = ground;
    await Promise.all([live(one, { stage, clock, batchMax: 3 }), live(two, { stage, clock, batchMax: 3 })]);
  }
  const rows = await stage.db.prisma.record.findMany({ where: { id: { in: twins.flat() } } });
  const shown = new Map(rows.map(({ id, syncState, problem }) => [id, { syncState, problem }]));
  for (const pair of twins) {
    const states = pair.map((id) => shown.get(id)?.syncState);
    // Xero keeps the name without its spaces, and says so: a warning.
    expect(states.map((state) => (state === 'warning' ? 'completed' : state)).sort()).toEqual([
      'completed',
      'failed',
    ]);
    const refused = pair.find((id) => shown.get(id)?.syncState === 'failed') ?? '';
    expect(shown.get(refused)?.problem).toMatch(/already assigned to another contact/);
  }
  expect(await contactsOf(stage, ground.joined)).toEqual({ count: before + races, duplicates: 0 });
});

const edits = nightly ? 500 : 50;
/** The last instant that can be seen: Xero takes no condition with an update, so what comes after the reading cannot. */
const instants = ['begin after', 'claim before', 'claim after', 'compare before'] as const;
it(`F22: what a person changes in Xero up to the reading before an update is not written over, ${edits} times, every kind`, {
  timeout: longMs,
  meta: { runs: edits },
}, async () => {
  const ground = await openGround();
  const { joined, clock } = ground;
  const draw = createDraw(22);
  replayedBy(22, 'npm run faults -- meddling -t F22');
  let made = 10_000;
  for (let round = 0; round < edits; round += 1) {
    const kind = kindOf(round);
    const own = Array.from({ length: 1 + Math.floor(draw() * 3) }, () => {
      made += 1;
      return { id: createId(), n: made };
    });
    const ids = own.map(({ id }) => id);
    for (const version of [1, 2]) {
      await writeKind(ground, kind, own, version);
      await run(ground);
      if (version === 1) await live(one, { stage, clock });
    }
    let edited = false;
    const edit = async () => {
      if (edited) return;
      edited = true;
      await editThere(joined.organisation, kind, ids);
    };
    const instant = instants[Math.floor(draw() * (instants.length + 1))];
    if (instant === undefined) await waitAfterComparing(ground, edit);
    else
      await live(one, {
        ...{ stage, clock },
        took: async (name) => (name === instant ? edit() : undefined),
      });
    const what = `after ${round + 1} schedules: ${kind.entity.name}, ${instant ?? 'while it waits for its permission'}`;
    expect(edited, what).toBe(true);
    const after = await stage.db.prisma.record.findMany({ where: { id: { in: ids } } });
    expect(
      after.map(({ syncState }) => syncState),
      what,
    ).toEqual(own.map(() => 'conflict'));
    const held = await stage.db.prisma.mapping.findMany({ where: { recordId: { in: ids } } });
    const isTheirs = (text: string | null) => text?.includes('Edited there') ?? false;
    expect(
      held.map(({ theirs }) => isTheirs(theirs)),
      what,
    ).toEqual(own.map(() => true));
    const now = await readThere(joined.organisation, kind, ids);
    expect(now.map(isTheirs), what).toEqual(own.map(() => true));
  }
  expect(await findDoubles(stage, joined)).toEqual([]);
});

/** The comparison is told that the minute has no call left: the update must wait for the next, and so the person comes first. */
async function waitAfterComparing({ clock }: Ground, edit: () => Promise<void>): Promise<void> {
  let told = false;
  await carryPaced({
    ...{ stage, db: one.db, batchMax: 50 },
    limits: (allowance) => {
      if (told) return allowance;
      told = true;
      return { ...allowance, leftThisMinute: 0 };
    },
    clock: {
      ...clock,
      until: async (atMs, signal) => {
        if (told) await edit();
        await clock.until(atMs, signal);
      },
    },
  });
}

async function writeKind(
  { joined, books }: Ground,
  { entity, make }: Kind,
  own: readonly { id: string; n: number }[],
  version: number,
): Promise<void> {
  await stage.db.write(joined.organisation, async (tx) => {
    await entity.apply(
      tx,
      own.map(({ id, n }) => make(id, n, version, books.parents)),
    );
    for (const { id } of own) record(tx, { entity: entity.name, id });
  });
}

/** By the hand of a person in Xero: names and references become others. */
async function editThere(organisation: string, kind: Kind, recordIds: readonly string[]): Promise<void> {
  const [api, wires] = await heldThere(organisation, kind, recordIds);
  const edited = wires.map((wire, n) =>
    'Name' in wire
      ? { ...wire, Name: `Edited there ${n} ${wire.Name}` }
      : { ...wire, Reference: 'Edited there' },
  );
  const { body, hash } = kind.entity.remote?.freeze(edited) ?? { body: '', hash: '' };
  const answer = await kind.entity.remote?.send(api, { action: 'update', body, hash, key: createId() });
  expect(answer).toMatchObject({ kind: 'answered' });
  if (answer?.kind === 'answered')
    expect(answer.elements.map(({ verdict }) => verdict)).toEqual(recordIds.map(() => 'ok'));
}

async function readThere(organisation: string, kind: Kind, recordIds: readonly string[]): Promise<string[]> {
  const [api, wires] = await heldThere(organisation, kind, recordIds);
  const found = await kind.entity.remote?.current(api, wires);
  return found?.kind === 'answered' ? found.elements.map(({ text }) => text) : [];
}

/** What was agreed, as payloads of updates. */
async function heldThere(organisation: string, kind: Kind, recordIds: readonly string[]) {
  const ready = await connectionApi(stage.db, organisation, stage.oauth, access.secret);
  if (ready.kind === 'failed') throw new Error(ready.failure.message);
  const claimed = recordIds.map((recordId) => ({ number: '0', recordId }));
  const { wires } = await freezeClaimed(stage.db.sql, organisation, kind.entity, 'update', claimed);
  return [ready.api, wires] as const;
}

const schedules = nightly ? 300 : 30;
it(`F23: workers whose clocks are wrong by ten minutes, jump back an hour or change to summer time take no lease early, ${schedules} times`, {
  timeout: longMs,
  meta: { runs: schedules },
}, async () => {
  const ground = await openGround();
  const { clock, joined } = ground;
  const firstId = await lastId();
  // Within the first schedules London goes over to summer time.
  await clock.step(Date.UTC(2027, 2, 28, 0, 57) - (await clock.now()));
  const draw = createDraw(23);
  replayedBy(23, 'npm run faults -- meddling -t F23');
  const zone = process.env.TZ;
  // Only what Date says is wrong: each worker's own clock, at each step another one.
  const skew = async () => {
    const wrongMs = (draw() * 20 - 10) * 60_000 - (draw() < 0.1 ? 3_600_000 : 0);
    vi.setSystemTime((await clock.now()) + wrongMs);
    process.env.TZ = draw() < 0.5 ? 'Europe/London' : 'Pacific/Auckland';
  };
  const lease = () =>
    stage.db.prisma.connection.findUniqueOrThrow({ where: { organisationId: joined.organisation } });
  const holder = async () => (await lease()).leaseToken;
  vi.useFakeTimers({ toFake: ['Date'] });
  try {
    for (let round = 0; round < schedules; round += 1) {
      const kind = kinds[round % kinds.length];
      if (kind === undefined) throw new Error('the registry sends nothing');
      await leaveWork(ground, kind);
      await run(ground);
      one.revive();
      let looked = 0;
      const takenEarly: string[] = [];
      const beganMs = await clock.now();
      await live(one, {
        ...{ stage, clock, batchMax: 2 },
        diesAt: { name: 'send after', entity: kind.entity.name },
        took: async (name) => {
          await skew();
          if (looked > 0 || name !== 'intent after') return;
          looked += 1;
          const token = await holder();
          await live(two, { stage, clock });
          if ((await holder()) !== token) takenEarly.push(name);
        },
      });
      expect(looked).toBe(1);
      const after = `after ${round + 1} schedules`;
      expect(takenEarly, after).toEqual([]);
      // It died with its lease: until that lapses by the database's clock, nobody takes it.
      const { leaseToken: token, leaseUntil } = await lease();
      const untilMs = leaseUntil?.getTime() ?? 0;
      expect(untilMs, after).toBeGreaterThanOrEqual(beganMs + leaseTimes.leaseMs);
      await clock.step(untilMs - 1_000 - (await clock.now()));
      await skew();
      await live(two, { stage, clock });
      expect(await holder(), after).toBe(token);
      await clock.step(2_000);
      await skew();
      await live(two, { stage, clock });
      expect(await holder(), after).toBeGreaterThan(token);
    }
  } finally {
    vi.useRealTimers();
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  }
  one.revive();
  expect(await findProblems(stage, joined, ground.books, firstId)).toEqual([]);
});
