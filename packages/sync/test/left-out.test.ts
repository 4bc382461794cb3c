// What a comparison leaves out may be there all the same: it is gone when two agree, and one that is found again is as if it had never been missed.
import type { CallResult, SendCall, XeroApi } from '@stockbook/xero';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { contacts } from '../src/entities/index.ts';
import { record } from '../src/outbox.ts';
import { openRun } from '../src/run.ts';
import { failedCall } from './first-send.ts';
import { ids, writeContacts } from './inventory.ts';
import { actor, createWorld, type World } from './world.ts';

let world: World;
let own: string[];
beforeEach(async () => {
  world = await createWorld();
  own = ids(2);
  await world.db.write(world.organisation, (tx) => writeContacts(tx, own));
  await world.sync();
  await world.db.write(world.organisation, async (tx) => {
    for (const [n, id] of own.entries()) {
      const rest = { email: null, phone: null, country: null };
      await contacts.apply(tx, [{ id, number: `Contact-${n}`, name: `Renamed ${n}`, ...rest }]);
      record(tx, { entity: 'contacts', id });
    }
  });
});
afterEach(() => world.close());

type Sent = Awaited<ReturnType<XeroApi['send']>>;

/** Carries a run whose first readings leave everything out, so many of them, and whose sendings go as `send` has it. */
async function carry(
  leftOut: number,
  send: (call: SendCall, api: XeroApi) => Promise<Sent> = (call, api) => api.send(call),
): Promise<void> {
  let left = leftOut;
  const through = (api: XeroApi): XeroApi => ({
    ...api,
    send: (call) => send(call, api),
    find: async (call) => {
      const answer = await api.find(call);
      if (left === 0 || answer.kind !== 'answered') return answer;
      left -= 1;
      return { ...answer, elements: [] };
    },
  });
  await openRun(world.db, world.organisation, { kind: 'manual', startedBy: actor });
  await world.engine({ through }).look();
}

const shown = async () => {
  const rows = await world.db.prisma.record.findMany({ where: { id: { in: own } } });
  return rows.map(({ syncState, problem }) => ({ syncState, problem }));
};
const completed = { syncState: 'completed', problem: null };

it('one that leaves a record out is not believed', async () => {
  await carry(1);
  expect(await shown()).toEqual([completed, completed]);
});

it('two that leave a record out are', async () => {
  await carry(2);
  const gone = { syncState: 'conflict', problem: 'Xero no longer has it where it was: choose what holds' };
  expect(await shown()).toEqual([gone, gone]);
});

it('one that was not believed spares none of the two that a sending under another key takes', async () => {
  const failures: (CallResult & { kind: 'failed' })['failure'][] = [
    { kind: 'unknown-outcome', status: null, message: 'reset' },
    { kind: 'invalid', status: 400, message: 'bad' },
  ];
  await carry(1, async (call, api) => {
    const failure = failures.shift();
    return failure === undefined ? api.send(call) : failedCall(failure);
  });
  expect(await shown()).toEqual([completed, completed]);
  const updates = await world.db.prisma.export.findMany({ where: { action: 'update' } });
  const attempts = await world.db.prisma.attempt.findMany({
    where: { exportId: { in: updates.map(({ id }) => id) } },
    orderBy: { id: 'asc' },
  });
  // Left out, there; lost; there; refused; there twice; sent.
  expect(attempts.map(({ kind }) => kind).join(' ')).toBe(
    'compare compare send compare send compare compare send',
  );
});
