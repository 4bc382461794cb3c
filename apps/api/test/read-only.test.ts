// A database that keeps nothing, because its disk is full or it is read-only: reading goes on, and everybody is told what, where and what to do.
import { runAs } from '@stockbook/sync/test/db';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { startTestApi, type TestApi } from './api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const create = `mutation ($number: String!) { result: createContact(input: { number: $number, name: $number }) {
  __typename ... on Contact { recordId } } }`;
const asOwner = (statement: string) => runAs(api.adminUrl, statement);
const readOnly = async () => (await api.ask('{ status { readOnly } }')).data?.status;
const full = /^The database’s disk is full: nothing can be saved\. Free space on the volume of PostgreSQL/;
const locked = /^The database is read-only: nothing can be saved\./;

test('a full disk is told in words; what is there is read, and the notice goes when something is kept again', async () => {
  expect(await readOnly()).toEqual({ readOnly: null });
  const { recordId } = Object(await api.result(create, { number: 'C-1' }));
  expect(recordId).toBeDefined();
  // So the key's use is to be noted again, which the full disk refuses, too.
  await asOwner(`
    UPDATE api_key SET last_used_at = NULL;
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      RAISE EXCEPTION 'could not extend file "base/1/2": No space left on device' USING ERRCODE = '53100';
    END $$;
    CREATE TRIGGER refuse BEFORE INSERT ON contact FOR EACH STATEMENT EXECUTE FUNCTION refuse();
    CREATE TRIGGER refuse BEFORE UPDATE ON api_key FOR EACH STATEMENT EXECUTE FUNCTION refuse()`);
  const news = api.socket().iterate({ query: 'subscription { live { topics } }' });
  const refused = await refusedNews(news, () => api.ask(create, { number: 'C-2' }));
  expect(refused.errors).toEqual([
    expect.objectContaining({
      message: expect.stringMatching(full),
      extensions: { code: 'DATABASE_READ_ONLY', reason: 'disk-full' },
    }),
  ]);
  expect(await readOnly()).toEqual({ readOnly: expect.stringMatching(full) });
  expect(await api.result('{ result: records(entity: contacts) { edges { node { number } } } }')).toEqual({
    edges: [{ node: { number: 'C-1' } }],
  });
  await asOwner(`DROP TRIGGER refuse ON contact; DROP TRIGGER refuse ON api_key; DROP FUNCTION refuse()`);
  await api.result(create, { number: 'C-2' });
  await expect.poll(readOnly).toEqual({ readOnly: null });
  expect(api.log.filter((line) => line.includes('error of ours'))).toEqual([]);
});

test('a worker’s refusal is shown, too, until something is kept', async () => {
  await asOwner(
    `SELECT pg_notify('stockbook', '{"organisation":"${api.organisation}","topic":"refused","id":"disk-full"}')`,
  );
  await expect.poll(readOnly).toEqual({ readOnly: expect.stringMatching(full) });
  await api.result(create, { number: 'C-3' });
  await expect.poll(readOnly).toEqual({ readOnly: null });
});

test('a database that is read-only is told of in its own words, over every route; a session that is to be renewed still reads', async () => {
  const cookie = await signIn();
  await asOwner(`UPDATE person_session SET updated_at = now() - interval '3 days', expires_at = now() + interval '3 days';
    UPDATE api_key SET last_used_at = NULL`);
  const began = await api.result(
    'mutation { result: createLoad(input: { template: "online-retail", files: ["a.csv"] }) { ... on Load { id } } }',
  );
  const loadId = String(Object(began).id);
  await setReadOnly('on');
  // The connections that were ended are met first.
  const problem = async () => (await api.ask(create, { number: 'C-9' })).errors?.[0];
  await expect.poll(problem, { timeout: 20_000 }).toMatchObject({
    message: expect.stringMatching(locked),
    extensions: { code: 'DATABASE_READ_ONLY', reason: 'read-only' },
  });
  const headers = { authorization: `Bearer ${api.key}` };
  const put = await fetch(`${api.origin}/loads/${loadId}/files/1`, { method: 'PUT', headers, body: 'a,b\n' });
  expect([put.status, await put.json()]).toEqual([
    503,
    { errors: [{ message: expect.stringMatching(locked), extensions: expect.anything() }] },
  ]);
  // What was heard of before the line of the hints came back is forgotten with it.
  const seen = async () => {
    await problem();
    return (await api.ask('{ viewer { kind } status { readOnly } }', {}, { cookie })).data;
  };
  await expect.poll(seen, { timeout: 20_000 }).toEqual({
    viewer: { kind: 'PERSON' },
    status: { readOnly: expect.stringMatching(locked) },
  });
  await setReadOnly('off');
  await expect.poll(problem, { timeout: 20_000 }).toBeUndefined();
  await expect.poll(readOnly).toEqual({ readOnly: null });
});

/** What `work` comes to, once the news of a refusal was heard. */
async function refusedNews<T>(news: AsyncIterableIterator<unknown>, work: () => Promise<T>): Promise<T> {
  const heard = (async () => {
    for await (const one of news) if (JSON.stringify(one).includes('refused')) return;
  })();
  // The subscription hears from when it is there: each try is refused, and told of, anew.
  for (;;) {
    const done = await work();
    const waited = new Promise<'later'>((resolve) => setTimeout(() => resolve('later'), 500));
    if ((await Promise.race([heard, waited])) !== 'later') return done;
  }
}

async function signIn(): Promise<string> {
  const token = new URL(api.link ?? '').searchParams.get('token');
  const address = `${api.origin}/auth/magic-link/verify?token=${token}&callbackURL=/welcome&errorCallbackURL=/sign-in`;
  const answer = await fetch(address, { redirect: 'manual' });
  return answer.headers
    .getSetCookie()
    .map((text) => text.split(';')[0])
    .join('; ');
}

/** Of all sessions from now on, and there is none from before. */
async function setReadOnly(to: 'on' | 'off'): Promise<void> {
  const name = new URL(api.adminUrl).pathname.slice(1);
  const { superuserUrl } = inject('cluster');
  await runAs(superuserUrl, `ALTER DATABASE ${name} SET default_transaction_read_only = ${to}`);
  await runAs(
    superuserUrl,
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`,
  );
}
