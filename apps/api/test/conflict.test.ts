// A record that was changed in Xero is shown with both sides, counted, listed in the queue, and settled by a choice.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi, type TestApi } from './api.ts';

let api: TestApi;
let id: string;
beforeAll(async () => {
  api = await startTestApi();
  const made = await api.result(
    `mutation { result: createContact(input: { number: "C-1", name: "Ours" }) { ... on Contact { recordId } } }`,
  );
  id = typeof made === 'object' && made !== null && 'recordId' in made ? String(made.recordId) : '';
  const agreed = (name: string) => JSON.stringify({ ContactNumber: 'C-1', Name: name });
  await api.db.prisma.mapping.create({
    data: {
      organisationId: api.organisation,
      recordId: id,
      entity: 'contacts',
      xeroId: randomUUID(),
      agreed: agreed('Agreed'),
      hash: '',
      theirs: agreed('Theirs'),
      theirsAt: new Date('2026-11-22T10:00:00Z'),
      updatedAt: new Date(),
    },
  });
  const organisationId = api.organisation;
  await api.db.prisma.change.updateMany({
    where: { organisationId, recordId: id },
    data: { held: 'conflict', reason: 'Xero was changed' },
  });
  await api.db.prisma.record.updateMany({
    where: { organisationId, id },
    data: { syncState: 'conflict', problem: 'Xero was changed' },
  });
});
afterAll(() => api.stop());

const choose = (record: string, keep: string) =>
  api.result(
    `mutation ($input: ChooseSideInput!) { result: chooseSide(input: $input) {
      __typename ... on Record { title syncState } ... on Error { message } } }`,
    { input: { id: record, keep } },
  );

test('both sides stand field by field, beside what was agreed', async () => {
  const record = await api.result(
    `{ result: record(id: "${id}") { syncState conflict { gone seenAt differences { field ours agreed theirs } } } }`,
  );
  expect(record).toEqual({
    syncState: 'CONFLICT',
    conflict: {
      gone: false,
      seenAt: '2026-11-22T10:00:00.000Z',
      differences: [{ field: 'name', ours: 'Ours', agreed: 'Agreed', theirs: 'Theirs' }],
    },
  });
});

test('it is counted apart from what is held, and found in the queue', async () => {
  expect(await api.result('{ result: status { conflicts held pending } }')).toEqual({
    conflicts: 1,
    held: 0,
    pending: 0,
  });
  const queue = (state: string) =>
    api.result(`{ result: queue(filter: { state: ${state} }) { edges { node { state record { id } } } } }`);
  expect(await queue('CONFLICT')).toEqual({ edges: [{ node: { state: 'CONFLICT', record: { id } } }] });
  expect(await queue('HELD')).toEqual({ edges: [] });
});

test('a choice settles it once', async () => {
  expect(await choose(randomUUID(), 'OURS')).toMatchObject({ __typename: 'NotFoundError' });
  expect(await choose(id, 'THEIRS')).toEqual({
    __typename: 'Record',
    title: 'Theirs',
    syncState: 'COMPLETED',
  });
  expect(await choose(id, 'OURS')).toMatchObject({ __typename: 'ConflictError' });
});
