// A sandbox for one test file, a client that has been let in, and plain calls to the Accounting API.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect } from 'vitest';
import { z } from 'zod';
import { createSandboxClient, type SandboxAppWish, type SandboxClient } from '../client.ts';
import { createSandbox, type SandboxOptions } from '../src/index.ts';

export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Json;
};

/** JSON of unknown shape, made easy to look into: a path such as `Invoices.0.Total`; undefined where there is nothing. */
export type Json = (path?: string) => unknown;

export type Xero = {
  readonly url: string;
  readonly tenant: string;
  readonly token: string;
  readonly control: SandboxClient;
  call(
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer>;
};

export const allScopes =
  'openid offline_access accounting.invoices accounting.contacts accounting.settings accounting.payments accounting.banktransactions accounting.manualjournals accounting.attachments accounting.journals.read accounting.reports.read';

const redirectUri = 'http://localhost:9/callback';

/** Starts a sandbox before the tests of a file and ends it after them. */
export function useXero(options: SandboxOptions = { limits: 'off' }): () => Xero {
  let xero: Xero | undefined;
  let close = async (): Promise<void> => undefined;
  beforeAll(async () => {
    const sandbox = await createSandbox(options);
    close = () => sandbox.close();
    xero = await connect(sandbox.url);
  });
  afterAll(() => close());
  return () => {
    if (xero === undefined) throw new Error('The sandbox has not started.');
    return xero;
  };
}

/**
 * Consents without a page, takes tokens and looks up the first organisation. Scopes add up over the consents of an app,
 * so that narrower ones than the usual are asked for by an app of its own.
 */
export async function connect(url: string, scope = allScopes): Promise<Xero> {
  return connectAs(url, scope === allScopes ? 'sandbox-client' : await newApp(url), scope);
}

/** Lets this app in, to all organisations or to one. */
export async function connectAs(
  url: string,
  client: string,
  scope = allScopes,
  sandbox_consent = 'all',
): Promise<Xero> {
  const tokens = await postForm(url, {
    grant_type: 'authorization_code',
    code: await consent(url, scope, { client_id: client, sandbox_consent }),
    redirect_uri: redirectUri,
    client_id: client,
    client_secret: 'sandbox-secret',
  });
  const token = String(tokens.json('access_token'));
  const connections = read(
    await fetch(`${url}/connections`, { headers: { Authorization: `Bearer ${token}` } }),
  );
  const tenant = String((await connections).json('0.tenantId'));
  return {
    url,
    tenant,
    token,
    control: createSandboxClient(url),
    async call(method, path, body, headers = {}) {
      const all = {
        Authorization: `Bearer ${token}`,
        'xero-tenant-id': tenant,
        Accept: 'application/json',
        'Content-Type': 'application/json',
        ...headers,
      };
      const init: RequestInit = { method, headers: all };
      if (body !== undefined) init.body = typeof body === 'string' ? body : JSON.stringify(body);
      return read(await fetch(`${url}/api.xro/2.0${path}`, init));
    },
  };
}

/** An app from before the tiers that nothing is known of; certified, so that any number of them can be connected. */
export async function newApp(url: string, more: Partial<Omit<SandboxAppWish, 'id'>> = {}): Promise<string> {
  const id = `app-${randomUUID()}`;
  const usual = { kind: 'web', secret: 'sandbox-secret', isCertified: true, createdMs: 0 } as const;
  await createSandboxClient(url).setApp({ id, ...usual, ...more });
  return id;
}

/** The code the person's consent gives. */
export async function consent(
  url: string,
  scope = allScopes,
  more: Readonly<Record<string, string>> = {},
): Promise<string> {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: 'sandbox-client',
    redirect_uri: redirectUri,
    scope,
    state: 's1',
    sandbox_consent: 'all',
    ...more,
  });
  const response = await fetch(`${url}/identity/connect/authorize?${query}`, { redirect: 'manual' });
  return new URL(response.headers.get('location') ?? 'http://none').searchParams.get('code') ?? '';
}

export async function postToken(
  url: string,
  form: Readonly<Record<string, string>>,
  secret = 'sandbox-secret',
): Promise<Answer> {
  const basic = Buffer.from(`sandbox-client:${secret}`).toString('base64');
  const headers = { Authorization: `Basic ${basic}` };
  return read(
    await fetch(`${url}/connect/token`, { method: 'POST', headers, body: new URLSearchParams(form) }),
  );
}

/** A call of the token endpoint with all that it needs in the form. */
export async function postForm(url: string, form: Readonly<Record<string, string>>): Promise<Answer> {
  return read(await fetch(`${url}/connect/token`, { method: 'POST', body: new URLSearchParams(form) }));
}

export async function read(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = (response.headers.get('content-type') ?? '').includes('json');
  const value: unknown = isJson ? JSON.parse(text) : undefined;
  return { status: response.status, headers: response.headers, text, json: (path = '') => look(value, path) };
}

const members = z.record(z.string(), z.unknown());

export function look(value: unknown, path: string): unknown {
  if (path === '') return value;
  let found = value;
  for (const name of path.split('.')) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = members.parse({ ...found })[name];
  }
  return found;
}

/**
 * Sends a write to /Contacts twice with one key, so that both are on their way before either is carried out; the third
 * call at once, which is refused, tells that they are.
 */
export async function sendTwiceAtOnce(xero: Xero, name: string): Promise<readonly Answer[]> {
  const { control } = xero;
  const before = await control.limits();
  await control.setLimits({ minute: 10_000, day: 10_000, atOnce: 2 });
  await control.setLatency(20_000, { method: 'PUT', path: '/Contacts' });
  const put = () => xero.call('PUT', '/Contacts', { Name: name }, { 'Idempotency-Key': name });
  let answers: readonly Answer[] = [];
  const both = Promise.all([put(), put()]).then((all) => {
    answers = all;
  });
  await expect
    .poll(async () => (await xero.call('GET', '/Items')).headers.get('x-rate-limit-problem'), {
      timeout: 20_000,
    })
    .toBe('concurrent');
  await expect
    .poll(
      async () => {
        await control.advance(20_000);
        return answers.length;
      },
      { timeout: 20_000 },
    )
    .toBe(2);
  await both;
  await control.setLatency(0);
  await control.setLimits(before.off === true ? 'off' : before);
  return answers;
}

/** A complete sales invoice of one line of 100.00 without tax. */
export function saleOf(
  number: string,
  more: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    Type: 'ACCREC',
    InvoiceNumber: number,
    Contact: { Name: 'Ann Archer' },
    Date: '2026-03-02',
    DueDate: '2026-04-01',
    LineAmountTypes: 'Exclusive',
    Status: 'AUTHORISED',
    LineItems: [lineOf()],
    ...more,
  };
}

export function lineOf(more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    Description: 'Lamp',
    Quantity: 4,
    UnitAmount: 25,
    AccountCode: '200',
    TaxType: 'OUTPUT2',
    ...more,
  };
}

/** The messages of the first faulty element, whichever way they were reported. */
export function messagesOf(answer: Answer, resource = 'Invoices'): unknown[] {
  const errors = answer.json('Elements.0.ValidationErrors') ?? answer.json(`${resource}.0.ValidationErrors`);
  return Array.isArray(errors) ? errors.map((error) => look(error, 'Message')) : [];
}
