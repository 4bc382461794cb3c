// The entries that make a world again as it is now, without what the journal holds of the past.
import { identityChange } from './identity/grant.ts';
import { type Entry, toText } from './journal-entry.ts';
import type { Organisation } from './organisation.ts';
import {
  documentKinds,
  documentsOf,
  type OrganisationChange,
  organisationChange,
} from './organisation-change.ts';
import { organisationRecord } from './organisation-record.ts';
import { readBody } from './replies.ts';
import { subscriptionChanges, webhookChange } from './webhook/subscription.ts';
import type { World } from './world.ts';

/** The lines of a journal without a past; the members of a record stand in one order, whoever wrote them first. */
export function* snapshotLines(world: World): Generator<string> {
  for (const entry of snapshotEntries(world)) yield toText(entry);
}

function* snapshotEntries(world: World): Generator<Entry> {
  const atMs = world.clock.now();
  for (const organisation of world.organisations.values()) {
    const settings = {
      accounts: [...organisation.accounts.ordered()],
      taxRates: [...organisation.taxRates.values()],
      currencies: [...organisation.currencies],
      tracking: [...organisation.tracking.ordered()],
    };
    yield { atMs, organisation: organisationRecord.parse({ ...organisation.record, ...settings }) };
    for (const changes of inChunks(changesOf(organisation)))
      yield {
        atMs,
        tenant: organisation.record.id,
        changes: changes.map((one) => organisationChange.parse(one)),
      };
  }
  const { apps, codes, accesses, refreshes, connections, consents, appSubscriptions, signingKey } =
    world.identity;
  const identity = [
    ...(signingKey === '' ? [] : [{ kind: 'signing-key' as const, pem: signingKey }]),
    ...[...apps.values()].map((record) => ({ kind: 'app' as const, record })),
    ...[...connections.values()].map((record) => ({ kind: 'connection' as const, record })),
    ...[...consents].map(([client, scopes]) => ({ kind: 'consent' as const, client, scopes: [...scopes] })),
    ...[...appSubscriptions.values()].map((record) => ({ kind: 'app-subscription' as const, record })),
    ...[...codes.values()].map((record) => ({ kind: 'code' as const, record })),
    ...[...accesses.values()].map((record) => ({ kind: 'access' as const, record })),
    ...[...refreshes.values()].map((record) => ({ kind: 'refresh' as const, record })),
  ];
  yield { atMs, identity: identity.map((one) => identityChange.parse(one)) };
  const webhook = subscriptionChanges(world.subscriptions);
  if (webhook.length > 0) yield { atMs, webhook: webhook.map((one) => webhookChange.parse(one)) };
  for (const reply of world.replies.fresh(atMs)) {
    yield { atMs, reply: { ...reply, body: readBody(world.journal, reply) } };
  }
  for (const window of world.gate.windows()) yield { atMs, window };
  for (const [name, byStatus] of Object.entries(world.tally.calls())) {
    for (const [status, times] of Object.entries(byStatus))
      yield { atMs, call: { name, status: Number(status), times } };
  }
}

const chunkMax = 100;

function* changesOf(organisation: Organisation): Generator<OrganisationChange> {
  for (const record of organisation.contacts.ordered()) yield { kind: 'contact', record };
  for (const record of organisation.contactGroups.ordered()) yield { kind: 'contact-group', record };
  for (const record of organisation.items.ordered()) yield { kind: 'item', record };
  for (const kind of documentKinds) {
    for (const record of documentsOf(organisation, kind).ordered()) yield { kind, record };
  }
  for (const record of organisation.bankTransfers.ordered()) yield { kind: 'bank-transfer', record };
  for (const record of organisation.payments.ordered()) yield { kind: 'payment', record };
  for (const record of organisation.batches.ordered()) yield { kind: 'batch', record };
  for (const record of organisation.allocations.ordered()) yield { kind: 'allocation', record };
  for (const record of organisation.manualJournals.ordered()) yield { kind: 'manual-journal', record };
  for (const record of organisation.attachments.ordered()) yield { kind: 'attachment', record };
  for (const record of organisation.history.ordered()) yield { kind: 'history', record };
  for (const record of organisation.employees.ordered()) yield { kind: 'employee', record };
  const { booked } = organisation.journalBook;
  for (let from = 0; from < booked.length; from += bookedMax)
    yield { kind: 'booked', journals: booked.slice(from, from + bookedMax), isFirst: from === 0 };
  for (const record of organisation.quotas.values()) yield { kind: 'quota', record };
}

const bookedMax = 1_000;

function* inChunks(changes: Iterable<OrganisationChange>): Generator<OrganisationChange[]> {
  let chunk: OrganisationChange[] = [];
  for (const change of changes) {
    chunk.push(change);
    if (chunk.length < chunkMax) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
