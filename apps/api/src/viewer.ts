// Who asks: an API key or a session's cookie, and the organisation they name.
import type { Db } from '@stockbook/db';
import type { Organisation, Viewer } from '@stockbook/sync/graphql';
import { findKey } from './api-key.ts';
import type { Auth } from './auth.ts';

/** A credential that holds, before an organisation is chosen. */
export interface Identity {
  kind: 'person' | 'key';
  id: string;
  personId: string;
  name: string;
  email: string | null;
  memberships: { organisation: Organisation; role: string }[];
  /** The session, for a person: its end closes the sockets. */
  sessionId: string | undefined;
  /** Cookies that were renewed by the look. */
  cookies: string[];
}

export type ViewerOutcome =
  | { kind: 'known'; viewer: Viewer; identity: Identity }
  | { kind: 'unknown' }
  | { kind: 'refused'; message: string; organisations: Organisation[] };

export type Identify = (headers: Headers) => Promise<Identity | undefined>;

/** Where a key is given the cookie is ignored. */
export function createIdentify(db: Db, auth: Auth): Identify {
  return async (headers) => {
    const key = keyOf(headers);
    if (key !== undefined) return identifyKey(db, key);
    return headers.has('cookie') ? identifySession(db, auth, headers) : undefined;
  };
}

function keyOf(headers: Headers): string | undefined {
  const bearer = /^Bearer +(.*)$/i.exec(headers.get('authorization') ?? '')?.[1];
  return headers.get('x-api-key') ?? bearer ?? (headers.has('authorization') ? '' : undefined);
}

async function identifyKey(db: Db, text: string): Promise<Identity | undefined> {
  const key = await findKey(db, text.trim());
  if (!key) return undefined;
  return {
    kind: 'key',
    id: key.id,
    personId: key.personId,
    name: key.name,
    email: null,
    memberships: [{ organisation: key.organisation, role: key.role }],
    sessionId: undefined,
    cookies: [],
  };
}

async function identifySession(db: Db, auth: Auth, headers: Headers): Promise<Identity | undefined> {
  const look = (query: { disableRefresh?: boolean }) =>
    auth.api.getSession({ headers, query, returnHeaders: true });
  // A session that is to be renewed and cannot be, where the database keeps nothing just now, holds all the same.
  const { response, headers: sent } = await look({}).catch(() => look({ disableRefresh: true }));
  if (!response) return undefined;
  const members = await db.prisma.member.findMany({
    where: { userId: response.user.id },
    include: { organization: true },
    orderBy: { createdAt: 'asc' },
  });
  return {
    kind: 'person',
    id: response.user.id,
    personId: response.user.id,
    name: response.user.name,
    email: response.user.email,
    memberships: members.map(({ organization: { id, name }, role }) => ({
      organisation: { id, name },
      role,
    })),
    sessionId: response.session.id,
    cookies: sent.getSetCookie(),
  };
}

/** The organisation is named, or is the only one there is. Others are refused alike, whether they exist or not. */
export function chooseOrganisation(identity: Identity, named: string | null | undefined): ViewerOutcome {
  const { memberships } = identity;
  const organisations = memberships.map(({ organisation }) => organisation);
  const [only] = memberships;
  const chosen = named
    ? memberships.find(({ organisation }) => organisation.id === named)
    : memberships.length === 1
      ? only
      : undefined;
  if (!chosen) {
    const message = named
      ? 'You are no member of the organisation named by x-organisation.'
      : 'Name the organisation by the header x-organisation: you belong to none or to several.';
    return { kind: 'refused', message, organisations };
  }
  const { kind, id, personId, name, email } = identity;
  const { organisation, role } = chosen;
  return {
    kind: 'known',
    identity,
    viewer: { kind, id, personId, name, email, role, organisation, organisations },
  };
}

export type ViewerOf = (headers: Headers) => Promise<ViewerOutcome>;

export function createViewerOf(identify: Identify): ViewerOf {
  return async (headers) => {
    const identity = await identify(headers);
    return identity ? chooseOrganisation(identity, headers.get('x-organisation')) : { kind: 'unknown' };
  };
}
