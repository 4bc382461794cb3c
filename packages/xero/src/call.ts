// One request to the Accounting API by xero-node: answered with raw JSON, or failed and classified; no sleeping, no repeating.
import type { Allowance, Failure } from '@stockbook/core';
// Its index would load payroll, assets, files and an OAuth client as well: three times as much, in every process.
import { AccountingApi } from 'xero-node/dist/gen/api/accountingApi.js';
import type { Gate, XeroOptions } from './api.ts';
import { classify, type Headers, readAllowance } from './classify.ts';
import { beginningOf } from './private.ts';
import { limitTime, rawData } from './transport.ts';

export type Answer =
  | { kind: 'answered'; status: number; data: unknown; allowance: Allowance; calls: 1 }
  | { kind: 'failed'; failure: Failure; allowance: Allowance; calls: 0 | 1; body?: string };

/** What of xero-node's answers is used. */
interface Replied {
  response: { status: number; headers: object };
}

/** Without it prices are rounded to two places, on the write and on the read (XERO.md 4.3). */
export const unitDecimals = 4;

export const noAllowance: Allowance = { leftThisMinute: null, leftToday: null };

/** Makes one call; each has an AccountingApi of its own, so calls in flight share no token. */
export async function callXero(
  options: XeroOptions,
  what: 'write' | 'read',
  work: (api: AccountingApi) => Promise<Replied>,
  gate?: Gate,
): Promise<Answer> {
  const kept = await gate?.permit();
  if (kept !== undefined) return notSent(kept);
  const access = await options.accessToken();
  if (access.kind === 'failed') return notSent(access.failure);
  const late = await gate?.last();
  if (late !== undefined) return notSent(late);
  limitTime(options.timeoutMs);
  const api = new AccountingApi(options.apiUrl);
  api.accessToken = access.token;
  try {
    const { response } = await (options.wire?.(() => work(api), what) ?? work(api));
    const data = rawData(response);
    return {
      kind: 'answered',
      status: response.status,
      data,
      allowance: readAllowance(headersOf(response)),
      calls: 1,
    };
  } catch (rejection) {
    const classified = classify(rejection);
    return { kind: 'failed', ...classified, calls: classified.failure.kind === 'unreachable' ? 0 : 1 };
  }
}

function notSent(failure: Failure): Answer {
  return { kind: 'failed', failure, allowance: noAllowance, calls: 0 };
}

function headersOf(response: Replied['response']): Headers {
  const entries = new Map(
    Object.entries(response.headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  return (name) => {
    const value: unknown = entries.get(name);
    return typeof value === 'string' ? value : null;
  };
}

/** A 2xx whose body lacks the list cannot be trusted: the request may have been carried out (XERO.md 11.3). */
export function unreadable(
  what: string,
  { data, status }: Answer & { kind: 'answered' },
): { failure: Failure; body?: string } {
  const body = beginningOf(data);
  const message = `Xero's answer has no readable list of ${what}; it begins: ${(body ?? 'null').slice(0, 200)}`;
  return { failure: { kind: 'unknown-outcome', status, message }, ...(body !== undefined && { body }) };
}
