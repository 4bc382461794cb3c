// GET /connections and DELETE /connections/{id}: the organisations a token may act for (XERO.md 1.1).
import { problem, type Reply } from '../reply.ts';
import { commit, type World } from '../world.ts';
import type { Access, Connection } from './grant.ts';

/** A bare array, as Xero answers; `authEventId` keeps those of one consent. */
export function listConnections(
  world: World,
  authorization: string | undefined,
  authEventId: string | null,
): Reply {
  const access = accessOf(world, authorization);
  if (access === undefined) return problem(401, 'AuthenticationUnsuccessful');
  const connections = [...world.identity.connections.values()]
    .filter((connection) => connection.client === access.client)
    .filter((connection) => authEventId === null || connection.authEvent === authEventId);
  const body = JSON.stringify(connections.map((connection) => view(world, connection)));
  return { status: 200, body, contentType: 'application/json; charset=utf-8' };
}

export async function endConnection(
  world: World,
  authorization: string | undefined,
  id: string,
): Promise<Reply> {
  const access = accessOf(world, authorization);
  if (access === undefined) return problem(401, 'AuthenticationUnsuccessful');
  const connection = world.identity.connections.get(id.toLowerCase());
  if (connection === undefined || connection.client !== access.client) {
    return { status: 404, body: '', contentType: 'text/plain' };
  }
  await commit(world, {
    atMs: world.clock.now(),
    identity: [{ kind: 'connection-gone', id: connection.id }],
  });
  return { status: 204, body: '', contentType: 'text/plain' };
}

function accessOf(world: World, authorization: string | undefined): Access | undefined {
  const token = /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1] ?? '';
  const access = world.identity.accesses.get(token);
  return access !== undefined && access.expiresMs > world.clock.now() ? access : undefined;
}

function view(world: World, connection: Connection): Record<string, string> {
  return {
    id: connection.id,
    authEventId: connection.authEvent,
    tenantId: connection.tenant,
    tenantType: 'ORGANISATION',
    tenantName: world.organisations.get(connection.tenant)?.record.name ?? '',
    createdDateUtc: instant(connection.createdMs),
    updatedDateUtc: instant(connection.updatedMs),
  };
}

/** Seven digits of a second and no `Z`, as Xero writes these two. */
function instant(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '0000');
}
