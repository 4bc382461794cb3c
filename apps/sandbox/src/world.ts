// Everything the sandbox knows, and the only way it changes: an entry applied in memory and appended to the journal.
import { z } from 'zod';
import { type Clock, type ClockSetting, createClock } from './clock.ts';
import type { Credentials } from './identity/client.ts';
import { applyIdentityChange, createIdentity, type Identity, identityChange } from './identity/grant.ts';
import { type Journal, noJournal } from './journal.ts';
import { createLatency, type Latency } from './latency.ts';
import { createGate, type Gate, type Limits, windowRecord } from './limits.ts';
import {
  applyChange,
  emptyOrganisation,
  newOrganisation,
  type Organisation,
  openOrganisation,
  organisationChange,
  organisationRecord,
} from './organisation.ts';
import { createReplies, type Replies, replyRecord } from './replies.ts';
import { createTally, type Tally } from './tally.ts';

export type World = {
  readonly clock: Clock;
  readonly client: Credentials;
  readonly organisations: Map<string, Organisation>;
  readonly identity: Identity;
  readonly gate: Gate;
  readonly replies: Replies;
  readonly tally: Tally;
  readonly latency: Latency;
  journal: Journal;
};

export type WorldSetting = {
  readonly clock: ClockSetting;
  readonly limits: Limits | undefined;
  readonly latencyMs: number;
  readonly client: Credentials;
};

/** One line of the journal; what it does not concern is absent. */
const entryRecord = z.object({
  atMs: z.number(),
  organisation: organisationRecord.optional(),
  identity: z.array(identityChange).optional(),
  tenant: z.string().optional(),
  changes: z.array(organisationChange).optional(),
  reply: replyRecord.optional(),
  call: z.object({ name: z.string(), status: z.number() }).optional(),
  window: windowRecord.optional(),
  reset: z.literal(true).optional(),
});

export type Entry = z.input<typeof entryRecord>;

export function createWorld(setting: WorldSetting): World {
  return {
    clock: createClock(setting.clock),
    client: setting.client,
    organisations: new Map(),
    identity: createIdentity(),
    gate: createGate(setting.limits),
    replies: createReplies(),
    tally: createTally(),
    latency: createLatency(setting.latencyMs),
    journal: noJournal,
  };
}

/** Applies an entry and resolves when it is on disk; only then may it be answered. */
export function commit(world: World, entry: Entry): Promise<void> {
  apply(world, entry);
  return world.journal.append(JSON.stringify(entry));
}

/** Appends an entry whose organisation changes are in memory already, because a batch applies them one by one. */
export function commitApplied(world: World, entry: Entry): Promise<void> {
  apply(world, { ...entry, changes: undefined });
  return world.journal.append(JSON.stringify(entry));
}

/** Applies one line of the journal at start. */
export function replay(world: World, line: string): void {
  const entry = entryRecord.parse(JSON.parse(line));
  apply(world, entry);
  if (entry.window !== undefined) world.gate.restore(entry.window);
}

/** Gives a sandbox that has none its first organisation. */
export async function ensureOrganisation(world: World): Promise<void> {
  if (world.organisations.size > 0) return;
  const atMs = world.clock.now();
  await commit(world, { atMs, organisation: newOrganisation(atMs) });
}

function apply(world: World, entry: Entry): void {
  if (entry.reset === true) reset(world);
  if (entry.organisation !== undefined) {
    world.organisations.set(entry.organisation.id, openOrganisation(entry.organisation));
  }
  for (const change of entry.identity ?? []) applyIdentityChange(world.identity, change, entry.atMs);
  const organisation = world.organisations.get(entry.tenant ?? '');
  if (organisation !== undefined) for (const change of entry.changes ?? []) applyChange(organisation, change);
  if (entry.reply !== undefined) world.replies.remember(entry.reply);
  if (entry.call !== undefined) world.tally.count(entry.call.name, entry.call.status);
}

/** Organisations, their charts, tokens and connections stay. */
function reset(world: World): void {
  for (const organisation of world.organisations.values()) emptyOrganisation(organisation);
  world.replies.clear();
  world.tally.clear();
  world.gate.clear();
}
