// Consent at Xero: the address to send a person to, and the tokens and tenants that come of it (XERO.md 1).
import { createHash, randomBytes } from 'node:crypto';
import type { Failure } from '@stockbook/core';
import { type Endpoints, endpointsOf } from './endpoints.ts';
import { exchangeCode, readTenants, refreshTokens, revokeTokens } from './tokens.ts';

export interface OauthOptions {
  clientId: string;
  clientSecret: string;
  /** A sandbox's address; without it the real Xero. */
  sandboxUrl?: string;
  /** How long a call to the identity server may take. */
  timeoutMs?: number;
}

export interface Tokens {
  accessToken: string;
  refreshToken: string;
  /** From now on, by Xero's word. */
  expiresInMs: number;
  /** What was granted, in words separated by spaces. */
  scopes: string;
}

/** A Xero organisation that was consented to. */
export interface Tenant {
  /** Of the connection, not of the tenant: what a disconnect names. */
  connectionId: string;
  tenantId: string;
  name: string;
}

export type Granted<T> = { kind: 'granted'; value: T } | { kind: 'failed'; failure: Failure };

export interface Oauth {
  apiUrl: string;
  sandboxUrl: string | undefined;
  /** Where a person consents; `challenge` is that of a PKCE verifier. */
  authorizeUrl(ask: { state: string; challenge: string; redirectUri: string }): string;
  /** A code works once and for five minutes. */
  exchangeCode(answer: { code: string; verifier: string; redirectUri: string }): Promise<Granted<Tokens>>;
  /** Every refresh gives a new refresh token; `unauthorised` when the old one is dead. */
  refresh(refreshToken: string): Promise<Granted<Tokens>>;
  tenants(accessToken: string): Promise<Granted<Tenant[]>>;
  /** Ends the consent and all its connections. */
  revoke(refreshToken: string): Promise<Granted<undefined>>;
}

const timeoutMsDefault = 30_000;

export function createOauth(options: OauthOptions): Oauth {
  const endpoints = endpointsOf(options.sandboxUrl);
  const client = { ...options, endpoints, timeoutMs: options.timeoutMs ?? timeoutMsDefault };
  return {
    apiUrl: endpoints.apiUrl,
    sandboxUrl: options.sandboxUrl,
    authorizeUrl: (ask) => authorizeUrl(endpoints, options.clientId, ask),
    exchangeCode: (answer) => exchangeCode(client, answer),
    refresh: (refreshToken) => refreshTokens(client, refreshToken),
    tenants: (accessToken) => readTenants(client, accessToken),
    revoke: (refreshToken) => revokeTokens(client, refreshToken),
  };
}

/** Who asks, and where. */
export interface OauthClient {
  clientId: string;
  clientSecret: string;
  endpoints: Endpoints;
  timeoutMs: number;
}

/** What is asked for, and what each is for: shown on the connection page (XERO.md 1.3). */
export const scopes: readonly { scope: string; purpose: string }[] = [
  { scope: 'openid', purpose: 'know who connected' },
  { scope: 'profile', purpose: 'show the name of who connected' },
  { scope: 'email', purpose: 'show the address of who connected' },
  { scope: 'offline_access', purpose: 'go on syncing while nobody is signed in' },
  { scope: 'accounting.invoices', purpose: 'send items, invoices, credit notes and purchase orders' },
  { scope: 'accounting.payments', purpose: 'send and read payments' },
  { scope: 'accounting.contacts', purpose: 'send and read customers and suppliers' },
  { scope: 'accounting.settings.read', purpose: 'read the organisation, its accounts and its tax rates' },
  { scope: 'accounting.attachments', purpose: 'attach documents' },
  { scope: 'accounting.manualjournals', purpose: 'post the value of stock' },
  { scope: 'accounting.banktransactions', purpose: 'send and read bank transactions' },
  { scope: 'accounting.reports.trialbalance.read', purpose: 'compare balances' },
  { scope: 'accounting.reports.aged.read', purpose: 'compare what is owed' },
  { scope: 'accounting.reports.banksummary.read', purpose: 'compare bank balances' },
];

function authorizeUrl(
  endpoints: Endpoints,
  clientId: string,
  ask: { state: string; challenge: string; redirectUri: string },
): string {
  const url = new URL(endpoints.authorizeUrl);
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: ask.redirectUri,
    scope: scopes.map((each) => each.scope).join(' '),
    state: ask.state,
    code_challenge: ask.challenge,
    code_challenge_method: 'S256',
  }).toString();
  return url.href;
}

/** A fresh PKCE verifier and its challenge. */
export function createChallenge(): { verifier: string; challenge: string } {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}
