// Consent: a person is sent to Xero and comes back with a code, which becomes sealed tokens and a list of tenants to choose from.
import { randomBytes } from 'node:crypto';
import type { Failure } from '@stockbook/core';
import type { Db } from '@stockbook/db';
import { createChallenge, type Oauth, type Tenant, type Tokens } from '@stockbook/xero';
import { seal } from './seal.ts';

/** How Xero is reached, and what seals the tokens. */
export interface XeroAccess {
  oauth: Oauth;
  /** 32 bytes. */
  secret: Buffer;
  /** Where Xero sends the person back to; https, or http://localhost (XERO.md 1.1). */
  redirectUri: string;
}

/** Begins a consent: `state` works once, for ten minutes, and only for `actor`. */
export async function beginConsent(
  db: Db,
  organisation: string,
  actor: string,
  access: Pick<XeroAccess, 'oauth' | 'redirectUri'>,
): Promise<{ url: string; state: string }> {
  const state = randomBytes(32).toString('base64url');
  const { verifier, challenge } = createChallenge();
  await db.pool.query(`DELETE FROM consent WHERE expires_at < stockbook_now() - interval '1 day'`);
  await db.pool.query(
    `INSERT INTO consent (state, organisation_id, actor, verifier, expires_at)
     VALUES ($1, $2, $3, $4, stockbook_now() + interval '10 minutes')`,
    [state, organisation, actor, verifier],
  );
  return { url: access.oauth.authorizeUrl({ state, challenge, redirectUri: access.redirectUri }), state };
}

export type Exchanged =
  | { kind: 'choosing'; organisation: string; tenants: Tenant[] }
  | { kind: 'refused'; message: string }
  | { kind: 'failed'; failure: Failure };

/** Turns the code that came back into tokens, and stores them sealed with the tenants a person may choose from. */
export async function exchange(
  db: Db,
  answer: { code: string; state: string; actor: string },
  access: XeroAccess,
): Promise<Exchanged> {
  const consent = await takeConsent(db, answer.state, answer.actor);
  if (consent.kind === 'refused') return consent;
  const { oauth, redirectUri, secret } = access;
  const tokens = await oauth.exchangeCode({ code: answer.code, verifier: consent.verifier, redirectUri });
  if (tokens.kind === 'failed') return tokens;
  const tenants = await oauth.tenants(tokens.value.accessToken);
  if (tenants.kind === 'failed') return tenants;
  if (tenants.value.length === 0) {
    return {
      kind: 'refused',
      message: 'Xero gave access to no organisation: connect again and choose one on its page.',
    };
  }
  await storeConsent(db, consent.organisation, secret, tokens.value, tenants.value);
  return { kind: 'choosing', organisation: consent.organisation, tenants: tenants.value };
}

interface ConsentRow {
  organisation: string;
  actor: string;
  verifier: string;
  live: boolean;
}

/** A used consent stays for a while, without its verifier, so that it can be told from an unknown one. */
async function takeConsent(
  db: Db,
  state: string,
  actor: string,
): Promise<{ kind: 'taken'; organisation: string; verifier: string } | { kind: 'refused'; message: string }> {
  const { rows } = await db.pool.query<ConsentRow>(
    `SELECT organisation_id AS organisation, actor, verifier, expires_at > stockbook_now() AS live FROM consent WHERE state = $1`,
    [state],
  );
  const [row] = rows;
  if (row === undefined) return refused('is not known here');
  if (row.actor !== actor) return refused('was begun by somebody else');
  if (row.verifier === '') return refused('was used already');
  if (!row.live) return refused('took longer than ten minutes');
  const taken = await db.pool.query(`UPDATE consent SET verifier = '' WHERE state = $1 AND verifier <> ''`, [
    state,
  ]);
  if (taken.rowCount === 0) return refused('was used already');
  return { kind: 'taken', organisation: row.organisation, verifier: row.verifier };
}

function refused(why: string): { kind: 'refused'; message: string } {
  return { kind: 'refused', message: `This consent ${why}: press Connect again.` };
}

async function storeConsent(
  db: Db,
  organisation: string,
  secret: Buffer,
  tokens: Tokens,
  tenants: Tenant[],
): Promise<void> {
  await db.write(organisation, async (tx) => {
    await tx.sql.execute(
      `INSERT INTO connection (organisation_id, state, scopes, access_token, refresh_token, token_expires_at, token_version, tenants)
       VALUES ($1::uuid, 'choosing', $2, $3, $4, stockbook_now() + $5::float8 * interval '1 millisecond', 1, $6)
       ON CONFLICT (organisation_id) DO UPDATE SET state = 'choosing', problem = NULL, scopes = excluded.scopes,
         access_token = excluded.access_token, refresh_token = excluded.refresh_token,
         token_expires_at = excluded.token_expires_at, token_version = connection.token_version + 1,
         refreshing_until = NULL, tenants = excluded.tenants`,
      organisation,
      tokens.scopes,
      seal(secret, organisation, tokens.accessToken),
      seal(secret, organisation, tokens.refreshToken),
      tokens.expiresInMs,
      JSON.stringify(tenants),
    );
    tx.topics.set('connection', undefined);
  });
}
