// The answers of which the specification says nothing: refusals in Xero's shapes (XERO.md 10.1), and files.
import { z } from 'zod';
import type { Answered } from './answer-check.ts';

const problem = z.strictObject({
  Type: z.null(),
  Title: z.enum(['Unauthorized', 'Forbidden']),
  Status: z.number(),
  Detail: z.string(),
  Instance: z.guid(),
  Extensions: z.strictObject({}),
});

const exception = z.strictObject({
  ErrorNumber: z.number(),
  Type: z.string().regex(/Exception$/),
  Message: z.string(),
  Elements: z.array(z.looseObject({})).optional(),
});

/** `documented` is what the specification has for it: `true` for a file. */
export function otherAnswer(answered: Answered, documented: unknown): readonly string[] {
  const { status, body, contentType } = answered;
  if (body === undefined) return status === 200 ? [] : [`a file with status ${status}`];
  if (documented === true && status === 200) {
    return contentType.includes('json') ? ['JSON where a file is documented'] : [];
  }
  if (contentType.includes('json') && body !== '') return jsonFaults(status, JSON.parse(body));
  if (status === 404) return body === notFoundText ? [] : [`a 404 that says "${body}"`];
  return textStatuses.includes(status) ? [] : [`text with status ${status}: "${body.slice(0, 80)}"`];
}

const notFoundText = "The resource you're looking for cannot be found";

/** Those that a gateway or a server gives in plain text. */
const textStatuses = [204, 400, 406, 412, 413, 415, 429, 501, 502, 503];

function jsonFaults(status: number, value: unknown): readonly string[] {
  if (status === 401 || status === 403) return messagesOf(problem.safeParse(value));
  if (status === 400 || status === 404 || status === 500) return messagesOf(exception.safeParse(value));
  return [`JSON of an address or status that the specification does not have (${status})`];
}

function messagesOf(parsed: z.ZodSafeParseResult<unknown>): readonly string[] {
  return parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => `/${path.join('/')} ${message}`);
}
