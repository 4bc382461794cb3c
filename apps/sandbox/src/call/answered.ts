// Tells programs in this process every answer of the Accounting API as it is sent, over a diagnostics channel.
import { channel } from 'node:diagnostics_channel';
import { bodyText, isFile } from '../call-log.ts';
import type { Reply } from '../reply.ts';
import type { Call } from './accounting.ts';

const answered = channel('xero-sandbox.answered');

/** Publishes `{ method, segments, status, contentType, body, fault }`; costs nothing while nobody listens. */
export function tellAnswered(call: Call, reply: Reply, fault: string): void {
  if (!answered.hasSubscribers) return;
  const { status, contentType } = reply;
  const body = isFile.test(contentType) ? undefined : bodyText(reply.body);
  answered.publish({ method: call.method, segments: call.segments, status, contentType, body, fault });
}
