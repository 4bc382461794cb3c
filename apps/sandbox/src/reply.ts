// Replies of the Accounting API: the envelope, the error shapes of XERO.md 10.1, and plain texts.
import { randomUUID } from 'node:crypto';
import type { Wire } from './fault/wire.ts';
import { joined, toJson, toJsonBytes } from './json.ts';
import { wireInstant } from './wire-date.ts';

export type Reply = {
  readonly status: number;
  /** Text, or the bytes of a file or of a long JSON text, which are made once and used by all: log, journal and wire. */
  readonly body: string | Buffer<ArrayBuffer>;
  readonly contentType: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** How it is to go wrong on its way; undefined for a reply that arrives. */
  readonly wire?: Wire;
};

const json = 'application/json; charset=utf-8';

export function bodyBytes(body: Reply['body']): Buffer<ArrayBuffer> {
  return typeof body === 'string' ? Buffer.from(body) : body;
}

/** 200 with Xero's envelope around the members. */
export function envelope(nowMs: number, members: Readonly<Record<string, unknown>>): Reply {
  const head = {
    Id: randomUUID(),
    Status: 'OK',
    ProviderName: 'Xero sandbox',
    DateTimeUTC: wireInstant(nowMs),
  };
  return { status: 200, body: toJsonBytes(joined(head, members)), contentType: json };
}

/** 200 of one object, for the few answers that have no envelope. */
export function bare(value: Readonly<Record<string, unknown>>): Reply {
  return { status: 200, body: toJson(value), contentType: json };
}

/** 400 for elements that break rules; each element is the object as sent with its messages. */
export function validationException(elements: readonly unknown[]): Reply {
  const body = {
    ErrorNumber: 10,
    Type: 'ValidationException',
    Message: 'A validation exception occurred',
    Elements: elements,
  };
  return { status: 400, body: toJsonBytes(body), contentType: json };
}

/** 400 for a body that cannot be read. */
export function malformed(message: string, number = 14): Reply {
  return apiException(400, number, 'PostDataInvalidException', message);
}

/** 400 for a `where` or `order` that cannot be read. */
export function queryException(message: string): Reply {
  return apiException(400, 16, 'QueryParseException', message);
}

export function apiException(status: number, number: number, type: string, message: string): Reply {
  return { status, body: toJson({ ErrorNumber: number, Type: type, Message: message }), contentType: json };
}

/** 401 and 403 in the problem shape. */
export function problem(status: 401 | 403, detail: string): Reply {
  const body = {
    Type: null,
    Title: status === 401 ? 'Unauthorized' : 'Forbidden',
    Status: status,
    Detail: detail,
    Instance: randomUUID(),
    Extensions: {},
  };
  const headers = status === 401 ? { 'WWW-Authenticate': 'Bearer error="invalid_token"' } : {};
  return { status, body: toJson(body), contentType: json, headers };
}

export function plainText(
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return { status, body: text, contentType: 'text/plain; charset=utf-8', headers };
}

export function notFound(): Reply {
  return plainText(404, "The resource you're looking for cannot be found");
}
