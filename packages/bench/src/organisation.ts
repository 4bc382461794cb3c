// An organisation for the bench: connected to the sandbox as a person would connect it, with an engine that carries its runs.
import { randomBytes } from 'node:crypto';
import { createId, type Db } from '@stockbook/db';
import {
  beginConsent,
  chooseTenant,
  connectionApi,
  createEngine,
  type Engine,
  type Entity,
  exchange,
  finishConnection,
  openRun,
  pauseConnection,
} from '@stockbook/sync';
import { entities } from '@stockbook/sync/entities';
import { createChallenge, type Oauth, type XeroApi } from '@stockbook/xero';

const actor = 'bench';
/** Seals the tokens of this bench's connections. */
export const tokenSecret = randomBytes(32);
const access = { secret: tokenSecret, redirectUri: 'http://localhost:4000/xero/callback' };

/** Makes a new organisation and connects it to the sandbox's only tenant; answers its id. */
export async function connectOrganisation(db: Db, oauth: Oauth): Promise<string> {
  const organisation = createId();
  await db.prisma.organization.create({ data: { id: organisation, name: 'Bench', slug: organisation } });
  const { url, state } = await beginConsent(db, organisation, actor, { ...access, oauth });
  const exchanged = await exchange(db, { code: await consent(url), state, actor }, { ...access, oauth });
  const tenant = exchanged.kind === 'choosing' ? exchanged.tenants[0] : undefined;
  if (tenant === undefined) throw new Error(`No tenant: ${JSON.stringify(exchanged)}`);
  const chosen = await chooseTenant(db, organisation, actor, tenant.tenantId, { ...access, oauth }, entities);
  if (chosen.kind !== 'chosen') throw new Error(`No tenant chosen: ${JSON.stringify(chosen)}`);
  const finished = await finishConnection(db, organisation, actor);
  if (finished.kind !== 'connected') throw new Error(`Not connected: ${JSON.stringify(finished)}`);
  return organisation;
}

/** Nothing goes for it any more, and nothing of it is in the tenant: for one whose sandbox is reset, which forgets it, too. */
export async function forgetOrganisation(db: Db, organisation: string): Promise<void> {
  await db.pool.query(`UPDATE connection SET state = 'none', tenant_id = NULL WHERE organisation_id = $1`, [
    organisation,
  ]);
}

/** An access token for whoever calls the sandbox without Stockbook. */
export async function takeToken(oauth: Oauth): Promise<string> {
  const { verifier, challenge } = createChallenge();
  const { redirectUri } = access;
  const code = await consent(oauth.authorizeUrl({ state: 'bench', challenge, redirectUri }));
  const granted = await oauth.exchangeCode({ code, verifier, redirectUri });
  if (granted.kind !== 'granted') throw new Error(`No token: ${JSON.stringify(granted)}`);
  return granted.value.accessToken;
}

/** Consents at the sandbox as a person would, without a browser. */
async function consent(url: string): Promise<string> {
  const back = await fetch(`${url}&sandbox_consent=all`, { redirect: 'manual' });
  return new URL(back.headers.get('location') ?? '').searchParams.get('code') ?? '';
}

/** The worker's engine for one organisation; `through` may listen to what it says to Xero, `kinds` are all it sends. */
export function createBenchEngine(
  db: Db,
  organisation: string,
  oauth: Oauth,
  through: (api: XeroApi) => XeroApi = (api) => api,
  kinds: readonly Entity[] = entities,
): Engine {
  return createEngine({
    db,
    entities: kinds,
    owner: actor,
    pause: (paused, problem, seen) => pauseConnection(db, paused, problem, seen),
    log: { info: () => undefined, error: (fields, text) => console.error(text, fields) },
    xero: async () => {
      const ready = await connectionApi(db, organisation, oauth, access.secret);
      return ready.kind === 'ready' ? { kind: 'ready', api: through(ready.api) } : ready;
    },
  });
}

/** Opens a run and carries it as far as it goes; answers its id. */
export async function sync(db: Db, organisation: string, engine: Engine): Promise<string> {
  const opened = await openRun(db, organisation, { kind: 'manual', startedBy: actor });
  if (opened.kind !== 'opened') throw new Error(`No run was opened: ${JSON.stringify(opened)}`);
  await engine.look();
  return opened.runId;
}

/** Records that a run brought to Xero. */
export async function countSent(db: Db, organisation: string, runId: string): Promise<number> {
  const { rows } = await db.pool.query<{ sent: number }>(
    'SELECT coalesce(sum(sent), 0)::int AS sent FROM run_total WHERE organisation_id = $1 AND run_id = $2',
    [organisation, runId],
  );
  return rows[0]?.sent ?? 0;
}
