// Fills the resolvers' context for a viewer.
import type { Db } from '@stockbook/db';
import type { XeroAccess } from '@stockbook/sync';
import type { Context, Events, People, Viewer, Writes } from '@stockbook/sync/graphql';
import { isAPIError } from 'better-auth/api';
import { type Auth, passwordLengthMin } from './auth.ts';

export interface ContextOptions {
  db: Db;
  events: Events;
  writes: Writes;
  auth: Auth;
  xero: XeroAccess;
}

export function createContextOf({ db, events, writes, auth, xero }: ContextOptions) {
  return (viewer: Viewer, headers: Headers): Context => ({
    db,
    events,
    writes,
    viewer,
    people: createPeople(db, auth, headers),
    xero,
    organisation: viewer.organisation.id,
    actor: viewer.kind === 'key' ? `API key “${viewer.name}”` : viewer.name,
  });
}

function createPeople(db: Db, auth: Auth, headers: Headers): People {
  return {
    async hasPassword(personId) {
      const where = { userId: personId, password: { not: null } };
      return (await db.prisma.account.findFirst({ where, select: { id: true } })) !== null;
    },
    async setPassword(password) {
      try {
        await auth.api.setPassword({ body: { newPassword: password }, headers });
        return { kind: 'set' };
      } catch (error) {
        if (!isAPIError(error)) throw error;
        if (error.body?.code === 'PASSWORD_ALREADY_SET') return { kind: 'exists' };
        const message = `A password has from ${passwordLengthMin} to 128 characters.`;
        return { kind: 'refused', message };
      }
    },
  };
}
