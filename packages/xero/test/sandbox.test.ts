// The whole client against the sandbox: consent, writes with a verdict per record, replays, looks, limits and lists.
import { createSandbox, defaultClient, type Sandbox } from '@stockbook/sandbox';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CallResult, Element, SendResult, XeroApi, XeroOptions } from '../src/api.ts';
import { createXeroApi } from '../src/client.ts';
import { explain } from '../src/failure.ts';
import { freeze } from '../src/freeze.ts';
import { createChallenge, createOauth, type Oauth } from '../src/oauth.ts';
import { createXeroLists } from '../src/pages.ts';
import type { Resource, Wire, WireInvoice } from '../src/wire.ts';

const redirectUri = 'http://localhost:4000/xero/callback';
let sandbox: Sandbox;
let oauth: Oauth;
let options: XeroOptions;
let api: XeroApi;
let refreshToken: string;

beforeAll(async () => {
  sandbox = await createSandbox();
  oauth = createOauth({
    clientId: defaultClient.id,
    clientSecret: defaultClient.secret,
    sandboxUrl: sandbox.url,
  });
  const { verifier, challenge } = createChallenge();
  const url = oauth.authorizeUrl({ state: 'a-state', challenge, redirectUri });
  const back = await fetch(`${url}&sandbox_consent=all`, { redirect: 'manual' });
  const code = new URL(back.headers.get('location') ?? '').searchParams.get('code') ?? '';
  const tokens = await oauth.exchangeCode({ code, verifier, redirectUri });
  if (tokens.kind === 'failed') throw new Error(tokens.failure.message);
  refreshToken = tokens.value.refreshToken;
  const tenants = await oauth.tenants(tokens.value.accessToken);
  const tenantId = tenants.kind === 'granted' ? (tenants.value[0]?.tenantId ?? '') : '';
  const token = tokens.value.accessToken;
  options = {
    apiUrl: oauth.apiUrl,
    tenantId,
    accessToken: async () => ({ kind: 'token', token }),
    timeoutMs: 10_000,
  };
  api = createXeroApi(options);
});
afterAll(() => sandbox.close());

let keys = 0;
function send(resource: Resource, action: 'create' | 'update', wires: Wire[], key = `key-${++keys}`) {
  return api.send({ resource, action, ...freeze(resource, wires), key });
}

function answered(result: SendResult | CallResult): Element[] {
  if (result.kind === 'answered') return result.elements;
  throw new Error(JSON.stringify(result));
}

async function contactId(number: string): Promise<string> {
  const [element] = answered(
    await send('Contacts', 'create', [{ ContactNumber: number, Name: `Customer ${number}` }]),
  );
  return element?.xeroId ?? '';
}

function invoice(number: string, contact: string, change: Partial<WireInvoice> = {}): WireInvoice {
  const line = {
    Description: 'a ball',
    Quantity: 12,
    UnitAmount: 6.955,
    AccountCode: '200',
    TaxType: 'OUTPUT2',
  };
  return {
    Type: 'ACCREC',
    InvoiceNumber: number,
    Contact: { ContactID: contact },
    Date: '2009-12-01',
    DueDate: '2009-12-31',
    CurrencyCode: 'GBP',
    LineAmountTypes: 'Exclusive',
    Status: 'AUTHORISED',
    LineItems: [line],
    ...change,
  };
}

/** What the line of an invoice comes to. */
const line = { taxType: 'OUTPUT2', net: '83.46', tax: '16.69' };

describe('writing', () => {
  test('gives a verdict for each record, with ids, totals and words', async () => {
    const contact = await contactId('W1');
    const bad = invoice('W-2', contact, {
      LineItems: [{ Description: 'x', Quantity: 1, UnitAmount: 1, AccountCode: '999', TaxType: 'OUTPUT2' }],
    });
    const result = await send('Invoices', 'create', [invoice('W-1', contact), bad]);
    const [good, refused] = answered(result);
    expect(good).toMatchObject({
      verdict: 'ok',
      number: 'W-1',
      status: 'AUTHORISED',
      date: '2009-12-01',
      currency: 'GBP',
      subTotal: '83.46',
      totalTax: '16.69',
      total: '100.15',
      lines: [line],
    });
    expect(good?.xeroId).toMatch(/^[0-9a-f-]{36}$/);
    expect(refused).toMatchObject({ verdict: 'error', number: 'W-2', xeroId: null });
    expect(explain(refused?.messages.join(' ') ?? '').class).toBe('account');
    expect(result).toMatchObject({
      allowance: { leftThisMinute: expect.any(Number), leftToday: expect.any(Number) },
    });
  });

  test('again under the same key gives the first answer and makes nothing twice', async () => {
    const wires = [{ Code: 'AGAIN', Name: 'again' }];
    const first = answered(await send('Items', 'create', wires, 'one-key'));
    expect(answered(await send('Items', 'create', wires, 'one-key'))).toEqual(first);
    const under = await send('Items', 'create', [{ Code: 'OTHER', Name: 'other' }], 'one-key');
    expect(under).toMatchObject({ kind: 'failed', failure: { kind: 'unknown-outcome', status: 400 } });
  });

  test('of a known record by POST updates it', async () => {
    const [made] = answered(await send('Items', 'create', [{ Code: 'UPD', Name: 'before' }]));
    const [updated] = answered(
      await send('Items', 'update', [{ ItemID: made?.xeroId ?? '', Code: 'UPD', Name: 'after' }]),
    );
    expect(updated).toMatchObject({ verdict: 'ok', xeroId: made?.xeroId, code: 'UPD', name: 'after' });
  });

  test('a credit note works like an invoice', async () => {
    const { InvoiceNumber: _number, DueDate: _due, ...rest } = invoice('', await contactId('CN'));
    const [note] = answered(
      await send('CreditNotes', 'create', [{ ...rest, Type: 'ACCRECCREDIT', CreditNoteNumber: 'C-1' }]),
    );
    expect(note).toMatchObject({ verdict: 'ok', number: 'C-1', total: '100.15' });
    const found = answered(await api.find({ resource: 'CreditNotes', by: 'number', values: ['C-1', 'C-2'] }));
    expect(found).toMatchObject([{ number: 'C-1', xeroId: note?.xeroId, lines: [line] }]);
  });

  test('what is there already is refused in words that are known', async () => {
    const contact = await contactId('DUP');
    answered(await send('Invoices', 'create', [invoice('DUP-1', contact)]));
    const refusals = [
      ...answered(await send('Invoices', 'create', [invoice('DUP-1', contact)])),
      ...answered(
        await send('Contacts', 'create', [
          { ContactNumber: 'DUP', Name: 'Another' },
          { ContactNumber: 'DUP2', Name: 'Customer DUP' },
        ]),
      ),
    ];
    expect(refusals.map(({ verdict }) => verdict)).toEqual(['error', 'error', 'error']);
    expect(refusals.map(({ messages }) => explain(messages.join(' ')).class)).toEqual([
      'duplicate',
      'duplicate',
      'duplicate',
    ]);
  });
});

describe('looking', () => {
  test('finds by number and id, and leaves out what is not there', async () => {
    const id = await contactId('LOOK');
    const by = async (by: 'number' | 'id', value: string) =>
      answered(
        await api.find({ resource: 'Contacts', by, values: [value, '00000000-0000-4000-8000-000000000000'] }),
      );
    expect(await by('number', 'LOOK')).toMatchObject([{ xeroId: id, status: 'ACTIVE', verdict: 'ok' }]);
    expect(await by('id', id)).toMatchObject([{ number: 'LOOK' }]);
  });

  test('finds invoices by number and id, with their lines', async () => {
    const contact = await contactId('LI');
    const [made] = answered(await send('Invoices', 'create', [invoice('LI-1', contact)]));
    const byNumber = answered(
      await api.find({ resource: 'Invoices', by: 'number', values: ['LI-1', 'LI-2'] }),
    );
    expect(byNumber).toMatchObject([{ number: 'LI-1', lines: [line], total: '100.15' }]);
    const byId = answered(await api.find({ resource: 'Invoices', by: 'id', values: [made?.xeroId ?? ''] }));
    expect(byId).toMatchObject([{ number: 'LI-1' }]);
  });

  test('finds codes and numbers that no filter can name', async () => {
    answered(
      await send('Items', 'create', [
        { Code: '15" ROD', Name: 'a rod' },
        { Code: 'PLAIN', Name: 'plain' },
      ]),
    );
    const items = answered(
      await api.find({ resource: 'Items', by: 'code', values: ['15" rod', 'PLAIN', 'NONE'] }),
    );
    expect(items.map(({ code }) => code).sort()).toEqual(['15" ROD', 'PLAIN']);
    const contact = await contactId('Q"1');
    answered(await send('Invoices', 'create', [invoice('A,B', contact)]));
    const invoices = answered(await api.find({ resource: 'Invoices', by: 'number', values: ['A,B'] }));
    expect(invoices).toMatchObject([{ number: 'A,B' }]);
    expect(answered(await api.find({ resource: 'Contacts', by: 'number', values: ['Q"1'] }))).toMatchObject([
      { xeroId: contact },
    ]);
  });
});

describe('reading lists', () => {
  test('gives the organisation, the chart and the rates', async () => {
    const lists = createXeroLists(options);
    expect(await lists.organisation()).toMatchObject({
      kind: 'read',
      value: { Name: 'Stockbook Trial (GB)', CountryCode: 'GB', BaseCurrency: 'GBP' },
    });
    const accounts = await lists.accounts();
    expect(
      accounts.kind === 'read' ? accounts.value.find(({ Code }) => Code === '200') : accounts,
    ).toMatchObject({ Name: 'Sales', Type: 'SALES', Class: 'REVENUE', Status: 'ACTIVE' });
    const rates = await lists.taxRates();
    expect(
      rates.kind === 'read' ? rates.value.find(({ TaxType }) => TaxType === 'OUTPUT2') : rates,
    ).toMatchObject({ EffectiveRate: 20, CanApplyToRevenue: true });
  });

  test('of a tenant that was not consented to is refused', async () => {
    const lists = createXeroLists({ ...options, tenantId: '66666666-6666-4666-8666-666666666666' });
    expect(await lists.accounts()).toMatchObject({
      kind: 'failed',
      failure: { kind: 'unauthorised', status: 403 },
    });
  });
});

describe('limits and tokens', () => {
  test('the minute limit tells when to go on', async () => {
    let result: CallResult = await api.find({ resource: 'Items', by: 'code', values: ['NONE'] });
    for (let call = 0; call < 130 && result.kind === 'answered'; call += 1) {
      result = await api.find({ resource: 'Items', by: 'code', values: ['NONE'] });
    }
    expect(result).toMatchObject({
      kind: 'failed',
      failure: { kind: 'rate-limited', limit: 'minute', retryAfterMs: expect.any(Number) },
      allowance: { leftThisMinute: 0 },
    });
  });

  test('a refresh gives new tokens, and a revoked consent gives none', async () => {
    const fresh = await oauth.refresh(refreshToken);
    if (fresh.kind === 'failed') throw new Error(fresh.failure.message);
    expect(fresh.value.refreshToken).not.toBe(refreshToken);
    expect(fresh.value.expiresInMs).toBe(1_800_000);
    expect(await oauth.revoke(fresh.value.refreshToken)).toMatchObject({ kind: 'granted' });
    expect(await oauth.refresh(fresh.value.refreshToken)).toMatchObject({
      kind: 'failed',
      failure: { kind: 'unauthorised' },
    });
  });

  test('wrong credentials are a fault of the configuration, said so', async () => {
    const stranger = createOauth({
      clientId: defaultClient.id,
      clientSecret: 'wrong',
      sandboxUrl: sandbox.url,
    });
    expect(await stranger.refresh('x')).toMatchObject({
      kind: 'failed',
      failure: { message: expect.stringContaining('XERO_CLIENT_SECRET') },
    });
  });
});
