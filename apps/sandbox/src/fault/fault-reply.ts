// The replies of faults: what a gateway says, what Xero says when it fails, and replies that break on their way.
import { apiException, bodyBytes, malformed, plainText, type Reply } from '../reply.ts';
import type { Fault } from './fault.ts';
import { leaveOut } from './left-out.ts';

/** What stands in place of the answer; undefined for faults that are none of these. */
export function faultReply(fault: Fault): Reply | undefined {
  const retry: Record<string, string> =
    fault.retryAfterS === undefined ? {} : { 'Retry-After': String(fault.retryAfterS) };
  switch (fault.kind) {
    case '400':
      return malformed(fault.message ?? 'The request could not be read');
    case '500':
      return serverError();
    case '502':
      return plainText(502, 'Bad Gateway');
    case '502-html':
      return html(502, 'Bad Gateway');
    case '503':
      return plainText(503, 'The Xero API is currently offline for maintenance', retry);
    case '503-organisation':
      return plainText(503, 'The Organisation is offline', retry);
    case '503-html':
      return { ...html(503, 'Service Unavailable'), headers: retry };
    case '504':
      return plainText(504, 'Gateway Time-out');
    case '504-html':
      return html(504, 'Gateway Time-out');
    case '200-html':
      return html(200, 'Xero is being looked after');
    case 'timeout':
      return { ...none, wire: { kind: 'silence', holdMs: fault.delayMs ?? holdMs } };
    case 'reset':
      return { ...none, wire: { kind: 'reset', bytes: 0 } };
    default:
      return undefined;
  }
}

/** What becomes of the reply to a call whose work was done. */
export function breakReply(fault: Fault, reply: Reply): Reply {
  switch (fault.kind) {
    case 'timeout':
      return { ...reply, wire: { kind: 'silence', holdMs: fault.delayMs ?? holdMs } };
    case 'reset':
      return { ...reply, wire: { kind: 'reset', bytes: fault.bytes ?? 0 } };
    case 'trickle':
      return {
        ...reply,
        wire: { kind: 'trickle', bytes: Math.max(1, fault.bytes ?? 64), delayMs: fault.delayMs ?? 100 },
      };
    case 'truncated':
      return { ...reply, body: part(bodyBytes(reply.body), fault.bytes) };
    case 'empty':
      return { ...reply, status: 200, body: '' };
    case 'left-out':
      return leaveOut(reply, fault.records);
    default:
      return faultReply(fault) ?? reply;
  }
}

/** The first bytes, or the first half. */
function part(body: Buffer<ArrayBuffer>, bytes = Math.floor(body.length / 2)): Buffer<ArrayBuffer> {
  return body.subarray(0, bytes);
}

/** 500 in the words Xero has for it (XERO.md 10.1). */
export function serverError(): Reply {
  const message =
    'An error occurred in Xero. Check the API Status page https://developer.xero.com for current service status.';
  return apiException(500, 500, 'UnknownErrorException', message);
}

/** Status 0 stands for no answer at all, in the counts and in the log. */
const none: Reply = { status: 0, body: '', contentType: 'text/plain' };

/** How long a connection is held when the fault does not say, simulated. */
const holdMs = 600_000;

function html(status: number, title: string): Reply {
  const body = `<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;
  return { status, body, contentType: 'text/html; charset=utf-8' };
}
