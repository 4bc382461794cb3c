// Who gets in: one-time links, passwords, keys and cookies; and everyone who does not.
import { randomUUID } from 'node:crypto';
import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import WebSocket from 'ws';
import { keepCliKey } from '../src/api-key.ts';
import { createAuth, openRoutes } from '../src/auth.ts';
import { withOwner } from '../src/owner.ts';
import { startTestApi, type TestApi } from './api.ts';

let api: TestApi;
let cookie = '';
const password = 'correct horse battery staple';
const who = '{ viewer { kind name email role passwordSet organisation { name } organisations { id } } }';

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const post = (path: string, body: object, headers: Record<string, string> = {}) =>
  fetch(`${api.origin}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: api.origin, ...headers },
    body: JSON.stringify(body),
    redirect: 'manual',
  });

const cookieOf = (response: Response) =>
  response.headers
    .getSetCookie()
    .map((text) => text.split(';')[0])
    .join('; ');

test('the first start makes an owner, one business and a link to our own page', () => {
  expect(api.link).toMatch(new RegExp(`^${api.origin}/sign-in\\?token=\\w{32}$`));
});

test('a link works once: it signs the owner in, and a first password can be set', async () => {
  const token = new URL(api.link ?? '').searchParams.get('token');
  const use = () =>
    fetch(
      `${api.origin}/auth/magic-link/verify?token=${token}&callbackURL=/welcome&errorCallbackURL=/sign-in`,
      { redirect: 'manual' },
    );
  const first = await use();
  expect(first.status).toBe(302);
  expect(first.headers.get('location')).toBe(`${api.origin}/welcome`);
  expect(first.headers.getSetCookie()[0]).toMatch(/HttpOnly; SameSite=Lax/);
  cookie = cookieOf(first);
  expect((await use()).headers.get('location')).toBe(`${api.origin}/sign-in?error=INVALID_TOKEN`);

  const { data } = await api.ask(who, {}, { cookie });
  expect(data?.viewer).toMatchObject({
    kind: 'PERSON',
    name: 'Owner',
    role: 'owner',
    passwordSet: false,
    organisation: { name: 'My business' },
  });
  const set =
    'mutation ($p: String!) { setPassword(input: { password: $p }) { __typename ... on Error { message } } }';
  expect((await api.ask(set, { p: 'short' }, { cookie })).data?.setPassword).toMatchObject({
    __typename: 'InvalidInputError',
  });
  expect((await api.ask(set, { p: password }, { cookie })).data?.setPassword).toMatchObject({
    __typename: 'Viewer',
  });
  expect((await api.ask(set, { p: password }, { cookie })).data?.setPassword).toMatchObject({
    __typename: 'ConflictError',
  });
  expect((await api.ask(set, { p: password })).data?.setPassword).toMatchObject({
    __typename: 'ForbiddenError',
  });
});

test('a password signs in, signing out ends the session', async () => {
  const right = await post('/auth/sign-in/email', { email: 'owner@stockbook.example', password });
  expect(right.status).toBe(200);
  const own = cookieOf(right);
  expect((await api.ask(who, {}, { cookie: own })).data?.viewer).toMatchObject({
    email: 'owner@stockbook.example',
  });
  expect((await post('/auth/sign-out', {}, { cookie: own })).status).toBe(200);
  expect((await api.ask(who, {}, { cookie: own })).status).toBe(401);
});

test('wrong passwords are counted per account, whatever address they come from', async () => {
  await api.db.prisma.rateLimit.deleteMany();
  const statuses: number[] = [];
  for (let attempt = 0; attempt < 11; attempt++) {
    await api.db.prisma.rateLimit.deleteMany({ where: { key: { not: { startsWith: 'account:' } } } });
    statuses.push(
      (
        await post('/auth/sign-in/email', {
          email: 'Nobody@stockbook.example',
          password: 'wrong wrong wrong',
        })
      ).status,
    );
  }
  expect(statuses).toEqual([...Array(10).fill(401), 429]);
});

test('one address may try a password three times in ten seconds', async () => {
  await api.db.prisma.rateLimit.deleteMany();
  const statuses: number[] = [];
  for (let attempt = 0; attempt < 4; attempt++)
    statuses.push(
      (
        await post('/auth/sign-in/email', {
          email: `a${attempt}@stockbook.example`,
          password: 'wrong wrong wrong',
        })
      ).status,
    );
  expect(statuses).toEqual([401, 401, 401, 429]);
  await api.db.prisma.rateLimit.deleteMany();
});

test('a link asked for on the sign-in page stands in the log; a stranger gets the same answer and none', async () => {
  const known = await post('/auth/sign-in/magic-link', { email: 'owner@stockbook.example' });
  const stranger = await post('/auth/sign-in/magic-link', { email: 'stranger@stockbook.example' });
  expect([known.status, await known.json()]).toEqual([stranger.status, await stranger.json()]);
  expect(api.log.filter((line) => line.includes('/sign-in?token='))).toHaveLength(1);
  expect(api.log.join('\n')).not.toContain('stranger@stockbook.example');
});

test('nobody signs up, and only the routes we use are open', async () => {
  const { auth } = createAuth({
    db: api.db,
    origin: api.origin,
    secret: api.env.authSecret,
    log: pino({ level: 'silent' }),
  });
  const routes = Object.values(auth.api).flatMap((endpoint) => {
    const { path, options } = endpoint;
    const methods = [options.method].flat();
    return path ? methods.map((method) => `${method} ${path}`) : [];
  });
  expect(routes).toEqual(expect.arrayContaining([...openRoutes]));
  const closed = routes.filter((route) => !openRoutes.includes(route));
  expect(closed.length).toBeGreaterThan(30);
  for (const route of closed) {
    const [method = '', path = ''] = route.split(' ');
    const body = method === 'GET' ? {} : { body: '{}' };
    const headers = { 'content-type': 'application/json', origin: api.origin, cookie };
    const response = await fetch(`${api.origin}/auth${path.replace(/:\w+/g, 'x')}`, {
      method,
      headers,
      ...body,
    });
    expect([route, response.status]).toEqual([route, 404]);
  }
});

test('the key is in a file only its owner reads, and works without a cookie or an organisation', async () => {
  const file = join(api.env.dataDir, 'api-key');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const { data } = await api.ask(who);
  expect(data?.viewer).toMatchObject({ kind: 'KEY', name: 'Command line', email: null });
  const asked = await api.ask(who, {}, { authorization: '', 'x-api-key': api.key });
  expect(asked.status).toBe(200);
});

test('a second start makes no second owner, no new key and no link; a lost key file makes a new key and ends the old one', async () => {
  const again = await withOwner(api.db, async (owner) => {
    await keepCliKey(api.db, api.env.dataDir, owner);
    return owner;
  });
  expect(again.known).toBe(true);
  expect(await api.db.prisma.user.count()).toBe(1);
  expect(await api.db.prisma.apiKey.count()).toBe(1);
  const other = await startTestApi();
  try {
    await rm(join(other.env.dataDir, 'api-key'));
    await withOwner(other.db, (owner) => keepCliKey(other.db, other.env.dataDir, owner));
    const fresh = (await readFile(join(other.env.dataDir, 'api-key'), 'utf8')).trim();
    expect((await other.ask(who)).status).toBe(401);
    expect((await other.ask(who, {}, { authorization: `Bearer ${fresh}` })).status).toBe(200);
  } finally {
    await other.stop();
  }
});

test.each([
  ['no credential', { authorization: '' }, 401],
  ['a key that was never made', { authorization: `Bearer sb_${'x'.repeat(43)}` }, 401],
  ['a key that is not one', { authorization: 'Bearer garbage' }, 401],
  ['a forged cookie', { cookie: 'stockbook.session_token=forged.forged' }, 401],
  ['another organisation', { 'x-organisation': randomUUID() }, 403],
  ['an organisation that is no id', { 'x-organisation': "'; drop table person" }, 403],
])('/graphql refuses %s', async (_what, headers, status) => {
  const answer = await api.ask(who, {}, headers);
  expect(answer.status).toBe(status);
  expect(answer.data).toBeNull();
});

test('a cookie from a foreign page is refused, with any origin but ours', async () => {
  for (const origin of ['https://evil.example', 'null', `${api.origin}.evil.example`])
    expect((await api.ask(who, {}, { cookie, origin })).status).toBe(403);
  expect((await api.ask(who, {}, { cookie, 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  expect((await api.ask(who, {}, { cookie, origin: api.origin })).status).toBe(200);
  const form = await fetch(`${api.origin}/graphql`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ query: 'mutation { markSeen { __typename } }' }),
  });
  expect(form.status).toBe(403);
});

test('a revoked, an expired and an orphaned key are refused', async () => {
  const where = { organisationId: api.organisation };
  const asked = async () => (await api.ask(who)).status;
  await api.db.prisma.apiKey.updateMany({ where, data: { revokedAt: new Date() } });
  expect(await asked()).toBe(401);
  await api.db.prisma.apiKey.updateMany({ where, data: { revokedAt: null, expiresAt: new Date(0) } });
  expect(await asked()).toBe(401);
  await api.db.prisma.apiKey.updateMany({ where, data: { expiresAt: null } });
  const member = await api.db.prisma.member.findFirstOrThrow({ where: { organizationId: api.organisation } });
  await api.db.prisma.member.delete({ where: { id: member.id } });
  expect(await asked()).toBe(401);
  expect((await api.ask(who, {}, { cookie })).status).toBe(403);
  await api.db.prisma.member.create({ data: member });
  expect(await asked()).toBe(200);
});

function upgrade(headers: Record<string, string>): Promise<number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`${api.origin.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
      headers,
    });
    socket.on('open', () => {
      socket.terminate();
      resolve(101);
    });
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.on('error', () => undefined);
  });
}

test('the socket is refused at the upgrade without a credential or from a foreign page', async () => {
  expect(await upgrade({})).toBe(401);
  expect(await upgrade({ authorization: 'Bearer nonsense' })).toBe(401);
  expect(await upgrade({ authorization: `Bearer ${api.key}` })).toBe(101);
  expect(await upgrade({ cookie, origin: api.origin })).toBe(101);
  expect(await upgrade({ cookie })).toBe(403);
  expect(await upgrade({ cookie, origin: 'https://evil.example' })).toBe(403);
});

test('a socket closes soon after its session was deleted', async () => {
  const closed = new Promise<number>((resolve) => {
    const socket = new WebSocket(`${api.origin.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
      headers: { cookie, origin: api.origin },
    });
    socket.on('open', () => {
      socket.send(JSON.stringify({ type: 'connection_init' }));
      void api.db.prisma.session.deleteMany().then(() => undefined);
    });
    socket.on('close', resolve);
  });
  expect(await closed).toBe(4403);
});
