// The Accounting API: every call passes the checks in Xero's order, is carried out once and journalled, then answered.
import { createHash } from 'node:crypto';
import type { Window } from '../limits.ts';
import { keyCharactersMax } from '../replies.ts';
import { notFound, plainText, type Reply } from '../reply.ts';
import { findResource, scopesOf } from '../resources.ts';
import { commit, commitApplied, type World } from '../world.ts';
import { admit, type Caller, tooMany } from './admission.ts';
import { writeBatch } from './batch.ts';
import { type Done, openSession, type Resource, type Visit } from './visit.ts';

export type Call = {
  readonly method: string;
  /** The parts of the path after /api.xro/2.0, decoded. */
  readonly segments: readonly string[];
  readonly url: URL;
  readonly headers: Headers;
  readonly readBody: () => Promise<Buffer>;
};

/** Answers one call; what it changed is on disk before this resolves. */
export async function answerCall(world: World, call: Call): Promise<Reply> {
  const name = `${call.method} /${call.segments[0] ?? ''}`;
  const resource = findResource(call.segments);
  const admitted = admit(world, call.headers, scopesOf(call.segments), call.method === 'GET');
  if (admitted.kind === 'refused') return close(world, name, admitted.reply);
  const { caller } = admitted;
  const taken = world.gate.take(caller.client, caller.organisation.record.id, world.clock.now());
  if (taken.kind === 'refused')
    return close(world, name, withHeaders(world, caller, tooMany(taken.problem, taken.retryAfterS)));
  const latencyMs = world.latency.of(call.method, `/${call.segments.join('/')}`);
  try {
    // The work is done in the middle of the answer time: a caller that goes away early cannot know whether it was.
    await world.clock.wait(latencyMs / 2);
    const body = await call.readBody();
    const reply = await carryOut(world, call, caller, resource, body, { name, window: taken.window });
    await world.clock.wait(latencyMs / 2);
    return withHeaders(world, caller, reply);
  } finally {
    taken.release();
  }
}

type Account = { readonly name: string; readonly window: Window };

/** Replies that are being made, so that a second call with the same key waits for the first. */
const inProgress = new WeakMap<World, Map<string, Promise<Reply>>>();

async function carryOut(
  world: World,
  call: Call,
  caller: Caller,
  resource: Resource | undefined,
  body: Buffer,
  account: Account,
): Promise<Reply> {
  const key = call.method === 'GET' || call.method === 'DELETE' ? null : call.headers.get('idempotency-key');
  if (key === null || key === '') {
    const done = work(world, call, caller, resource, body);
    return finish(world, caller, done, undefined, account);
  }
  if (key.length > keyCharactersMax) {
    const reply = plainText(
      400,
      `Idempotency Key: it must not be longer than ${keyCharactersMax} characters.`,
    );
    return close(world, account.name, reply, account.window);
  }
  const pending = inProgress.get(world) ?? new Map<string, Promise<Reply>>();
  inProgress.set(world, pending);
  const name = `${caller.client} ${key}`;
  // Whether Xero makes the second caller wait is not known; here it waits and gets the first one's answer.
  await pending.get(name);
  const request = fingerprint(call, caller, body);
  const known = world.replies.find(caller.client, key, world.clock.now());
  if (known !== undefined) {
    const reply =
      known.request === request
        ? { status: known.status, body: known.body, contentType: known.contentType }
        : plainText(400, `Idempotency Key: ${key} is used with a different request.`);
    return close(world, account.name, reply, account.window);
  }
  const done = work(world, call, caller, resource, body);
  const finished = finish(world, caller, done, { key, request }, account);
  pending.set(name, finished);
  return finished.finally(() => pending.delete(name));
}

function work(world: World, call: Call, caller: Caller, resource: Resource | undefined, bytes: Buffer): Done {
  const [, id, more, ...rest] = call.segments;
  const type = call.headers.get('content-type') ?? '';
  if (asksForXml(call.headers.get('accept') ?? '')) return { reply: plainText(406, noXml), changes: [] };
  if (bytes.length > 0 && more === undefined && /\bxml\b/i.test(type))
    return { reply: plainText(415, noXml), changes: [] };
  const part = more === undefined ? undefined : resource?.parts?.get(more.toLowerCase());
  if (resource === undefined || (more !== undefined && part === undefined))
    return { reply: notFound(), changes: [] };
  const visit: Visit = {
    options: world.options,
    organisation: caller.organisation,
    nowMs: world.clock.now(),
    query: call.url.searchParams,
    ifModifiedSince: call.headers.get('if-modified-since') ?? undefined,
    body: bytes.toString('utf8'),
    bytes,
    mediaType: type,
    places: call.url.searchParams.get('unitdp') === '4' ? 4 : 2,
  };
  if (part !== undefined && id !== undefined) return part(visit, call.method, id, rest);
  return perform(call.method, visit, resource, id);
}

function perform(method: string, visit: Visit, resource: Resource, id: string | undefined): Done {
  const { writer } = resource;
  if (method === 'GET') {
    return { reply: id === undefined ? resource.list(visit) : resource.one(visit, id), changes: [] };
  }
  if (method === 'POST' && id !== undefined && writer !== undefined)
    return writeBatch(visit, writer, { kind: 'id', id });
  if (
    (method === 'PUT' || method === 'POST') &&
    id === undefined &&
    writer !== undefined &&
    resource.creates === true
  ) {
    return writeBatch(visit, writer, { kind: method === 'PUT' ? 'create' : 'upsert' });
  }
  if (method === 'DELETE' && id !== undefined && resource.remove !== undefined) {
    const session = openSession(visit);
    return { reply: resource.remove(session, id), changes: session.changes };
  }
  return { reply: plainText(501, `${method} is not implemented for this address`), changes: [] };
}

/** Writes what was done, its remembered reply and the count of the call as one line of the journal. */
async function finish(
  world: World,
  caller: Caller,
  done: Done,
  remembered: { readonly key: string; readonly request: string } | undefined,
  account: Account,
): Promise<Reply> {
  const { reply, changes } = done;
  const atMs = world.clock.now();
  const { status, body, contentType } = reply;
  await commitApplied(world, {
    atMs,
    tenant: caller.organisation.record.id,
    changes: changes.length === 0 ? undefined : [...changes],
    reply:
      remembered === undefined
        ? undefined
        : { client: caller.client, ...remembered, atMs, status, body, contentType },
    call: { name: account.name, status },
    window: account.window,
  });
  return reply;
}

/** Counts a call that changed nothing. */
async function close(world: World, name: string, reply: Reply, window?: Window): Promise<Reply> {
  await commit(world, { atMs: world.clock.now(), call: { name, status: reply.status }, window });
  return reply;
}

function withHeaders(world: World, caller: Caller, reply: Reply): Reply {
  const headers = world.gate.headers(caller.client, caller.organisation.record.id, world.clock.now());
  return { ...reply, headers: { ...reply.headers, ...headers } };
}

function fingerprint(call: Call, caller: Caller, body: Buffer): string {
  const address = `${call.method} ${call.url.pathname}${call.url.search} ${caller.organisation.record.id}\n`;
  return createHash('sha256').update(address).update(body).digest('base64url');
}

const noXml =
  'This sandbox speaks JSON only: send Accept: application/json and Content-Type: application/json.';

function asksForXml(accept: string): boolean {
  return /\bxml\b/i.test(accept) && !/\bjson\b|\*\/\*/i.test(accept);
}
