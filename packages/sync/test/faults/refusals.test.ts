// F16, F18, F19: what Xero refuses stands alone with its reason, its neighbours go once, and nothing is tried again by itself.
import { createId } from '@stockbook/db';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { record } from '../../src/outbox.ts';
import { openRun } from '../../src/run.ts';
import { type Ground, prepareGround } from './kill-points.ts';
import { type Kind, kinds } from './kinds.ts';
import { type CallFate, createMortalDb, live, type MortalDb } from './mortal.ts';
import { openStage, type Stage } from './stage.ts';

const nightly = process.env.STOCKBOOK_NIGHTLY === '1';
const splits = nightly ? Array.from({ length: 49 }, (_, n) => n + 1) : [1, 12, 25, 38, 49];

let stage: Stage;
let mortal: MortalDb;
let ground: Ground;
beforeAll(async () => {
  stage = await openStage();
  mortal = createMortalDb(stage.database.url);
  ground = await prepareGround(stage, mortal, mortal);
  await carry();
});
afterAll(async () => {
  await mortal.db.close();
  await stage.close();
});

async function carry(calls: readonly CallFate[] = []): Promise<string> {
  const opened = await openRun(stage.db, ground.joined.organisation, { kind: 'manual', startedBy: 'Ann' });
  await live(mortal, { stage, clock: ground.clock, calls });
  return opened.kind;
}

/** Fifty records of the kind that wait. */
async function writeFifty(kind: Kind): Promise<string[]> {
  const { joined, books } = ground;
  const made = Array.from({ length: 50 }, () => createId());
  const from = 1_000 + (await stage.db.prisma.record.count());
  await stage.db.write(joined.organisation, async (tx) => {
    await kind.entity.apply(
      tx,
      made.map((id, n) => kind.make(id, from + n, 1, books.parents)),
    );
    for (const id of made) record(tx, { entity: kind.entity.name, id });
  });
  return made;
}

async function statesOf(ids: readonly string[]): Promise<Record<string, number>> {
  const rows = await stage.db.prisma.change.groupBy({
    by: ['state'],
    where: { recordId: { in: [...ids] } },
    _count: true,
  });
  return Object.fromEntries(rows.map((row) => [row.state, row._count]));
}

async function putsSince(afterId: number): Promise<number> {
  return (await stage.client.calls({ afterId, method: 'PUT' })).length;
}

const lastCall = async () => (await stage.client.calls()).at(-1)?.id ?? 0;

describe.each(kinds.map((kind) => [kind.entity.name, kind] as const))('%s', (_name, kind) => {
  it.each(splits)('F16: %i bad ones of fifty are refused with a reason, in one call', async (bad) => {
    const ids = await writeFifty(kind);
    const elements = Array.from({ length: bad }, (_, n) => n);
    await stage.client.fail({ kind: 'bad-elements', method: 'PUT', elements, message: 'It is not wanted' });
    const before = await lastCall();
    await carry();
    expect(await statesOf(ids)).toEqual({ sent: 50 - bad, rejected: bad });
    const refused = await stage.db.prisma.record.findMany({
      where: { id: { in: ids }, syncState: 'failed' },
    });
    expect(refused.filter((row) => row.problem?.includes('It is not wanted'))).toHaveLength(bad);
    expect(await putsSince(before)).toBe(1);
  });

  it('F19: what is refused for good is not tried again by itself', async () => {
    const ids = await writeFifty(kind);
    const message = 'The document date is in a locked period';
    const fault = await stage.client.fail({
      kind: 'bad-elements',
      method: 'PUT',
      elements: [0],
      message,
      times: 3,
    });
    const before = await lastCall();
    await carry();
    expect(await carry()).toBe('nothing');
    await ground.clock.step(3_600_000);
    expect(await carry()).toBe('nothing');
    await stage.client.mend(fault.id);
    expect(await putsSince(before)).toBe(1);
    expect(await statesOf(ids)).toEqual({ sent: 49, rejected: 1 });
  });

  it('F18: one that spoils the whole request is found by halving, and its neighbours go', async () => {
    const ids = await writeFifty(kind);
    const before = await lastCall();
    // The request is refused as long as the first record is in it, down to that one alone: 50, 25, 13, 7, 4, 2, 1.
    let seen = 0;
    const refused: CallFate = { fault: '400 whole' };
    const calls = Array.from({ length: 7 }, () => refused);
    await live(mortal, { stage, clock: ground.clock }).then(() => carry(calls));
    seen = await putsSince(before);
    expect(seen + calls.length).toBeLessThanOrEqual(1 + 13);
    expect(await statesOf(ids)).toEqual({ sent: 49, rejected: 1 });
  });
});
