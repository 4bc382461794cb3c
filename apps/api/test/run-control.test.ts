// What a person asks of a run over HTTP while no worker carries it: to pause, to go on, to stop; and automatic sync.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { startTestApi, type TestApi } from './api.ts';
import { hear } from './hearing.ts';

let api: TestApi;
const refused = '__typename ... on Error { message }';
const opened = z.object({ run: z.object({ id: z.string() }) });
const paused = 'Paused by API key “Command line”';
const stopped = 'Stopped by API key “Command line”';

beforeAll(async () => {
  api = await startTestApi();
  await api.db.prisma.connection.update({
    where: { organisationId: api.organisation },
    data: { state: 'connected' },
  });
  await api.result(
    'mutation { result: createContact(input: { number: "C-1", name: "Acme" }) { ... on Contact { recordId } } }',
  );
});
afterAll(() => api.stop());

/** A run for the contact, which waits in all of these tests. */
async function openOne(): Promise<string> {
  const made = await api.result(
    `mutation { result: syncNow { ${refused} ... on SyncNowPayload { run { id } } } }`,
  );
  return opened.parse(made).run.id;
}

async function ask(name: 'pauseRun' | 'resumeRun' | 'stopRun', id: string) {
  const input = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  return api.result(
    `mutation ($input: ${input}!) { result: ${name}(input: $input) { ${refused} ... on Run { id state asked reason endedAt } } }`,
    { input: { id } },
  );
}

const activeRun = () => api.result('{ result: status { pending activeRun { id state } } }');

test('pauseRun parks the run, and it stays the active one', async () => {
  const id = await openOne();
  expect(await ask('pauseRun', id)).toMatchObject({ id, state: 'PARKED', asked: 'pause', reason: paused });
  expect(await activeRun()).toMatchObject({ pending: 1, activeRun: { id, state: 'PARKED' } });
  expect(await ask('pauseRun', 'nonsense')).toMatchObject({ __typename: 'NotFoundError' });
  await ask('stopRun', id);
  expect(await ask('pauseRun', id)).toMatchObject({ __typename: 'ConflictError' });
});

test('of a run that a person paused, Sync now does not say that it goes on at a given time', async () => {
  const id = await openOne();
  const sync = () =>
    api.result(`mutation { result: syncNow { ${refused} ... on ConflictError { runId parkedUntil } } }`);
  const parkedUntil = new Date(Date.now() + 3_600_000);
  await api.db.prisma.run.updateMany({ where: { id }, data: { state: 'parked', parkedUntil } });
  expect(await sync()).toMatchObject({ runId: id, parkedUntil: parkedUntil.toISOString() });
  await ask('pauseRun', id);
  await api.db.prisma.run.updateMany({ where: { id }, data: { parkedUntil } });
  expect(await sync()).toMatchObject({
    ...{ runId: id, parkedUntil: null },
    message: 'A sync is parked: one goes at a time.',
  });
  await ask('stopRun', id);
});

test('resumeRun lets go on only what a person paused', async () => {
  const id = await openOne();
  const notPaused = { __typename: 'ConflictError', message: expect.stringMatching(/Nobody paused/) };
  expect(await ask('resumeRun', id)).toMatchObject(notPaused);
  await ask('pauseRun', id);
  expect(await ask('resumeRun', id)).toMatchObject({ id, state: 'WAITING', asked: null, reason: null });
  expect(await activeRun()).toMatchObject({ activeRun: { id, state: 'WAITING' } });
  await ask('stopRun', id);
  const ended = { __typename: 'ConflictError', message: expect.stringMatching(/has ended/) };
  expect(await ask('resumeRun', id)).toMatchObject(ended);
});

test('stopRun ends the run, also one that is paused; what was not sent waits for the next', async () => {
  const first = await openOne();
  const end = { state: 'STOPPED', reason: stopped, endedAt: expect.any(String) };
  expect(await ask('stopRun', first)).toMatchObject({ id: first, ...end });
  expect(await ask('stopRun', first)).toMatchObject({ __typename: 'ConflictError' });
  expect(await activeRun()).toEqual({ pending: 1, activeRun: null });
  const second = await openOne();
  expect(second).not.toBe(first);
  await ask('pauseRun', second);
  expect(await ask('stopRun', second)).toMatchObject({ id: second, ...end });
});

const setAuto = (on: boolean) =>
  api.result(
    `mutation ($input: SetAutoSyncInput!) { result: setAutoSync(input: $input) { ${refused} ... on Connection { autoSync } } }`,
    { input: { on } },
  );
const isAuto = () => api.result('{ result: connection { autoSync } }');

test('setAutoSync switches automatic sync on and off again', async () => {
  for (const on of [true, false]) {
    expect(await setAuto(on)).toMatchObject({ autoSync: on });
    expect(await isAuto()).toEqual({ autoSync: on });
  }
});

test('stopRun switches automatic sync off, and whoever looks on hears of it; pauseRun leaves it on', async () => {
  await setAuto(true);
  const news = hear(api.socket(), 'subscription { result: live { topics } }');
  const id = await openOne();
  await ask('pauseRun', id);
  expect(await isAuto()).toEqual({ autoSync: true });
  await news.until({ topics: expect.arrayContaining(['run']) });
  await ask('stopRun', id);
  expect(await isAuto()).toEqual({ autoSync: false });
  await news.until({ topics: expect.arrayContaining(['connection']) });
  news.stop();
});
