// Which changes of an organisation are told by webhook, and how (XERO.md 9): there is nothing for items or payments.
import { createHash } from 'node:crypto';
import type { AppSubscription } from '../identity/app.ts';
import type { Organisation } from '../organisation.ts';
import type { OrganisationChange } from '../organisation-change.ts';
import type { Subscriptions, WebhookChange, WebhookEvent } from './subscription.ts';

type Told = Pick<WebhookEvent, 'category' | 'id' | 'path' | 'data'>;

/** Changes that made a record; all others changed one. */
const creations = new WeakSet<OrganisationChange>();

/** To be called before a change is carried out, where there are subscriptions. */
export function noteCreation(organisation: Organisation, change: OrganisationChange): void {
  const told = toldOf(change);
  if (told !== undefined && storeOf(organisation, change.kind)?.get(told.id) === undefined)
    creations.add(change);
}

/** The events that these changes are to the apps that are connected; each record is told once. */
export function eventChanges(
  all: Subscriptions,
  isConnected: (client: string) => boolean,
  tenant: string,
  changes: readonly OrganisationChange[],
  atMs: number,
): WebhookChange[] {
  const active = [...all.values()].filter(
    ({ record }) => record.status !== 'pending' && isConnected(record.client),
  );
  if (active.length === 0) return [];
  const told = new Map<string, Told & Pick<WebhookEvent, 'type'>>();
  for (const change of changes) {
    const one = toldOf(change);
    if (one === undefined) continue;
    const isNew = creations.has(change) || told.get(one.id)?.type === 'CREATE';
    told.set(one.id, { ...one, type: isNew ? 'CREATE' : 'UPDATE' });
  }
  return active.flatMap(({ record }): WebhookChange[] => {
    const wanted = [...told.values()].filter((one) => record.categories.includes(one.category));
    const events = wanted.map((one, index) => ({
      ...one,
      sequence: record.lastSequence + index + 1,
      atMs,
      tenant,
      tenantType: 'ORGANISATION' as const,
    }));
    return events.length === 0 ? [] : [{ kind: 'events', client: record.client, events }];
  });
}

/** The events that a change of what is bought for an app is to that app: its tenant is the application. */
export function subscriptionEvents(
  all: Subscriptions,
  { id, client }: AppSubscription,
  isNew: boolean,
  atMs: number,
): WebhookChange[] {
  const record = all.get(client)?.record;
  if (record === undefined || record.status === 'pending' || !record.categories.includes('SUBSCRIPTION'))
    return [];
  const event: WebhookEvent = {
    ...{ category: 'SUBSCRIPTION', type: isNew ? 'CREATE' : 'UPDATE', id, path: 'subscriptions' },
    ...{ sequence: record.lastSequence + 1, atMs },
    ...{ tenant: applicationId(client), tenantType: 'APPLICATION' },
  };
  return [{ kind: 'events', client, events: [event] }];
}

/** The id by which webhooks name an app: always the same for a client id. */
export function applicationId(client: string): string {
  const hex = createHash('sha256').update(client).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

function toldOf(change: OrganisationChange): Told | undefined {
  switch (change.kind) {
    case 'contact':
      return { category: 'CONTACT', id: change.record.id, path: 'Contacts' };
    case 'invoice':
      return { category: 'INVOICE', id: change.record.id, path: 'Invoices' };
    case 'credit-note': {
      const { id, type, status } = change.record;
      return { category: 'CREDITNOTE', id, path: 'CreditNotes', data: { Type: type, Status: status } };
    }
    case 'prepayment':
      return { category: 'PREPAYMENT', id: change.record.id, path: 'Prepayments' };
    case 'overpayment':
      return { category: 'OVERPAYMENT', id: change.record.id, path: 'Overpayments' };
    default:
      return undefined;
  }
}

function storeOf(
  organisation: Organisation,
  kind: OrganisationChange['kind'],
): { get(id: string): unknown } | undefined {
  switch (kind) {
    case 'contact':
      return organisation.contacts;
    case 'invoice':
      return organisation.invoices;
    case 'credit-note':
      return organisation.creditNotes;
    case 'prepayment':
      return organisation.prepayments;
    case 'overpayment':
      return organisation.overpayments;
    default:
      return undefined;
  }
}
