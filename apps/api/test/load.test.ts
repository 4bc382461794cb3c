// Files of loads over real HTTP: taken, refused with their fault, broken off, and kept from strangers.
import { request } from 'node:http';
import { createId } from '@stockbook/db';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi, type TestApi } from './api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const header = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n';
const row = '536365,85123A,WHITE HEART,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom\n';

test('a load is made, its files arrive, one with a fault is left out, and it is closed', async () => {
  const load = await makeLoad('a.csv', 'b.csv');
  expect(await put(load, 1, header + row)).toEqual({ status: 200, body: { state: 'staged', rows: 1 } });
  expect(
    await ask(
      `mutation { result: closeLoad(input: { id: "${load}" }) { ... on ConflictError { message } } }`,
    ),
  ).toMatchObject({
    message: expect.stringContaining('b.csv (file 2)'),
  });
  expect(await put(load, 2, 'a,b\n1,2\n')).toMatchObject({
    status: 200,
    body: { state: 'refused', problem: expect.stringMatching(/^The header lacks “InvoiceNo”/) },
  });
  const closed = `mutation { result: closeLoad(input: { id: "${load}" }) { ... on Load { state rows files { state rows } } } }`;
  const waiting = {
    state: 'WAITING',
    rows: 1,
    files: [
      { state: 'staged', rows: 1 },
      { state: 'refused', rows: 0 },
    ],
  };
  expect(await ask(closed)).toEqual(waiting);
  expect(await ask(closed)).toEqual(waiting);
  expect(await put(load, 1, header + row)).toMatchObject({ status: 409 });
});

test('a client that sends on and on after a fault in the first line still hears of it', async () => {
  const load = await makeLoad('big.csv');
  const answer = await put(load, 1, `wrong\n${row.repeat(400_000)}`);
  expect(answer).toMatchObject({ status: 200, body: { state: 'refused' } });
  expect(await put(load, 1, header + row)).toMatchObject({ status: 200, body: { state: 'staged' } });
});

test('an upload that breaks off changes nothing, and can be made again', async () => {
  const load = await makeLoad('a.csv');
  await put(load, 1, header + row);
  await new Promise<void>((resolve) => {
    const sending = request(`${api.origin}/loads/${load}/files/1`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${api.key}`, 'content-length': 1_000_000 },
    });
    sending.on('error', () => resolve());
    sending.write(header + row.repeat(1000), () => setImmediate(() => sending.destroy(new Error('gone'))));
  });
  const again = await put(load, 1, header + row + row);
  expect(again).toEqual({ status: 200, body: { state: 'staged', rows: 2 } });
  expect(await api.db.prisma.loadRow.count({ where: { loadId: load } })).toBe(2);
});

test('nothing is taken without credentials, for other organisations, or at wrong addresses', async () => {
  const load = await makeLoad('a.csv');
  const url = `${api.origin}/loads/${load}/files/1`;
  expect((await fetch(url, { method: 'PUT', body: header })).status).toBe(401);
  const strange = { authorization: `Bearer ${api.key}`, 'x-organisation': createId() };
  expect((await fetch(url, { method: 'PUT', body: header, headers: strange })).status).toBe(403);
  for (const [id, file] of [
    [load, 2],
    [load, 0],
    [load, 1.5],
    [load, 99_999_999_999],
    [createId(), 1],
    ['%27', 1],
  ] as const) {
    expect((await put(id, file, header)).status).toBe(404);
  }
  expect(await put(load, 1, '')).toMatchObject({ body: { problem: expect.stringContaining('empty') } });
});

async function makeLoad(...files: string[]): Promise<string> {
  const made = await ask(
    `mutation { result: createLoad(input: { template: "online-retail", files: ${JSON.stringify(files)} }) { ... on Load { id } } }`,
  );
  if (made !== null && typeof made === 'object' && 'id' in made && typeof made.id === 'string')
    return made.id;
  throw new Error(`No load was made: ${JSON.stringify(made)}`);
}

function ask(query: string) {
  return api.result(query);
}

async function put(load: string, file: number, body: string): Promise<{ status: number; body: unknown }> {
  const headers = { authorization: `Bearer ${api.key}` };
  const response = await fetch(`${api.origin}/loads/${load}/files/${file}`, { method: 'PUT', headers, body });
  return { status: response.status, body: await response.json() };
}
