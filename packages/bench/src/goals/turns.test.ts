// A turn lets as many calls go as it was given, and waits until those that come next stand still.
import type { CallResult, XeroApi } from '@stockbook/xero';
import { expect, test } from 'vitest';
import { createTurn } from './turns.ts';

const call = { resource: 'Items', action: 'create', body: '', hash: '', key: '' } as const;
const answered: CallResult = {
  ...{ kind: 'answered', status: 200, elements: [], calls: 1, text: '' },
  allowance: { leftThisMinute: null, leftToday: null },
};

/** Five callers that call again as soon as they are answered. */
function openCallers(turn: ReturnType<typeof createTurn>) {
  const seen = { made: 0, ended: 0, stopped: false };
  const answer = async () => {
    seen.made += 1;
    return answered;
  };
  const api: XeroApi = turn.through({ tenantId: 't', send: answer, find: answer });
  const callers = Array.from({ length: 5 }, async () => {
    while (!seen.stopped) await api.send(call);
    seen.ended += 1;
  });
  return { seen, done: Promise.all(callers) };
}

test('lets no call go before its turn, then so many, and is over when all stand still', async () => {
  const turn = createTurn(5);
  const { seen, done } = openCallers(turn);
  await new Promise(setImmediate);
  expect(seen.made).toBe(0);
  await turn.take(7);
  expect(seen.made).toBe(7);
  await turn.take(3);
  expect(seen.made).toBe(10);
  seen.stopped = true;
  turn.open();
  await done;
  expect(seen.ended).toBe(5);
});
