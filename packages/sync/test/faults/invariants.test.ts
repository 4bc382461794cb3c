// The judge is itself tried: what breaks an invariant on purpose is told, and a sound run is not.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { closeGround, openGround } from './batch.ts';
import { createCallLimits } from './call-limits.ts';
import { findProblems } from './invariants.ts';
import type { Ground } from './kill-points.ts';
import { faulted } from './wire-fault.ts';

let ground: Ground;
beforeAll(async () => {
  ground = await openGround();
});
afterAll(() => closeGround(ground));

const problemsNow = () => findProblems(ground.stage, ground.joined, ground.books);

it('a sound run is not blamed', async () => expect(await problemsNow()).toEqual([]));

it('I3: children that were in Xero before their parents are told', async () => {
  const { stage, joined, books } = ground;
  const calls = (await stage.client.calls({ bodies: true })).filter(({ method }) => method === 'PUT');
  const backwards = { ...stage.client, calls: async () => calls.map((call) => ({ ...call, id: -call.id })) };
  const problems = await findProblems({ ...stage, client: backwards }, joined, books);
  expect(problems).toContain('I3 INV-0 was in Xero before its parent C-0');
  expect(problems.every((problem) => problem.startsWith('I3 '))).toBe(true);
});

it('I3: an older version after a newer one is told, unless a person wrote it in Xero', async () => {
  const { stage, joined, books } = ground;
  const calls = await stage.client.calls({ bodies: true });
  const sent = calls.filter(({ request }) => request?.includes('"InvoiceNumber":"INV-0"'));
  const newer = sent.map((call) => ({ ...call, request: call.request?.replaceAll(/\bv1\b/g, 'v2') }));
  const after = (key: string) => ({
    ...stage.client,
    calls: async () => [...newer, ...sent.map((call) => ({ ...call, key }))],
  });
  const told = async (key: string) =>
    (await findProblems({ ...stage, client: after(key) }, joined, books)).filter((one) =>
      / after v/.test(one),
    );
  expect(await told('stockbook-1-0')).toContainEqual(expect.stringMatching(/INV-0: v1 after v2/));
  expect(await told('by hand')).toEqual([]);
});

it.each([
  ['change', 'state', 'pending', 'sent'],
  ['record', 'sync_state', 'completed', 'sending'],
  ['run', 'state', 'running', 'done'],
  ['export', 'state', 'sending', 'sent'],
])('F34: an illegal move of a %s is told', async (table, column, through, back) => {
  const { stage, joined } = ground;
  const to = (state: string) =>
    stage.owner.query(`UPDATE ${table} SET ${column} = $2 WHERE organisation_id = $1`, [
      joined.organisation,
      state,
    ]);
  await to(through);
  await to(back);
  expect(await problemsNow()).toContainEqual(expect.stringMatching(`F34 illegal: a ${table} went from '`));
});

it('I6: a call before Retry-After is over is told, and a sixth at once', async () => {
  const told: string[] = [];
  let nowMs = 0;
  const limits = createCallLimits(
    () => nowMs,
    (problem) => told.push(problem),
  );
  const answer = async () => 'answered';
  await expect(limits.watch(() => faulted('429', answer))).rejects.toContain('429');
  nowMs = 6_999;
  await limits.watch(answer);
  expect(told).toEqual(['I6 a call goes 1 ms before what Xero said to wait is over']);
  nowMs = 7_000;
  await Promise.all(Array.from({ length: 5 }, () => limits.watch(answer)));
  expect(told).toHaveLength(1);
  await Promise.all(Array.from({ length: 6 }, () => limits.watch(answer)));
  expect(told.slice(1)).toEqual(['I6 6 calls are on their way at once']);
});
