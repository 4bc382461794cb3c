// Faults that change who may call: a token that expires, a refresh token that is revoked, a connection that ends.
import type { IdentityChange } from '../identity/grant.ts';
import { commit, type World } from '../world.ts';

/** Lets access tokens expire at this instant: one, or all. */
export async function expireTokens(world: World, token?: string): Promise<number> {
  const atMs = world.clock.now();
  const living = [...world.identity.accesses.values()].filter(({ expiresMs }) => expiresMs > atMs);
  const some = token === undefined ? living : living.filter((one) => one.token === token);
  return change(
    world,
    some.map((record) => ({ kind: 'access', record: { ...record, expiresMs: atMs } })),
  );
}

/** Ends refresh tokens: all of them, as when a person takes back consent; connections stay listed. */
export async function revokeRefreshes(world: World): Promise<number> {
  const tokens = [...world.identity.refreshes.keys()];
  return change(
    world,
    tokens.map((token) => ({ kind: 'refresh-gone', token })),
  );
}

/** Ends the connections of one organisation, or of all. */
export async function disconnect(world: World, tenant?: string): Promise<number> {
  const all = [...world.identity.connections.values()];
  const some = tenant === undefined ? all : all.filter((one) => one.tenant === tenant.toLowerCase());
  return change(
    world,
    some.map(({ id }) => ({ kind: 'connection-gone', id })),
  );
}

async function change(world: World, identity: IdentityChange[]): Promise<number> {
  if (identity.length > 0) await commit(world, { atMs: world.clock.now(), identity });
  return identity.length;
}
