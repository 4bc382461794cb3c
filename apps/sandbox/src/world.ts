// Everything the sandbox knows, and the only way it changes: an entry applied in memory and appended to the journal.
import { type CallLog, createCallLog } from './call-log.ts';
import { type Clock, type ClockSetting, createClock } from './clock.ts';
import { createEgress, type Egress } from './egress.ts';
import { createFaults, type Faults } from './fault/faults.ts';
import { firstApps } from './identity/app.ts';
import { callerCaps } from './identity/caller-caps.ts';
import type { Credentials } from './identity/client.ts';
import { applyIdentityChange, clearIdentity, createIdentity, type Identity } from './identity/grant.ts';
import { type Journal, noJournal, type Place } from './journal.ts';
import { type Entry, parseEntry, parseText, toLine } from './journal-entry.ts';
import { createLatency, type Latency } from './latency.ts';
import { createGate, type Gate, type Limits } from './limits.ts';
import { createOptions, type Options, option } from './options.ts';
import { emptyOrganisation, type Organisation, openOrganisation } from './organisation.ts';
import { applyChange } from './organisation-change.ts';
import { newOrganisation } from './organisation-setup.ts';
import { createReplies, type Replies } from './replies.ts';
import { createTally, type Tally } from './tally.ts';
import { createDelivery, type Delivery } from './webhook/delivery.ts';
import { applyWebhookChange, type Subscriptions } from './webhook/subscription.ts';

export type World = {
  readonly clock: Clock;
  readonly client: Credentials;
  readonly options: Options;
  readonly organisations: Map<string, Organisation>;
  readonly identity: Identity;
  readonly gate: Gate;
  readonly replies: Replies;
  readonly tally: Tally;
  readonly latency: Latency;
  readonly faults: Faults;
  readonly log: CallLog;
  readonly egress: Egress;
  readonly subscriptions: Subscriptions;
  delivery: Delivery;
  /** Aborted when the sandbox closes, to end what waits. */
  readonly ending: AbortController;
  journal: Journal;
};

export type WorldSetting = {
  readonly clock: ClockSetting;
  readonly limits: Limits | undefined;
  readonly latencyMs: number;
  readonly latencyJitterMs?: number;
  readonly client: Credentials;
  readonly options?: Readonly<Record<string, string>>;
};

export function createWorld(setting: WorldSetting): World {
  const options = createOptions(setting.options);
  const organisations = new Map<string, Organisation>();
  const identity = createIdentity(firstApps(setting.client));
  const isRolling = (): boolean => option({ options }, 'limit-window') === 'rolling';
  return {
    clock: createClock(setting.clock),
    client: setting.client,
    options,
    organisations,
    identity,
    gate: createGate(setting.limits, isRolling, (...caller) =>
      callerCaps({ identity, organisations }, ...caller),
    ),
    replies: createReplies(),
    tally: createTally(),
    latency: createLatency({ ms: setting.latencyMs, jitterMs: setting.latencyJitterMs ?? 0 }),
    faults: createFaults(),
    log: createCallLog(),
    egress: createEgress(),
    subscriptions: new Map(),
    delivery: createDelivery(),
    ending: new AbortController(),
    journal: noJournal,
  };
}

/** Applies an entry and resolves when it is on disk; only then may it be answered. */
export function commit(world: World, entry: Entry): Promise<void> {
  apply(world, entry);
  return append(world, entry);
}

/** Appends an entry whose organisation changes are in memory already, because a batch applies them one by one. */
export function commitApplied(world: World, entry: Entry): Promise<void> {
  apply(world, { ...entry, changes: undefined });
  return append(world, entry);
}

async function append(world: World, entry: Entry): Promise<void> {
  const tail = await world.journal.append(toLine(entry));
  if (tail !== undefined && entry.reply !== undefined) world.replies.shelve(entry.reply, tail);
}

/** Applies one line of the journal at start. */
export function replay(world: World, text: string, tail: Place | undefined): Entry {
  return reapply(world, parseEntry(text, tail));
}

function reapply(world: World, entry: Entry): Entry {
  apply(world, entry);
  if (entry.window !== undefined) world.gate.restore(entry.window, entry.atMs);
  return entry;
}

/** Gives a sandbox that has none its first organisation. */
export async function ensureOrganisation(world: World): Promise<void> {
  if (world.organisations.size > 0) return;
  const atMs = world.clock.now();
  await commit(world, { atMs, organisation: newOrganisation(atMs) });
}

function apply(world: World, entry: Entry): void {
  if (entry.reset === true) reset(world);
  if (entry.restore !== undefined) restore(world, entry.restore);
  if (entry.organisation !== undefined) {
    world.organisations.set(entry.organisation.id, openOrganisation(entry.organisation));
  }
  for (const change of entry.identity ?? []) applyIdentityChange(world.identity, change, entry.atMs);
  for (const change of entry.webhook ?? []) applyWebhookChange(world.subscriptions, change, entry.atMs);
  const organisation = world.organisations.get(entry.tenant ?? '');
  if (organisation !== undefined) for (const change of entry.changes ?? []) applyChange(organisation, change);
  if (entry.reply !== undefined) world.replies.remember(entry.reply);
  if (entry.call !== undefined) world.tally.count(entry.call.name, entry.call.status, entry.call.times);
}

/** Organisations, their charts, tokens and connections stay. */
function reset(world: World): void {
  for (const organisation of world.organisations.values()) emptyOrganisation(organisation);
  world.replies.clear();
  world.tally.clear();
  world.gate.clear();
  world.faults.clear();
  world.log.clear();
  world.egress.clear();
  for (const { pending, attempts } of world.subscriptions.values()) {
    pending.clear();
    attempts.length = 0;
  }
}

/** Puts what the lines tell in the place of everything. */
function restore(world: World, lines: readonly string[]): void {
  reset(world);
  world.organisations.clear();
  clearIdentity(world.identity, firstApps(world.client));
  world.subscriptions.clear();
  for (const line of lines) reapply(world, parseText(line));
}
