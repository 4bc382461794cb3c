// What the limits of a caller are beside the general ones: by the tiers of app and organisation, and Rapid Sync (XERO.md 1.6).
import type { Caps } from '../limits.ts';
import type { Organisation } from '../organisation.ts';
import { findConnection, type Identity } from './grant.ts';
import { tierOf } from './tier.ts';

type Known = { readonly identity: Identity; readonly organisations: ReadonlyMap<string, Organisation> };

const starterDay = 1_000;
const rapidMs = 30 * 60_000;

export function callerCaps(known: Known, client: string, tenant: string, nowMs: number): Caps {
  const app = known.identity.apps.get(client);
  const tier = app === undefined ? undefined : tierOf(app);
  const isSmall = known.organisations.get(tenant)?.record.tier === 'starter';
  const day = isSmall ? starterDay : tier?.callsPerDay;
  if (tier?.hasRapidSync !== true) return { day, isLifted: false };
  const sinceMs = findConnection(known.identity, client, tenant)?.createdMs;
  return { day, isLifted: sinceMs !== undefined && nowMs - sinceMs < rapidMs };
}
