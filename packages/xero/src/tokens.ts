// The calls to Xero's identity server: code and refresh token to tokens, tokens to tenants, and the end of a consent.
import type { Failure } from '@stockbook/core';
import { z } from 'zod';
import { classifyAnswer, classifyNoAnswer } from './classify.ts';
import type { Granted, OauthClient, Tenant, Tokens } from './oauth.ts';

export function exchangeCode(
  client: OauthClient,
  answer: { code: string; verifier: string; redirectUri: string },
): Promise<Granted<Tokens>> {
  return askTokens(client, {
    grant_type: 'authorization_code',
    code: answer.code,
    redirect_uri: answer.redirectUri,
    code_verifier: answer.verifier,
  });
}

/** After a lost answer the same refresh token may be sent again: it lives 30 minutes beside its successor (XERO.md 1.2). */
export function refreshTokens(client: OauthClient, refreshToken: string): Promise<Granted<Tokens>> {
  return askTokens(client, { grant_type: 'refresh_token', refresh_token: refreshToken });
}

export async function revokeTokens(client: OauthClient, refreshToken: string): Promise<Granted<undefined>> {
  const reply = await post(client, client.endpoints.revocationUrl, { token: refreshToken });
  return reply.kind === 'failed' ? reply : { kind: 'granted', value: undefined };
}

const tenantForm = z.object({
  id: z.string(),
  tenantId: z.string(),
  tenantType: z.string(),
  tenantName: z.string().nullish(),
});

/** The organisations this consent reaches; a bare array (XERO.md 1.1). */
export async function readTenants(client: OauthClient, accessToken: string): Promise<Granted<Tenant[]>> {
  const headers = { accept: 'application/json', authorization: `Bearer ${accessToken}` };
  const reply = await ask(client.endpoints.connectionsUrl, { headers }, client.timeoutMs);
  if (reply.kind === 'failed') return reply;
  const read = z.array(tenantForm).safeParse(reply.value);
  if (!read.success) return { kind: 'failed', failure: unreadable('organisations') };
  const organisations = read.data.filter((each) => each.tenantType === 'ORGANISATION');
  const value = organisations.map((each) => ({
    connectionId: each.id,
    tenantId: each.tenantId,
    name: each.tenantName ?? each.tenantId,
  }));
  return { kind: 'granted', value };
}

const tokenForm = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  expires_in: z.number().positive(),
  scope: z.string().default(''),
});

async function askTokens(client: OauthClient, form: Record<string, string>): Promise<Granted<Tokens>> {
  const reply = await post(client, client.endpoints.tokenUrl, form);
  if (reply.kind === 'failed') return reply;
  const read = tokenForm.safeParse(reply.value);
  if (!read.success) return { kind: 'failed', failure: unreadable('tokens') };
  const { access_token, refresh_token, expires_in, scope } = read.data;
  const value = {
    accessToken: access_token,
    refreshToken: refresh_token,
    expiresInMs: expires_in * 1000,
    scopes: scope,
  };
  return { kind: 'granted', value };
}

function post(client: OauthClient, url: string, form: Record<string, string>): Promise<Granted<unknown>> {
  const credentials = Buffer.from(`${client.clientId}:${client.clientSecret}`).toString('base64');
  const headers = { accept: 'application/json', authorization: `Basic ${credentials}` };
  return ask(url, { method: 'POST', headers, body: new URLSearchParams(form) }, client.timeoutMs);
}

function unreadable(what: string): Failure {
  return { kind: 'unknown-outcome', status: 200, message: `Xero's answer with the ${what} cannot be read.` };
}

async function ask(url: string, init: RequestInit, timeoutMs: number): Promise<Granted<unknown>> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs), redirect: 'error' });
    text = await response.text();
  } catch (error) {
    return { kind: 'failed', failure: classifyNoAnswer(describe(error)) };
  }
  const body = parseJson(text);
  if (response.ok) return { kind: 'granted', value: body };
  const refusal = refusals[errorOf(body) ?? ''];
  if (refusal !== undefined)
    return { kind: 'failed', failure: { kind: 'unauthorised', status: response.status, message: refusal } };
  return {
    kind: 'failed',
    failure: classifyAnswer(response.status, body, (name) => response.headers.get(name)),
  };
}

/** By the error codes of OAuth 2.0. */
const refusals: Readonly<Record<string, string>> = {
  invalid_grant:
    'Xero no longer accepts this permission: it was withdrawn, was not used for 60 days, or its code has run out.',
  invalid_client:
    'Xero does not accept the client id and secret that Stockbook was started with: check XERO_CLIENT_ID and XERO_CLIENT_SECRET.',
};

const causeForm = z.object({
  message: z.string().catch(''),
  cause: z
    .object({ code: z.string().catch(''), syscall: z.string().catch(''), message: z.string().catch('') })
    .catch({ code: '', syscall: '', message: '' }),
});

/** fetch says what happened in the error's cause. */
function describe(error: unknown): { code: string; syscall: string; message: string } {
  const { message, cause } = causeForm.parse(error);
  return { code: cause.code, syscall: cause.syscall, message: cause.message || cause.code || message };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function errorOf(body: unknown): string | undefined {
  return z.object({ error: z.string() }).safeParse(body).data?.error;
}
