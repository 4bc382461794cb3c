// Webhooks (XERO.md 9), rule by rule: bodies, categories, signatures, what a receiver may answer, and how long is tried.
import { createHmac } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { signingKey, useReceiver } from './receiver.ts';
import { connect, connectAs, look, newApp, saleOf, useXero, type Xero } from './xero.ts';

const xero = useXero({
  limits: 'off',
  clock: { realMs: Date.now(), simulatedMs: Date.UTC(2026, 4, 4, 9), scale: 1e-3 },
});
const receiver = useReceiver();
const dayMs = 86_400_000;
let live: Xero;

beforeEach(async () => {
  await xero().control.reset();
  await xero().control.setDelivery({});
  live = await connect(xero().url);
});

const subscribe = (more = {}) => xero().control.subscribe({ url: receiver.url, key: signingKey, ...more });
const webhook = async (client = 'sandbox-client') =>
  (await xero().control.webhooks()).find((one) => one.client === client);
const put = (path: string, body: unknown) => live.call('PUT', path, body);
const settled = () => expect.poll(async () => (await webhook())?.pending).toBe(0);

describe('bodies (9)', () => {
  it('hold events, sequences and entropy, and nothing else; dates have no zone', async () => {
    await subscribe();
    await put('/Contacts', { Name: 'Ann' });
    await expect.poll(() => receiver.received.length).toBe(1);
    const [message] = receiver.received;
    expect(Object.keys(Object(message?.value)).sort()).toEqual([
      'entropy',
      'events',
      'firstEventSequence',
      'lastEventSequence',
    ]);
    expect(look(message?.value, 'events.0.eventDateUtc')).toMatch(/^2026-05-04T09:\d\d:\d\d\.\d{3}$/);
    expect(message?.headers['content-type']).toContain('application/json');
    const signature = createHmac('sha256', signingKey)
      .update(message?.text ?? '')
      .digest('base64');
    expect(message?.headers['x-xero-signature']).toBe(signature);
  });

  it('the intent to receive has no events and sequences 0', async () => {
    const { intent } = await subscribe();
    expect(intent.map(({ isSignedWrongly }) => isSignedWrongly)).toEqual([false, true, false, true]);
    expect(receiver.received).toEqual([]);
    const bodies = receiver.empty.map(({ value }) => value);
    const nothing = { events: [], firstEventSequence: 0, lastEventSequence: 0 };
    expect(bodies).toMatchObject([nothing, nothing]);
  });

  it('sequences go on over messages', async () => {
    await subscribe();
    const before = (await webhook())?.lastSequence ?? 0;
    for (const name of ['Ann', 'Bo', 'Cy']) await put('/Contacts', { Name: name });
    await settled();
    const last = receiver.received.map(({ value }) => look(value, 'lastEventSequence'));
    expect(last.at(-1)).toBe(before + 3);
  });
});

describe('categories (9)', () => {
  const categoriesOf = () => receiver.events().map((event) => look(event, 'eventCategory'));

  it('invoices of both types are told without type or status, credit notes, over- and prepayments with what Xero tells', async () => {
    await subscribe({ categories: ['INVOICE', 'CREDITNOTE', 'PREPAYMENT', 'OVERPAYMENT'] });
    await put('/Invoices', saleOf('R-1'));
    await put(
      '/Invoices',
      saleOf('', {
        Type: 'ACCPAY',
        LineItems: [{ Description: 'x', Quantity: 1, UnitAmount: 5, AccountCode: '400', TaxType: 'NONE' }],
      }),
    );
    await put('/CreditNotes', { ...saleOf(''), Type: 'ACCPAYCREDIT', Status: 'DRAFT' });
    const bank = (Type: string, line: object) =>
      put('/BankTransactions', {
        Type,
        Contact: { Name: 'Ann Archer' },
        BankAccount: { Code: '090' },
        LineItems: [{ Description: 'Deposit', Quantity: 1, UnitAmount: 50, ...line }],
      });
    await bank('RECEIVE-OVERPAYMENT', {});
    await bank('RECEIVE-PREPAYMENT', { AccountCode: '200', TaxType: 'NONE' });
    await settled();
    expect(categoriesOf()).toEqual(['INVOICE', 'INVOICE', 'CREDITNOTE', 'OVERPAYMENT', 'PREPAYMENT']);
    const data = receiver.events().map((event) => look(event, 'data'));
    expect(data).toEqual([
      undefined,
      undefined,
      { Type: 'ACCPAYCREDIT', Status: 'DRAFT' },
      undefined,
      undefined,
    ]);
  });

  it('there is none for items, payments, orders, journals, bank transactions, accounts and tax rates', async () => {
    await subscribe();
    const sale = await put('/Invoices', saleOf('R-2'));
    await settled();
    receiver.received.length = 0;
    const InvoiceID = String(sale.json('Invoices.0.InvoiceID'));
    const line = (LineAmount: number, AccountCode: string) => ({ LineAmount, AccountCode, TaxType: 'NONE' });
    const silent: readonly (readonly [string, unknown])[] = [
      ['/Items', { Code: 'QUIET' }],
      [
        '/PurchaseOrders',
        {
          Contact: { ContactID: sale.json('Invoices.0.Contact.ContactID') },
          LineItems: [{ Description: 'x' }],
        },
      ],
      ['/ManualJournals', { Narration: 'x', JournalLines: [line(5, '400'), line(-5, '404')] }],
      ['/Accounts', { Code: 'Q1', Name: 'Quiet', Type: 'EXPENSE' }],
      ['/TaxRates', { Name: 'Quiet', ReportTaxType: 'OUTPUT', TaxComponents: [{ Name: 'VAT', Rate: 3 }] }],
    ];
    for (const [path, body] of silent) expect((await put(path, body)).status, path).toBe(200);
    await settled();
    expect(receiver.events()).toEqual([]);
    // A payment is not told itself; that it changes its invoice is.
    const payment = { Invoice: { InvoiceID }, Account: { Code: '090' }, Amount: 5, Date: '2026-05-04' };
    expect((await put('/Payments', payment)).status).toBe(200);
    await settled();
    expect(new Set(categoriesOf())).toEqual(new Set(['INVOICE']));
  });

  it('a subscription of the App Store is told to its app, whose application is the tenant', async () => {
    await subscribe({ categories: ['SUBSCRIPTION'] });
    const bought = await xero().control.setAppSubscription('sandbox-client');
    await xero().control.setAppSubscription('sandbox-client', 'CANCELED');
    await settled();
    const event = {
      resourceUrl: `${xero().url}/appstore/2.0/subscriptions/${bought.id}`,
      resourceId: bought.id,
      eventCategory: 'SUBSCRIPTION',
      tenantId: bought.applicationId,
      tenantType: 'APPLICATION',
    };
    expect(receiver.events()).toMatchObject([
      { ...event, eventType: 'CREATE' },
      { ...event, eventType: 'UPDATE' },
    ]);
    expect((await xero().control.apps())[0]).toMatchObject({
      applicationId: bought.applicationId,
      subscription: 'CANCELED',
    });
    await expect(xero().control.setAppSubscription('nobody')).rejects.toThrow('There is no app nobody.');
  });
});

describe('who is told (9)', () => {
  it('each app of every organisation it is connected to, and no other', async () => {
    const { control, url, tenant } = xero();
    const { tenantId } = await control.createOrganisation({ region: 'NZ', name: 'Second' });
    const narrow = await newApp(url);
    await connectAs(url, narrow, 'accounting.contacts', tenant);
    await subscribe();
    await subscribe({ client: narrow });
    live = await connect(url);
    await put('/Contacts', { Name: 'In the first' });
    await live.call('PUT', '/Contacts', { Name: 'In the second' }, { 'xero-tenant-id': tenantId });
    await settled();
    await expect.poll(async () => (await webhook(narrow))?.pending).toBe(0);
    const told = receiver.events().map((event) => String(look(event, 'tenantId')));
    expect(told.sort()).toEqual([tenant, tenant, tenantId].sort());
    await control.unsubscribe(narrow);
    expect(await webhook(narrow)).toBeUndefined();
  });
});

describe('answers of a receiver (9)', () => {
  it.each([
    ['a body', 'body', { 'Content-Type': 'text/plain' }, 'thanks'],
    ['a cookie', 'cookies', { 'Set-Cookie': 'a=b' }, ''],
  ])('with %s is no answer', async (_what, fault, headers, text) => {
    receiver.answer = (response) => response.writeHead(200, headers).end(text);
    expect(await subscribe()).toMatchObject({
      status: 'pending',
      intent: [{ status: 200, fault }, {}, {}, {}],
    });
  });

  it('of every 2xx are good for events', async () => {
    await subscribe();
    receiver.answer = (response) => response.writeHead(204).end();
    await put('/Contacts', { Name: 'Ann' });
    await settled();
    expect((await webhook())?.attempts.at(-1)).toMatchObject({ status: 204, fault: '' });
  });

  it('that come after five seconds come too late', async () => {
    await subscribe();
    let answerLater = (): void => undefined;
    receiver.answer = (response) => {
      answerLater = () => response.writeHead(200).end();
    };
    await put('/Contacts', { Name: 'Ann' });
    await expect.poll(() => receiver.received.length).toBe(1);
    await xero().control.advance(5_000);
    await expect.poll(async () => (await webhook())?.attempts[0]?.fault).toBe('silence');
    answerLater();
    receiver.answer = (response) => response.writeHead(200).end();
    await expect.poll(() => receiver.received.length).toBeGreaterThan(1);
  });
});

describe('a receiver that fails (9)', () => {
  const disabled = async () => {
    receiver.answer = (response) => response.writeHead(500).end();
    await put('/Contacts', { Name: 'Waits' });
    await expect
      .poll(
        async () => {
          await xero().control.advance(60 * 60_000);
          return (await webhook())?.status;
        },
        { timeout: 20_000 },
      )
      .toBe('disabled');
  };

  it('is disabled after a day, with a mail, and told what waited when it shows its intent again', async () => {
    const sinceMs = (await xero().control.clock()).simulatedMs;
    await subscribe();
    expect((await webhook())?.mailedMs).toBeNull();
    await disabled();
    const { mailedMs = 0, attempts = [] } = (await webhook()) ?? {};
    expect(mailedMs).toBeGreaterThan(sinceMs + dayMs);
    expect(attempts.length).toBeGreaterThan(10);
    receiver.received.length = 0;
    receiver.answer = (response) => response.writeHead(200).end();
    expect(await xero().control.checkIntent('sandbox-client')).toMatchObject({ status: 'active' });
    await expect.poll(() => receiver.events().length).toBe(1);
  });

  it('is not told what is older than 31 days', async () => {
    await subscribe();
    await disabled();
    await xero().control.advance(31 * dayMs);
    receiver.received.length = 0;
    receiver.answer = (response) => response.writeHead(200).end();
    await xero().control.checkIntent('sandbox-client');
    await settled();
    expect(receiver.events()).toEqual([]);
  });

  it('is tried again ever more rarely by option', async () => {
    await xero().control.setOptions({ 'webhook-retry': 'decreasing' });
    await subscribe();
    await disabled();
    const at = ((await webhook())?.attempts ?? []).map(({ atMs }) => atMs);
    const pauses = at.slice(1).map((one, index) => one - (at[index] ?? 0));
    // The hours in which this test steps the clock hide the short pauses; the long ones grow.
    expect(pauses.length).toBeLessThan(14);
    expect(pauses.at(-1)).toBeGreaterThan(4 * 60 * 60_000);
    await xero().control.setOptions({ 'webhook-retry': 'quarter-hour' });
  });
});
