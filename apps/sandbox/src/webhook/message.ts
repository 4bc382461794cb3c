// One signed message to a receiver (XERO.md 9).
import { createHmac, randomBytes } from 'node:crypto';
import { option } from '../options.ts';
import type { World } from '../world.ts';
import type { SubscriptionRecord, WebhookEvent } from './subscription.ts';

const answerMs = 5_000;

/** The answer of a receiver: its status, 0 where none came within five seconds, simulated; and what Xero has against it, or ''. */
export type Received = {
  readonly status: number;
  readonly fault: '' | 'status' | 'silence' | 'body' | 'cookies';
};

/** An answer has no body and sets no cookies; `fault` does not judge the status of what is signed wrongly. */
export async function sendMessage(
  world: World,
  subscription: SubscriptionRecord,
  events: readonly WebhookEvent[],
  isSignedWrongly = false,
): Promise<Received> {
  const body = JSON.stringify({
    events: events.map((event) => viewOf(world, subscription, event)),
    firstEventSequence: Math.min(
      ...events.map((event) => event.sequence),
      events.length === 0 ? 0 : Infinity,
    ),
    lastEventSequence: Math.max(0, ...events.map((event) => event.sequence)),
    entropy: randomBytes(15).toString('base64'),
  });
  const key = isSignedWrongly ? `${subscription.key} and something else` : subscription.key;
  const signature = createHmac('sha256', key).update(body).digest('base64');
  const late = new AbortController();
  const done = new AbortController();
  const signal = AbortSignal.any([late.signal, world.ending.signal]);
  void world.clock
    .wait(answerMs, AbortSignal.any([done.signal, world.ending.signal]))
    .then(() => late.abort());
  const headers = { 'Content-Type': 'application/json; charset=utf-8', 'x-xero-signature': signature };
  try {
    const response = await fetch(subscription.url, {
      method: 'POST',
      headers,
      body,
      signal,
      redirect: 'manual',
    });
    const { byteLength } = await response.arrayBuffer();
    return { status: response.status, fault: faultOf(response, byteLength) };
  } catch (error) {
    // A receiver that is not there or too slow is an expected outcome; anything but an error of fetch is a bug.
    if (error instanceof Error) return { status: 0, fault: 'silence' };
    throw error;
  } finally {
    done.abort();
  }
}

function faultOf({ ok, status, headers }: Response, bodyBytes: number): Received['fault'] {
  if (!ok && status !== 401) return 'status';
  if (bodyBytes > 0) return 'body';
  return headers.has('set-cookie') ? 'cookies' : '';
}

function viewOf(world: World, { origin }: SubscriptionRecord, event: WebhookEvent): Record<string, unknown> {
  const { type } = event;
  const word =
    option(world, 'webhook-word') === 'upper' ? type : type.charAt(0) + type.slice(1).toLowerCase();
  return {
    resourceUrl: `${origin}/${event.category === 'SUBSCRIPTION' ? 'appstore' : 'api.xro'}/2.0/${event.path}/${event.id}`,
    resourceId: event.id,
    // No zone, as Xero writes it.
    eventDateUtc: new Date(event.atMs).toISOString().replace('Z', ''),
    eventType: word,
    eventCategory: event.category,
    tenantId: event.tenant,
    tenantType: event.tenantType,
    ...(event.data === undefined ? {} : { data: event.data }),
  };
}
