// Send now: what waits is made urgent, and who asks is told when it goes, or why it does not.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi, type TestApi } from './api.ts';
import { hear } from './hearing.ts';

let api: TestApi;
let id: string;
beforeAll(async () => {
  api = await startTestApi();
  id = await createContact('C-1');
});
afterAll(() => api.stop());

async function createContact(number: string): Promise<string> {
  const made = await api.result(
    `mutation { result: createContact(input: { number: "${number}", name: "${number}" }) { ... on Contact { recordId } } }`,
  );
  return typeof made === 'object' && made !== null && 'recordId' in made ? String(made.recordId) : '';
}

const sendNow = (record: string) =>
  api.result(
    `mutation ($id: ID!) { result: sendNow(input: { id: $id }) {
      __typename ... on SendNowPayload { words record { id changes { state urgent } } } ... on Error { message } } }`,
    { id: record },
  );
const conflict = (message: string) => ({ __typename: 'ConflictError', message });
const urgently = (words: string) => ({
  ...{ __typename: 'SendNowPayload', words },
  record: { id, changes: [{ state: 'PENDING', urgent: true }] },
});
const connect = (data: { state?: string; autoSync?: boolean }) =>
  api.db.prisma.connection.update({ where: { organisationId: api.organisation }, data });

test('where no Xero organisation is connected, nothing can be sent', async () => {
  expect(await sendNow(id)).toEqual(conflict('No Xero organisation is connected: connect one first.'));
  await connect({ state: 'connected' });
});

test('what waits goes first, and whoever looks on and the history are told once', async () => {
  const news = hear(api.socket(), 'subscription { result: live { ids } }');
  await hear(api.socket(), 'subscription { result: queueChanged { pending } }').until({});
  expect(await sendNow(id)).toEqual(urgently('It goes first in the next sync: automatic sync is off.'));
  await news.until({ ids: expect.arrayContaining([id]) });
  await connect({ autoSync: true });
  expect(await sendNow(id)).toEqual(urgently('A sync begins with it.'));
  const load = { organisationId: api.organisation, id: randomUUID() };
  await api.db.prisma.load.create({
    data: { ...load, template: 'online-retail', state: 'working', fileCount: 1, createdBy: 'Ann' },
  });
  expect(await sendNow(id)).toEqual(urgently('A sync begins with it when the file is loaded.'));
  await api.db.prisma.load.deleteMany({ where: load });
  await connect({ autoSync: false });
  const history = await api.result(
    '{ result: history(filter: { kind: "urgent" }) { edges { node { actor text records { id } } } } }',
  );
  expect(history).toEqual({
    edges: [
      {
        node: {
          ...{ actor: 'API key “Command line”', text: 'To be sent before all else' },
          records: [{ id }],
        },
      },
    ],
  });
});

test('in a sync it is told what it waits for there', async () => {
  const opened = Object(
    await api.result('mutation { result: syncNow { ... on SyncNowPayload { run { id } } } }'),
  );
  const where = { organisationId: api.organisation, id: String(opened.run.id) };
  const stand = (data: object) => api.db.prisma.run.updateMany({ where, data });
  expect(await sendNow(id)).toEqual(urgently('It goes first in the sync that is under way.'));
  await stand({ state: 'parked', hindrance: 'day' });
  expect(await sendNow(id)).toEqual(urgently('It goes first when the sync goes on.'));
  await stand({ hindrance: 'reserve' });
  expect(await sendNow(id)).toEqual(
    urgently('It goes now, with calls of the day that are kept for urgent work.'),
  );
  await stand({ asked: 'pause' });
  expect(await sendNow(id)).toEqual(urgently('It goes first when the sync is resumed.'));
  await stand({ state: 'done' });
});

test('what does not go says why', async () => {
  const missing = { __typename: 'NotFoundError', message: 'There is no such record in this organisation.' };
  expect(await sendNow(randomUUID())).toEqual(missing);
  expect(await sendNow('C-1')).toEqual(missing);
  const other = await createContact('C-2');
  const where = { organisationId: api.organisation, recordId: other };
  await api.db.prisma.change.updateMany({ where, data: { held: 'conflict', reason: 'Xero was changed' } });
  expect(await sendNow(other)).toEqual(conflict('It is held. Xero was changed.'));
  await api.result(
    `mutation { result: setDoNotSync(input: { id: "${other}", export: true }) { __typename } }`,
  );
  expect(await sendNow(other)).toEqual(conflict('It is kept from Xero by “Do not sync”: let it sync first.'));
});
