// The Accounting API: every call passes the checks in Xero's order, is carried out once and journalled, then answered.
import type { Fault } from '../fault/fault.ts';
import { findConnection } from '../identity/grant.ts';
import type { Window } from '../limits.ts';
import { option } from '../options.ts';
import { plainText, type Reply } from '../reply.ts';
import { findResource, scopesOf } from '../resources.ts';
import { wakeDeliveries } from '../webhook/delivery.ts';
import { eventChanges } from '../webhook/event.ts';
import { commit, commitApplied, type World } from '../world.ts';
import { admit, type Caller, forbidden, tooMany } from './admission.ts';
import { type Chosen, chosenElements, meetEarly, meetKeys, meetLate, meetLimit, meetWork } from './faulty.ts';
import { answerKeyed, arriveKeyed, fingerprint, type Remembered } from './keyed.ts';
import { perform } from './perform.ts';
import type { Done, Resource } from './visit.ts';

export type CallHeaders = { get(name: string): string | null };

export type Call = {
  readonly method: string;
  /** The parts of the path after /api.xro/2.0, decoded. */
  readonly segments: readonly string[];
  readonly url: URL;
  /** By their names in lower case. */
  readonly headers: CallHeaders;
  readonly readBody: () => Promise<Buffer>;
};

/** Answers one call; what it changed is on disk before this resolves. */
export async function answerCall(world: World, call: Call, fault?: Fault): Promise<Reply> {
  const resource = findResource(call.segments);
  // Addresses that are none are counted as one, because there is no end of them.
  const name = `${call.method} /${resource === undefined ? '…' : (call.segments[0] ?? '')}`;
  const early = await meetEarly(world, fault, call.headers);
  if (early !== undefined) return close(world, name, early);
  const admitted = admit(world, call.headers, scopesOf(call.segments), call.method === 'GET');
  if (admitted.kind === 'refused') return close(world, name, admitted.reply);
  const { caller } = admitted;
  const limited = meetLimit(world, fault, caller);
  if (limited !== undefined) return close(world, name, withHeaders(world, caller, limited));
  const taken = world.gate.take(caller.client, caller.tenant, world.clock.now());
  if (taken.kind === 'refused') {
    const reply = tooMany(world, taken.problem, taken.retryAfterS);
    return close(world, name, withHeaders(world, caller, reply));
  }
  const arrived = arriveKeyed(world, caller.client, keyOf(call));
  try {
    const passed = { name, caller, resource, window: taken.window, isShared: arrived.isShared };
    return meetLate(fault, withHeaders(world, caller, await answerPassed(world, call, passed, fault)));
  } finally {
    arrived.leave();
    taken.release();
  }
}

/** A call that has passed all checks. */
type Passed = {
  readonly name: string;
  readonly caller: Caller;
  readonly resource: Resource | undefined;
  readonly window: Window;
  readonly isShared: () => boolean;
};

async function answerPassed(world: World, call: Call, passed: Passed, fault?: Fault): Promise<Reply> {
  const { name, caller, resource, window, isShared } = passed;
  const latencyMs = world.latency.of(call.method, `/${call.segments.join('/')}`);
  // The work is done in the middle of the answer time: a caller that goes away early cannot know whether it was.
  await world.clock.wait(latencyMs / 2);
  const lost = meetKeys(fault, keyOf(call));
  if (lost !== undefined) return close(world, name, lost, window);
  const body = await call.readBody();
  const reply = await answerKeyed(world, rememberedOf(call, caller, body), {
    isShared,
    close: (refusal) => close(world, name, refusal, window),
    run: (remembered) => {
      const failed = meetWork(fault, world.clock.now(), resource?.writer?.envelope);
      const done =
        failed === undefined
          ? work(world, call, caller, resource, body, chosenElements(fault))
          : { reply: failed, changes: [] };
      return finish(world, caller, done, remembered, { name, window });
    },
  });
  await world.clock.wait(latencyMs / 2);
  return reply;
}

type Account = { readonly name: string; readonly window: Window };

/** '' where there is none, or where the method takes none. */
function keyOf(call: Call): string {
  const takesNone = call.method === 'GET' || call.method === 'DELETE';
  return takesNone ? '' : (call.headers.get('idempotency-key') ?? '');
}

function rememberedOf(call: Call, caller: Caller, body: Buffer): Remembered | undefined {
  const key = keyOf(call);
  if (key === '') return undefined;
  return { client: caller.client, key, request: fingerprint(call.method, call.url, caller.tenant, body) };
}

function work(
  world: World,
  call: Call,
  caller: Caller,
  resource: Resource | undefined,
  bytes: Buffer,
  chosen: Chosen | undefined,
): Done {
  const refusal = mediaRefusal(world, call, bytes.length > 0 && call.segments[2] === undefined);
  if (refusal !== undefined) return { reply: refusal, changes: [] };
  // Looked up again, because what was admitted may have been put in another state while the call was waiting.
  const organisation = world.organisations.get(caller.tenant);
  if (organisation === undefined) return { reply: forbidden(), changes: [] };
  const visit = {
    options: world.options,
    organisation,
    client: caller.client,
    isTold: world.subscriptions.size > 0,
    nowMs: world.clock.now(),
    query: call.url.searchParams,
    ifModifiedSince: call.headers.get('if-modified-since') ?? undefined,
    body: bytes.toString('utf8'),
    bytes,
    mediaType: call.headers.get('content-type') ?? '',
    wantsPdf: /^\s*application\/pdf\b/i.test(call.headers.get('accept') ?? ''),
    chosen,
    places: call.url.searchParams.get('unitdp') === '4' ? (4 as const) : (2 as const),
  };
  return perform(call.method, visit, resource, call.segments);
}

/** Writes what was done, its remembered reply and the count of the call as one line of the journal. */
async function finish(
  world: World,
  caller: Caller,
  done: Done,
  remembered: Remembered | undefined,
  account: Account,
): Promise<Reply> {
  const { reply, changes } = done;
  const atMs = world.clock.now();
  const { status, body, contentType } = reply;
  const isConnected = (client: string): boolean =>
    findConnection(world.identity, client, caller.tenant) !== undefined;
  const webhook = eventChanges(world.subscriptions, isConnected, caller.tenant, changes, atMs);
  await commitApplied(world, {
    atMs,
    tenant: caller.tenant,
    changes: changes.length === 0 ? undefined : [...changes],
    reply: remembered === undefined ? undefined : { ...remembered, atMs, status, body, contentType },
    call: { name: account.name, status },
    window: account.window,
    webhook: webhook.length === 0 ? undefined : webhook,
  });
  if (webhook.length > 0) wakeDeliveries(world);
  return reply;
}

/** Counts a call that changed nothing. */
async function close(world: World, name: string, reply: Reply, window?: Window): Promise<Reply> {
  await commit(world, { atMs: world.clock.now(), call: { name, status: reply.status }, window });
  return reply;
}

function withHeaders(world: World, caller: Caller, reply: Reply): Reply {
  const left = world.gate.remaining(caller.client, caller.tenant, world.clock.now());
  const headers = {
    'X-DayLimit-Remaining': String(left.day),
    'X-MinLimit-Remaining': String(left.minute),
    'X-AppMinLimit-Remaining': String(left.app),
  };
  return { ...reply, headers: { ...headers, ...reply.headers } };
}

/** Xero speaks XML as well, and by default; the sandbox says that it does not. */
function mediaRefusal(world: World, call: Call, hasText: boolean): Reply | undefined {
  const accept = call.headers.get('accept') ?? '';
  const type = call.headers.get('content-type') ?? '';
  const isOpen = accept === '' || accept.trim() === '*/*';
  if (isOpen && option(world, 'accept-missing') === 'refuse') return plainText(406, noXml);
  if (/\bxml\b/i.test(accept) && !/\bjson\b|\*\/\*/i.test(accept)) return plainText(406, noXml);
  return hasText && /\bxml\b/i.test(type) ? plainText(415, noXml) : undefined;
}

const noXml =
  'This sandbox speaks JSON only: send Accept: application/json and Content-Type: application/json.';
