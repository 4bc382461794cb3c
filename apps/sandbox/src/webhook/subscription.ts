// What apps want to be told, and what they have not been told yet (XERO.md 9).
import { z } from 'zod';

export const categories = [
  'CONTACT',
  'INVOICE',
  'CREDITNOTE',
  'PREPAYMENT',
  'OVERPAYMENT',
  'SUBSCRIPTION',
] as const;

export type WebhookCategory = (typeof categories)[number];

export const subscriptionRecord = z.object({
  client: z.string(),
  url: z.string(),
  /** Signs what is sent. */
  key: z.string(),
  categories: z.array(z.enum(categories)),
  /** Where this sandbox is, for the addresses of what events are about. */
  origin: z.string(),
  /** Events come only once the receiver has shown that it checks signatures; a day of failures disables it. */
  status: z.enum(['pending', 'active', 'disabled']),
  lastSequence: z.number(),
  /** When its app was told by mail that it is disabled, simulated; null while it never was. */
  mailedMs: z.number().nullable().default(null),
});

export const eventRecord = z.object({
  sequence: z.number(),
  atMs: z.number(),
  category: z.enum(categories),
  type: z.enum(['CREATE', 'UPDATE']),
  id: z.string(),
  path: z.string(),
  /** The organisation, or the application of an event about a subscription. */
  tenant: z.string(),
  tenantType: z.enum(['ORGANISATION', 'APPLICATION']).default('ORGANISATION'),
  data: z.record(z.string(), z.string()).optional(),
});

export const webhookChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('subscription'), record: subscriptionRecord }),
  z.object({ kind: z.literal('subscription-gone'), client: z.string() }),
  z.object({ kind: z.literal('events'), client: z.string(), events: z.array(eventRecord) }),
  z.object({ kind: z.literal('delivered'), client: z.string(), sequences: z.array(z.number()) }),
]);

export type SubscriptionRecord = z.infer<typeof subscriptionRecord>;
export type WebhookEvent = z.infer<typeof eventRecord>;
export type WebhookChange = z.infer<typeof webhookChange>;

/** One attempt to deliver, for tests and people; `status` 0 where nothing came back within five seconds, `fault` '' for a good one. */
export type Attempt = {
  readonly atMs: number;
  readonly firstSequence: number;
  readonly lastSequence: number;
  readonly events: number;
  readonly status: number;
  readonly fault: string;
};

export type Subscription = {
  record: SubscriptionRecord;
  /** By sequence, oldest first. */
  readonly pending: Map<number, WebhookEvent>;
  readonly attempts: Attempt[];
  isDelivering: boolean;
};

/** By client id: an app has one subscription. */
export type Subscriptions = Map<string, Subscription>;

const keptMs = 31 * 86_400_000;

export function applyWebhookChange(all: Subscriptions, change: WebhookChange, nowMs: number): void {
  if (change.kind === 'subscription') {
    const known = all.get(change.record.client);
    if (known === undefined) {
      const fresh = { pending: new Map<number, WebhookEvent>(), attempts: [], isDelivering: false };
      all.set(change.record.client, { record: change.record, ...fresh });
    } else {
      known.record = change.record;
      dropOld(known, nowMs);
    }
    return;
  }
  const one = all.get(change.client);
  if (one === undefined) return;
  if (change.kind === 'subscription-gone') all.delete(change.client);
  if (change.kind === 'delivered') for (const sequence of change.sequences) one.pending.delete(sequence);
  if (change.kind === 'events') {
    for (const event of change.events) one.pending.set(event.sequence, event);
    dropOld(one, nowMs);
    const lastSequence = change.events.at(-1)?.sequence ?? one.record.lastSequence;
    one.record = { ...one.record, lastSequence };
  }
}

/** Events are kept for 31 days (XERO.md 9). */
function dropOld({ pending }: Subscription, nowMs: number): void {
  for (const [sequence, event] of pending) {
    if (event.atMs > nowMs - keptMs) return;
    pending.delete(sequence);
  }
}

/** The changes that make the subscriptions again as they are. */
export function subscriptionChanges(all: Subscriptions): WebhookChange[] {
  return [...all.values()].flatMap(({ record, pending }): WebhookChange[] => {
    const events = [...pending.values()];
    const made: WebhookChange = { kind: 'subscription', record };
    return events.length === 0 ? [made] : [made, { kind: 'events', client: record.client, events }];
  });
}
