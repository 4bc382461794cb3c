// The status tells what is being checked apart from what is on its way, and what time it is by the clock of all its instants.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { startTestApi, type TestApi } from './api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

test('changes whose outcome is unknown are counted, and found in the queue', async () => {
  const organisationId = api.organisation;
  const run = await api.db.prisma.run.create({
    data: {
      ...{ organisationId, id: randomUUID(), kind: 'manual', state: 'running', startedBy: 'tester' },
      createdAt: new Date(),
    },
  });
  await carry('C-1', run.id, { state: 'sending', unknown: false });
  const unsure = await carry('C-2', run.id, { state: 'retrying', unknown: true });
  expect(await api.result('{ result: status { pending claimed checking } }')).toEqual({
    ...{ pending: 0, claimed: 2, checking: 1 },
  });
  expect(
    await api.result('{ result: queue(filter: { state: CHECKING }) { edges { node { record { id } } } } }'),
  ).toEqual({ edges: [{ node: { record: { id: unsure } } }] });
});

test('its instant and pace are those of the database’s clock', async () => {
  const clock = z.object({ now: z.coerce.date(), clockScale: z.number() });
  const read = async () => clock.parse(await api.result('{ result: status { now clockScale } }'));
  const before = await api.db.now();
  const plain = await read();
  expect(plain.clockScale).toBe(1);
  expect(plain.now.getTime()).toBeGreaterThanOrEqual(before.getTime());
  const simulatedAt = new Date('2031-05-06T07:00:00Z');
  await api.db.prisma.clock.create({ data: { id: 1, realAt: new Date(), simulatedAt, scale: 20 } });
  const fast = await read();
  expect(fast.clockScale).toBe(20);
  expect(fast.now.getTime()).toBeGreaterThanOrEqual(simulatedAt.getTime());
  expect(fast.now.getUTCFullYear()).toBe(2031);
});

/** A contact on its way in an export of its own; gives its id. */
async function carry(
  number: string,
  runId: string,
  as: { state: string; unknown: boolean },
): Promise<string> {
  const made = await api.result(
    `mutation ($number: String!) { result: createContact(input: { number: $number, name: $number }) { ... on Contact { recordId } } }`,
    { number },
  );
  const { recordId } = z.object({ recordId: z.string() }).parse(made);
  const organisationId = api.organisation;
  const exported = await api.db.prisma.export.create({
    data: {
      ...{ organisationId, id: randomUUID(), runId, entity: 'contacts', action: 'create', size: 1 },
      ...{ key: randomUUID(), generation: 0, body: '{"Contacts":[]}', hash: '', createdAt: new Date() },
      ...as,
    },
  });
  await api.db.prisma.change.updateMany({
    where: { organisationId, recordId },
    data: { state: 'claimed', exportId: exported.id },
  });
  return recordId;
}
