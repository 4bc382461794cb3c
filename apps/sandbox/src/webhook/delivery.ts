// Delivers events at least once: tries again for a day, in any order, and as badly as it is told to (XERO.md 9).
import { z } from 'zod';
import { createDraw } from '../fault/faults.ts';
import { option } from '../options.ts';
import { commit, type World } from '../world.ts';
import { type Received, sendMessage } from './message.ts';
import type { Subscription, WebhookEvent } from './subscription.ts';

/** Shares of messages from 0 to 1; what is dropped is never sent, what is doubled is sent twice. */
export const deliverySetting = z.strictObject({
  drop: z.number().min(0).max(1).default(0),
  double: z.number().min(0).max(1).default(0),
  /** Simulated, before the first attempt. */
  delayMs: z.number().min(0).default(0),
  /** Each event comes in a message of its own, in a drawn order. */
  reorder: z.boolean().default(false),
  seed: z.number().int().default(1),
});

export type DeliverySetting = z.infer<typeof deliverySetting>;
export type DeliveryWanted = z.input<typeof deliverySetting>;
export type Delivery = DeliverySetting & { readonly draw: () => number };

export function createDelivery(setting: DeliverySetting = deliverySetting.parse({})): Delivery {
  return { ...setting, draw: createDraw(setting.seed) };
}

/** Begins to deliver what waits; to be called when there may be something new. */
export function wakeDeliveries(world: World): void {
  for (const subscription of world.subscriptions.values()) {
    if (
      subscription.isDelivering ||
      subscription.record.status !== 'active' ||
      subscription.pending.size === 0
    )
      continue;
    subscription.isDelivering = true;
    deliverAll(world, subscription)
      .catch((error: unknown) => console.error(error))
      .finally(() => {
        subscription.isDelivering = false;
      });
  }
}

const eventsMax = 100;

async function deliverAll(world: World, subscription: Subscription): Promise<void> {
  while (
    subscription.pending.size > 0 &&
    subscription.record.status === 'active' &&
    !world.ending.signal.aborted
  ) {
    const { delayMs } = world.delivery;
    if (delayMs > 0) await world.clock.wait(delayMs, world.ending.signal);
    for (const message of messagesOf(world, [...subscription.pending.values()].slice(0, eventsMax))) {
      if (!(await deliver(world, subscription, message))) return;
    }
  }
}

/** What is sent at once, in the order in which it is sent. */
function messagesOf(world: World, events: WebhookEvent[]): WebhookEvent[][] {
  if (!world.delivery.reorder) return [events];
  const drawn = events.map((event) => ({ event, at: world.delivery.draw() }));
  return drawn.sort((a, b) => a.at - b.at).map(({ event }) => [event]);
}

/** Whether it was delivered, or dropped because it was meant to be; false where the receiver was given up. */
async function deliver(world: World, subscription: Subscription, events: WebhookEvent[]): Promise<boolean> {
  const { record } = subscription;
  const { draw, drop, double } = world.delivery;
  const isDropped = drop > 0 && draw() < drop;
  const times = double > 0 && draw() < double ? 2 : 1;
  for (let time = 1; time <= times && !isDropped; time += 1) {
    if (await tryAll(world, subscription, events)) continue;
    if (!world.ending.signal.aborted) await disable(world, subscription);
    return false;
  }
  const sequences = events.map(({ sequence }) => sequence);
  const webhook = [{ kind: 'delivered' as const, client: record.client, sequences }];
  await commit(world, { atMs: world.clock.now(), webhook });
  return true;
}

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** At once, at once again, and then every quarter of an hour for a day, or ever more rarely by option. */
async function tryAll(world: World, subscription: Subscription, events: WebhookEvent[]): Promise<boolean> {
  const sinceMs = world.clock.now();
  for (let attempt = 1; world.clock.now() - sinceMs <= dayMs && !world.ending.signal.aborted; attempt += 1) {
    if (subscription.record.status !== 'active') return false;
    const answer = await sendMessage(world, subscription.record, events);
    note(world, subscription, events, answer);
    if (answer.fault === '' && answer.status !== 401) return true;
    const isRarer = option(world, 'webhook-retry') === 'decreasing';
    const pauseMs = attempt === 1 ? 0 : isRarer ? minuteMs * 2 ** (attempt - 2) : 15 * minuteMs;
    await world.clock.wait(pauseMs, world.ending.signal);
  }
  return false;
}

const attemptsMax = 200;

function note(world: World, subscription: Subscription, events: WebhookEvent[], answer: Received): void {
  const sequences = events.map(({ sequence }) => sequence);
  const [firstSequence, lastSequence] = [Math.min(...sequences), Math.max(...sequences)];
  const { attempts } = subscription;
  attempts.push({ atMs: world.clock.now(), firstSequence, lastSequence, events: events.length, ...answer });
  if (attempts.length > attemptsMax) attempts.shift();
}

/** Xero writes a mail as well; the sandbox notes when it would. */
async function disable(world: World, subscription: Subscription): Promise<void> {
  const atMs = world.clock.now();
  const record = { ...subscription.record, status: 'disabled' as const, mailedMs: atMs };
  await commit(world, { atMs, webhook: [{ kind: 'subscription', record }] });
}
