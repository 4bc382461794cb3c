// Where faults meet an Accounting call: before its checks, in place of its work, or on the way of its reply.
import { type Fault, isBefore } from '../fault/fault.ts';
import { breakReply, faultReply, serverError } from '../fault/fault-reply.ts';
import { disconnect, expireTokens, revokeRefreshes } from '../fault/identity-fault.ts';
import { nothingOf } from '../fault/left-out.ts';
import type { LimitProblem } from '../limits.ts';
import type { Reply } from '../reply.ts';
import type { World } from '../world.ts';
import type { CallHeaders } from './accounting.ts';
import { tokenOf, tooMany } from './admission.ts';

/** Changes who may call, or gives the reply of a gateway that never lets the call through. */
export async function meetEarly(
  world: World,
  fault: Fault | undefined,
  headers: CallHeaders,
): Promise<Reply | undefined> {
  if (fault === undefined) return undefined;
  if (fault.kind === 'token-expired') {
    await expireTokens(world, tokenOf(headers));
  } else if (fault.kind === 'disconnected') {
    await disconnect(world, headers.get('xero-tenant-id') ?? '');
  } else if (fault.kind === 'refresh-revoked') await revokeRefreshes(world);
  return isBefore(fault) && fault.kind !== '500' ? faultReply(fault) : undefined;
}

const problems: ReadonlyMap<string, LimitProblem> = new Map([
  ['429-minute', 'minute'],
  ['429-day', 'day'],
  ['429-concurrent', 'concurrent'],
  ['429-app', 'app'],
]);

/** A 429 that no count explains; its headers agree with it. */
export function meetLimit(
  world: World,
  fault: Fault | undefined,
  caller: { readonly client: string; readonly tenant: string },
): Reply | undefined {
  const problem = problems.get(fault?.kind ?? '');
  if (problem === undefined) return undefined;
  const { client, tenant } = caller;
  const nowMs = world.clock.now();
  const waitS = problem === 'concurrent' ? undefined : world.gate.waitS(problem, client, tenant, nowMs);
  const reply = tooMany(world, problem, fault?.retryAfterS ?? waitS);
  const spent = remainingHeader.get(problem);
  return spent === undefined ? reply : { ...reply, headers: { ...reply.headers, [spent]: '0' } };
}

const remainingHeader: ReadonlyMap<LimitProblem, string> = new Map([
  ['minute', 'X-MinLimit-Remaining'],
  ['day', 'X-DayLimit-Remaining'],
  ['app', 'X-AppMinLimit-Remaining'],
]);

/** Where Xero keeps the keys is down: every call with one is 500, and nothing is remembered (XERO.md 3). */
export function meetKeys(fault: Fault | undefined, key: string): Reply | undefined {
  return fault?.kind === '500-keys' && key !== '' ? serverError() : undefined;
}

/** What stands in place of the work, remembered under a key like any answer: a 500 of Xero itself (XERO.md 3), or an empty list. */
export function meetWork(
  fault: Fault | undefined,
  nowMs: number,
  collection: string | undefined,
): Reply | undefined {
  if (fault === undefined || !isBefore(fault)) return undefined;
  if (fault.kind === 'left-out' && collection !== undefined) return nothingOf(nowMs, collection);
  return fault.kind === '500' ? faultReply(fault) : undefined;
}

/** What becomes of the reply once the work is done. */
export function meetLate(fault: Fault | undefined, reply: Reply): Reply {
  return fault === undefined || isBefore(fault) ? reply : breakReply(fault, reply);
}

/** The elements chosen to be bad, by their position. */
export function chosenElements(fault: Fault | undefined): Chosen | undefined {
  if (fault?.kind !== 'bad-elements') return undefined;
  const places = new Set(fault.elements ?? [0]);
  const message = fault.message ?? 'This element was chosen to fail';
  return (index, count) => (places.has(index) || places.has(index - count) ? message : undefined);
}

/** The message of an element that is to fail, given its position and how many there are. */
export type Chosen = (index: number, count: number) => string | undefined;
