// How many organisations an app may be connected to, and how many uncertified apps an organisation takes (XERO.md 1.6).
import { option } from '../options.ts';
import type { World } from '../world.ts';
import type { App } from './app.ts';
import { findConnection } from './grant.ts';
import { isUncertified, tierOf } from './tier.ts';

/** Why this app cannot be connected to these organisations as well; undefined where it can. Xero's words are not known. */
export function capFault(world: World, app: App, tenants: readonly string[]): string | undefined {
  const fresh = [...new Set(tenants)].filter(
    (one) => findConnection(world.identity, app.id, one) === undefined,
  );
  if (fresh.length === 0) return undefined;
  const all = [...world.identity.connections.values()];
  const count = all.filter((one) => one.client === app.id).length + fresh.length;
  const { connectionsMax } = tierOf(app);
  if (connectionsMax !== undefined && count > connectionsMax)
    return `The app ${app.id} is of tier ${app.tier}, which allows ${connectionsMax} connections.`;
  if (!isUncertified(app)) return undefined;
  if (option(world, 'uncertified-cap') === '25-organisations')
    return count > organisationsMax
      ? `The app ${app.id} is not certified and may be connected to ${organisationsMax} organisations.`
      : undefined;
  const full = fresh.find((tenant) => uncertifiedOf(world, tenant) >= appsMax);
  if (full === undefined) return undefined;
  const name = world.organisations.get(full)?.record.name ?? full;
  return `The organisation ${name} is connected to ${appsMax} uncertified apps, as many as it may be.`;
}

const appsMax = 2;
const organisationsMax = 25;

/** How many uncertified apps the organisation is connected to. */
function uncertifiedOf(world: World, tenant: string): number {
  const { apps, connections } = world.identity;
  return [...connections.values()].filter((one) => {
    const app = apps.get(one.client);
    return one.tenant === tenant && app !== undefined && isUncertified(app);
  }).length;
}
