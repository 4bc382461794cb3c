// Makes the calls of a log again by plain fetch, in another sandbox, and compares the answers with those of the log.
import { isDeepStrictEqual } from 'node:util';
import type { SandboxCall } from '../../client.ts';
import type { Xero } from '../xero.ts';

const guid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/**
 * The calls whose answers differ, but for the ids that each sandbox gives out: those of the log are replaced by the
 * new ones wherever they are sent. The clock of the other must stand still; it is set to the instant of each call.
 */
export async function replay(
  calls: readonly SandboxCall[],
  from: Xero,
  to: Xero,
): Promise<readonly string[]> {
  const ids = new Map([[from.tenant, to.tenant]]);
  const renamed = (text: string): string => text.replace(guid, (id) => ids.get(id) ?? id);
  const differing: string[] = [];
  for (const one of calls) {
    await to.control.setClock({ simulatedMs: one.atMs });
    const response = await send(to, one, renamed);
    const text = await response.text();
    const said = one.reply;
    if (said !== undefined) learn(ids, said, text);
    const isSame = response.status === one.status && (said === undefined || isAlike(renamed(said), text));
    if (!isSame) {
      const [was, is] = difference(renamed(said ?? ''), text);
      differing.push(`${one.method} ${one.path}: ${one.status} ${was}, now ${response.status} ${is}`);
    }
  }
  return differing;
}

async function send(to: Xero, one: SandboxCall, renamed: (text: string) => string): Promise<Response> {
  const isFile = one.path.includes('/Attachments/');
  const headers: Record<string, string> = {
    Authorization: `Bearer ${to.token}`,
    'xero-tenant-id': renamed(one.tenant),
    // A file is answered as it is: the log does not hold it.
    Accept: one.reply === undefined && !isFile ? 'application/pdf' : 'application/json',
    'Content-Type': isFile ? 'text/plain' : 'application/json',
  };
  if (one.key !== '') headers['Idempotency-Key'] = one.key;
  const init: RequestInit = { method: one.method, headers };
  if (one.method !== 'GET' && one.request !== undefined) init.body = renamed(one.request);
  return fetch(`${to.url}/api.xro/2.0${encodeURI(renamed(one.path)).replaceAll('%25', '%')}`, init);
}

/** Ids stand in the same order in two answers that are alike. */
function learn(ids: Map<string, string>, before: string, after: string): void {
  const there = after.match(guid) ?? [];
  for (const [index, id] of (before.match(guid) ?? []).entries()) {
    const now = there[index];
    if (now !== undefined && !ids.has(id)) ids.set(id, now);
  }
}

function isAlike(before: string, after: string): boolean {
  if (!before.startsWith('{')) return before === after;
  return isDeepStrictEqual(JSON.parse(before), JSON.parse(after));
}

/** Where two texts part, with what stands there. */
function difference(before: string, after: string): readonly [string, string] {
  let at = 0;
  while (at < before.length && before[at] === after[at]) at += 1;
  const from = Math.max(0, at - 40);
  return [before.slice(from, at + 60), after.slice(from, at + 60)];
}
