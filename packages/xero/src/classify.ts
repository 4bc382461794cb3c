// Turns whatever a call to Xero rejected with into one Failure, once, by status and headers (ARCHITECTURE.md 3, XERO.md 10.1 and 11.3).
import type { Allowance, Failure } from '@stockbook/core';
import { z } from 'zod';
import { explain } from './failure.ts';
import { beginningOf } from './private.ts';

/** Classifies a rejection of xero-node: a JSON string. Anything else was thrown before sending and is a bug: it is thrown on. */
export function classify(rejection: unknown): { failure: Failure; allowance: Allowance; body?: string } {
  if (typeof rejection !== 'string') throw rejection;
  const { response } = rejectionForm.parse(JSON.parse(rejection));
  const headers = (name: string) => headerText(response.headers[name]);
  const failure = classifyAnswer(response.statusCode, response.body, headers);
  const body = response.statusCode === 0 ? undefined : beginningOf(response.body);
  return { failure, allowance: readAllowance(headers), ...(body !== undefined && { body }) };
}

export type Headers = (name: string) => string | null;

const rejectionForm = z.object({
  response: z.object({
    statusCode: z.number(),
    body: z.unknown(),
    headers: z.record(z.string(), z.unknown()).catch({}),
  }),
});

function headerText(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

/** Classifies an answer that is not a success; status 0 stands for none. */
export function classifyAnswer(status: number, body: unknown, headers: Headers): Failure {
  if (status === 0) return classifyNoAnswer(body);
  const message = wordsOf(body) || `Xero answered ${status} without a text.`;
  if (status === 429) return rateLimited(message, headers);
  if (status === 401 || status === 403) return { kind: 'unauthorised', status, message };
  // A key used before with another text: what was sent under it may have landed, so it must be looked for.
  if (explain(message).class === 'key-reused') return { kind: 'unknown-outcome', status, message };
  if (status >= 400 && status < 500 && status !== 408) return { kind: 'invalid', status, message };
  const retryAfterMs = readRetryAfter(headers);
  return { kind: 'unknown-outcome', status, message, ...(retryAfterMs !== null && { retryAfterMs }) };
}

const noAnswerForm = z.object({ code: z.string(), syscall: z.string(), message: z.string() });

/** Refused connections and unknown names never reached Xero; after anything else it may have been carried out. */
export function classifyNoAnswer(body: unknown): Failure {
  const read = noAnswerForm.safeParse(body);
  const message = read.success ? read.data.message : String(body);
  if (!read.success) return { kind: 'unknown-outcome', status: null, message };
  const { code, syscall } = read.data;
  const neverSent = neverSentCodes.has(code) || (syscall === 'connect' && connectCodes.has(code));
  return neverSent
    ? { kind: 'unreachable', message: `Xero cannot be reached (${message}).` }
    : { kind: 'unknown-outcome', status: null, message: `No answer from Xero (${message}).` };
}

const neverSentCodes = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);
const connectCodes = new Set(['EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT', 'EADDRNOTAVAIL']);

function rateLimited(message: string, headers: Headers): Failure {
  const problem = (headers('x-rate-limit-problem') ?? '').toLowerCase();
  const saidMs = readRetryAfter(headers);
  const retryAfterMs = saidMs === null ? null : Math.min(saidMs, longestLimitMs);
  return { kind: 'rate-limited', limit: limitOf(problem, retryAfterMs), retryAfterMs, message };
}

/** The day's limit is over within a day: a longer wait is none that Xero means, and would close the organisation for good. */
const longestLimitMs = 86_400_000;

function readRetryAfter(headers: Headers): number | null {
  const seconds = Number(headers('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
}

/** Xero's values beyond 'minute' and 'day' are not published: compared by part (XERO.md 2). */
function limitOf(problem: string, retryAfterMs: number | null): 'minute' | 'day' | 'app' | 'concurrent' {
  if (problem.includes('app')) return 'app';
  if (problem.includes('day')) return 'day';
  if (problem.includes('concurrent')) return 'concurrent';
  if (problem.includes('min')) return 'minute';
  return retryAfterMs === null ? 'concurrent' : 'minute';
}

/** What the headers say is left; null where one is missing. */
export function readAllowance(headers: Headers): Allowance {
  return {
    leftThisMinute: count(headers('x-minlimit-remaining')),
    leftToday: count(headers('x-daylimit-remaining')),
  };
}

function count(text: string | null): number | null {
  return text !== null && /^\d+$/.test(text) ? Number(text) : null;
}

const wordsMax = 2000;
const validation = z.object({ Message: z.string().nullish(), Description: z.string().nullish() });
const bodyForm = z.object({
  Message: z.string().nullish(),
  Detail: z.string().nullish(),
  Title: z.string().nullish(),
  error: z.string().nullish(),
  error_description: z.string().nullish(),
  Elements: z.array(z.object({ ValidationErrors: z.array(validation).nullish() }).catch({})).nullish(),
});

/** Xero's words in a body of any shape: each element's messages, else the message, else the plain text. */
function wordsOf(body: unknown): string {
  if (typeof body === 'string') return body.replace(/\s+/g, ' ').trim().slice(0, wordsMax);
  const read = bodyForm.safeParse(body);
  if (!read.success) return '';
  const { Message, Detail, Title, Elements, error, error_description } = read.data;
  const messages = (Elements ?? [])
    .flatMap((element) => element.ValidationErrors ?? [])
    .map((each) => each.Message ?? each.Description ?? '');
  const whole = [...new Set(messages)].filter((each) => each !== '').join(' ');
  return (whole || Message || Detail || Title || [error, error_description].filter(Boolean).join(': ')).slice(
    0,
    wordsMax,
  );
}
