// The access token of a connection: refreshed in time, by one process at once, and saved before it is used.
import { setTimeout as wait } from 'node:timers/promises';
import type { Failure } from '@stockbook/core';
import type { Db } from '@stockbook/db';
import type { AccessToken, Oauth, Tokens } from '@stockbook/xero';
import { pauseConnection } from './pause.ts';
import { seal, unseal } from './seal.ts';
import { around, noStep, type Stepping } from './step.ts';

export interface TokenSource {
  /** A token that is good for a while. */
  token(): Promise<AccessToken>;
  /** After a 401: another token than the last one. */
  renew(): Promise<AccessToken>;
}

/** A token with less than this left is refreshed first. */
const marginMs = 120_000;
/** With more than this left it may still be used while it cannot be refreshed. */
const graceMs = 10_000;
/** A refresh that takes longer is thought lost; Xero takes the old token for 30 minutes more (XERO.md 1.2). */
const refreshLimitMs = 60_000;
const lookMs = 100;
/** Longer than a refresh that is thought lost. */
const looksMax = 700;

export function createTokenSource(
  db: Db,
  organisation: string,
  access: { oauth: Oauth; secret: Buffer; step?: Stepping; wait?: Source['wait']; leaseToken?: bigint },
): TokenSource {
  const it: Source = { db, organisation, step: noStep, wait, ...access, last: -1, spoilt: -1 };
  return {
    token: () => takeToken(it),
    renew: () => {
      it.spoilt = it.last;
      return takeToken(it);
    },
  };
}

interface Source {
  db: Db;
  organisation: string;
  oauth: Oauth;
  secret: Buffer;
  step: Stepping;
  wait(delayMs: number): Promise<unknown>;
  /** Tokens are for the holder of this lease alone: the last question before a call goes. */
  leaseToken?: bigint;
  /** The version that was given last, and one that Xero refused. */
  last: number;
  spoilt: number;
}

async function takeToken(it: Source): Promise<AccessToken> {
  const { db, organisation } = it;
  for (let look = 0; look < looksMax; look += 1) {
    const held = await readTokens(db, organisation, it.leaseToken);
    if (held === undefined) {
      const message = await readProblem(db, organisation);
      return failed({ kind: 'unauthorised', status: null, message });
    }
    if (!held.leased) return failed({ kind: 'unreachable', message: leaseIsLost });
    const isGood = held.version !== it.spoilt;
    if (isGood && held.leftMs > marginMs) return open(it, held);
    if (await takeRefresh(db, organisation, held.version)) {
      const fresh = await refresh(it, held);
      if (fresh !== 'again') return fresh;
    } else if (isGood && held.leftMs > graceMs) return open(it, held);
    else await it.wait(lookMs);
  }
  return failed({
    kind: 'unreachable',
    message: 'Another process takes too long to refresh the permission for Xero.',
  });
}

async function open(it: Source, held: Held): Promise<AccessToken> {
  const opened = unseal(it.secret, it.organisation, held.accessToken);
  if (opened === undefined) return lose(it, held, unreadable);
  it.last = held.version;
  return { kind: 'token', token: opened };
}

/** Holds the right to refresh. 'again': somebody stored other tokens meanwhile, which count. */
async function refresh(it: Source, held: Held): Promise<AccessToken | 'again'> {
  const { db, organisation } = it;
  const old = unseal(it.secret, organisation, held.refreshToken);
  if (old === undefined) return lose(it, held, unreadable);
  const answer = await around(it.step, 'refresh', undefined, () => it.oauth.refresh(old));
  if (answer.kind === 'granted') {
    const saved = await around(it.step, 'token', undefined, () =>
      saveTokens(db, organisation, it.secret, held.version, answer.value),
    );
    if (!saved) return 'again';
    it.last = held.version + 1;
    return { kind: 'token', token: answer.value.accessToken };
  }
  if (answer.failure.kind === 'unauthorised') return lose(it, held, answer.failure.message);
  await giveUpRefresh(db, organisation, held.version);
  if (held.version !== it.spoilt && held.leftMs > graceMs) return open(it, held);
  return failed(unsent(answer.failure));
}

/** The permission is gone, unless it was replaced meanwhile. */
async function lose(it: Source, held: Held, message: string): Promise<AccessToken> {
  await pauseConnection(it.db, it.organisation, message, { version: held.version });
  return failed({ kind: 'unauthorised', status: null, message });
}

const leaseIsLost = 'The lease was lost: another worker carries on.';
const notConnected = 'No Xero organisation is connected: connect one first.';
const unreadable = 'The stored permission cannot be read with this TOKEN_SECRET: connect again.';

function failed(failure: Failure): AccessToken {
  return { kind: 'failed', failure };
}

/** Whatever became of a refresh, the call that needed the token was not sent. */
function unsent(failure: Failure): Failure {
  if (failure.kind === 'rate-limited') return failure;
  return { kind: 'unreachable', message: `Xero gave no new access token: ${failure.message}` };
}

interface Held {
  accessToken: string;
  refreshToken: string;
  leftMs: number;
  version: number;
  leased: boolean;
}

async function readTokens(
  db: Db,
  organisation: string,
  leaseToken: bigint | undefined,
): Promise<Held | undefined> {
  const { rows } = await db.pool.query<Held>(
    `SELECT access_token AS "accessToken", refresh_token AS "refreshToken", token_version AS version,
            (extract(epoch FROM token_expires_at - stockbook_now()) * 1000)::float8 AS "leftMs",
            ($2::bigint IS NULL OR coalesce(lease_token = $2 AND lease_until >= stockbook_now(), false)) AS leased
       FROM connection
      WHERE organisation_id = $1 AND state IN ('choosing', 'connected') AND access_token IS NOT NULL AND refresh_token IS NOT NULL`,
    [organisation, leaseToken ?? null],
  );
  return rows[0];
}

/** Why there are no tokens: as it was written when the connection was paused, by whoever was told first. */
async function readProblem(db: Db, organisation: string): Promise<string> {
  const { rows } = await db.pool.query<{ problem: string | null }>(
    `SELECT problem FROM connection WHERE organisation_id = $1`,
    [organisation],
  );
  return rows[0]?.problem ?? notConnected;
}

/** The right to refresh this version of the tokens; it lapses by itself. */
async function takeRefresh(db: Db, organisation: string, version: number): Promise<boolean> {
  const taken = await db.pool.query(
    `UPDATE connection SET refreshing_until = stockbook_now() + $3::float8 * interval '1 millisecond'
      WHERE organisation_id = $1 AND token_version = $2 AND (refreshing_until IS NULL OR refreshing_until < stockbook_now())`,
    [organisation, version, refreshLimitMs],
  );
  return taken.rowCount === 1;
}

async function giveUpRefresh(db: Db, organisation: string, version: number): Promise<void> {
  await db.pool.query(
    `UPDATE connection SET refreshing_until = NULL WHERE organisation_id = $1 AND token_version = $2`,
    [organisation, version],
  );
}

/** False when the tokens are no longer those of `version`. */
async function saveTokens(
  db: Db,
  organisation: string,
  secret: Buffer,
  version: number,
  tokens: Tokens,
): Promise<boolean> {
  const saved = await db.pool.query(
    `UPDATE connection SET access_token = $3, refresh_token = $4, refreshing_until = NULL, token_version = token_version + 1,
            token_expires_at = stockbook_now() + $5::float8 * interval '1 millisecond'
      WHERE organisation_id = $1 AND token_version = $2`,
    [
      organisation,
      version,
      seal(secret, organisation, tokens.accessToken),
      seal(secret, organisation, tokens.refreshToken),
      tokens.expiresInMs,
    ],
  );
  return saved.rowCount === 1;
}
