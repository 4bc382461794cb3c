// Webhooks (XERO.md 9): intent to receive, signatures, what is told, retries, and deliveries that go wrong on purpose.
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSandbox } from '../src/index.ts';
import { connect, look, saleOf, useXero } from './xero.ts';

const xero = useXero();
const key = 'the signing key';
let received: unknown[] = [];
/** What the receiver answers to messages that are signed rightly, one after another; the last one for good. */
let answers: number[] = [200];
let checksSignatures = true;
let server: Server;
let url = '';

beforeEach(async () => {
  received = [];
  answers = [200];
  checksSignatures = true;
  server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const body = Buffer.concat(pieces);
      const signature = createHmac('sha256', key).update(body).digest('base64');
      const isTrue = request.headers['x-xero-signature'] === signature;
      const value: unknown = JSON.parse(body.toString());
      const isEmpty = look(value, 'events.0') === undefined;
      if (isTrue && !isEmpty) received.push(value);
      const status = !isTrue && checksSignatures ? 401 : isEmpty ? 200 : (answers[0] ?? 200);
      if (isTrue && !isEmpty && answers.length > 1) answers.shift();
      response.writeHead(status).end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  url = `http://localhost:${typeof address === 'object' ? address?.port : 0}/hook`;
  await xero().control.reset();
});
afterEach(() => server.close());

const post = async (path: string, body: unknown, base = xero().url): Promise<unknown> =>
  (await fetch(`${base}/__sandbox${path}`, { method: 'POST', body: JSON.stringify(body) })).json();
const subscribe = (more: object = {}, base?: string) => post('/webhooks', { url, key, ...more }, base);
const events = () =>
  received.flatMap((message) => {
    const list = look(message, 'events');
    return Array.isArray(list) ? list : [];
  });
const subscription = async (base = xero().url): Promise<unknown> =>
  look(await (await fetch(`${base}/__sandbox/webhooks`)).json(), '0');

describe('intent to receive (9)', () => {
  it('takes signed messages of nothing and refuses wrongly signed ones, or no events come', async () => {
    expect(await subscribe()).toMatchObject({
      status: 'active',
      intent: [
        { isSignedWrongly: false, status: 200 },
        { isSignedWrongly: true, status: 401 },
        { isSignedWrongly: false, status: 200 },
        { isSignedWrongly: true, status: 401 },
      ],
    });
    checksSignatures = false;
    expect(await subscribe()).toMatchObject({ status: 'pending' });
    await xero().call('PUT', '/Contacts', { Name: 'Unheard' });
    expect(look(await subscription(), 'pending')).toBe(0);
  });
});

describe('events (9)', () => {
  it('tell of contacts, invoices and credit notes, made and changed, with sequences', async () => {
    await subscribe();
    const sale = await xero().call('PUT', '/Invoices', saleOf('W-1', { Contact: { Name: 'Told' } }));
    await expect.poll(() => events().length).toBe(2);
    const id = sale.json('Invoices.0.InvoiceID');
    expect(events()).toEqual([
      expect.objectContaining({ eventCategory: 'CONTACT', eventType: 'CREATE', tenantId: xero().tenant }),
      {
        resourceUrl: `${xero().url}/api.xro/2.0/Invoices/${String(id)}`,
        resourceId: id,
        eventDateUtc: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}$/),
        eventType: 'CREATE',
        eventCategory: 'INVOICE',
        tenantId: xero().tenant,
        tenantType: 'ORGANISATION',
      },
    ]);
    expect(received[0]).toMatchObject({
      firstEventSequence: 1,
      lastEventSequence: 2,
      entropy: expect.any(String),
    });
    await xero().call('POST', `/Invoices/${String(id)}`, { Reference: 'Changed' });
    const note = {
      ...saleOf('', { Contact: { Name: 'Told' } }),
      Type: 'ACCRECCREDIT',
      CreditNoteNumber: 'W-C1',
    };
    await xero().call('PUT', '/CreditNotes', note);
    await expect.poll(() => events().length).toBe(4);
    expect(events().slice(2)).toMatchObject([
      { eventCategory: 'INVOICE', eventType: 'UPDATE' },
      {
        eventCategory: 'CREDITNOTE',
        eventType: 'CREATE',
        data: { Type: 'ACCRECCREDIT', Status: 'AUTHORISED' },
      },
    ]);
  });

  it('are none for items, and only those of the categories that were asked for', async () => {
    await subscribe({ categories: ['CONTACT'] });
    await xero().call('PUT', '/Items', { Code: 'SILENT' });
    await xero().call('PUT', '/Invoices', saleOf('W-2', { Contact: { Name: 'Only me' } }));
    await expect.poll(() => events().length).toBe(1);
    expect(look(await subscription(), 'pending')).toBe(0);
    expect(events()).toMatchObject([{ eventCategory: 'CONTACT' }]);
  });

  it('write Create by option', async () => {
    await xero().control.setOptions({ 'webhook-word': 'title' });
    await subscribe();
    await xero().call('PUT', '/Contacts', { Name: 'Titled' });
    await expect.poll(() => events().length).toBe(1);
    expect(events()).toMatchObject([{ eventType: 'Create' }]);
    await xero().control.setOptions({ 'webhook-word': 'upper' });
  });
});

describe('a receiver that fails (9)', () => {
  it('is tried again at once, then every quarter of an hour', async () => {
    await subscribe();
    answers = [500, 500, 500, 200];
    await xero().call('PUT', '/Contacts', { Name: 'Late' });
    await expect.poll(() => received.length).toBe(2);
    await expect
      .poll(async () => {
        await xero().control.advance(15 * 60_000);
        return received.length;
      })
      .toBe(4);
    await expect.poll(async () => look(await subscription(), 'pending')).toBe(0);
    expect(new Set(received.map((message) => JSON.stringify(look(message, 'events')))).size).toBe(1);
  });

  it('is given up after a day, and told all that waited once it shows its intent again', async () => {
    const again = await connect(xero().url);
    await subscribe();
    answers = [500];
    await again.call('PUT', '/Contacts', { Name: 'Kept' });
    await expect
      .poll(
        async () => {
          await xero().control.advance(3 * 3_600_000);
          return look(await subscription(), 'status');
        },
        { timeout: 20_000 },
      )
      .toBe('disabled');
    answers = [200];
    const before = received.length;
    expect(await post('/webhooks/sandbox-client/intent', {})).toMatchObject({ status: 'active' });
    await expect.poll(() => received.length).toBe(before + 1);
  });
});

describe('deliveries that go wrong on purpose', () => {
  const three = (name: string) => ({ Contacts: [1, 2, 3].map((n) => ({ Name: `${name} ${n}` })) });
  const settled = () => expect.poll(async () => look(await subscription(), 'pending')).toBe(0);

  it('are dropped, doubled, delayed and out of order', async () => {
    const live = await connect(xero().url);
    await subscribe();
    await post('/webhook-delivery', { drop: 1 });
    await live.call('PUT', '/Contacts', three('Dropped'));
    await settled();
    expect(received).toEqual([]);
    await post('/webhook-delivery', { double: 1 });
    await live.call('PUT', '/Contacts', three('Doubled'));
    await settled();
    expect(received.map((message) => look(message, 'events.length'))).toHaveLength(2);
    expect(look(received[0], 'firstEventSequence')).toBe(look(received[1], 'firstEventSequence'));
    received = [];
    await post('/webhook-delivery', { reorder: true, seed: 5, delayMs: 60_000 });
    await live.call('PUT', '/Contacts', three('Mixed'));
    expect(received).toEqual([]);
    await xero().control.advance(60_000);
    await settled();
    const order = received.map((message) => Number(look(message, 'firstEventSequence')));
    expect(order).toHaveLength(3);
    expect(order).not.toEqual([...order].sort((a, b) => a - b));
    await post('/webhook-delivery', {});
  });
});

describe('events that were not delivered (9)', () => {
  it('are still there when the sandbox starts again', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'sandbox-'));
    const first = await createSandbox({ dataDir, limits: 'off' });
    const live = await connect(first.url);
    await subscribe({}, first.url);
    answers = [500];
    await live.call('PUT', '/Contacts', { Name: 'Survivor' });
    await expect.poll(() => received.length).toBeGreaterThan(1);
    await first.close();
    received = [];
    answers = [200];
    const second = await createSandbox({ dataDir, limits: 'off' });
    await expect.poll(() => received.length).toBe(1);
    await expect.poll(async () => look(await subscription(second.url), 'pending')).toBe(0);
    await second.close();
    rmSync(dataDir, { recursive: true });
  });
});
