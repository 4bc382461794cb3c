// Idempotency-Key (XERO.md 3): which methods take one, whose it is, what makes two requests the same, and when it fails.
import { beforeEach, describe, expect, it } from 'vitest';
import { connectAs, newApp, useXero, type Xero } from './xero.ts';

const xero = useXero();
beforeEach(() => xero().control.reset());

const send = (
  method: string,
  path: string,
  body: unknown,
  key = 'k',
  live: Xero = xero(),
  more: Readonly<Record<string, string>> = {},
) => live.call(method, path, body, { 'Idempotency-Key': key, ...more });
const different = 'Idempotency Key: k is used with a different request.';
const contacts = async () => (await xero().control.summary()).organisations[xero().tenant]?.Contacts.count;

describe('a key (3)', () => {
  it.each(['PUT', 'POST', 'PATCH'])('is taken by %s', async (method) => {
    const first = await send(method, '/Contacts', { Name: 'Ann' });
    expect((await send(method, '/Contacts', { Name: 'Ann' })).text).toBe(first.text);
    const other = await send(method, '/Contacts', { Name: 'Bo' });
    expect([other.status, other.text]).toEqual([400, different]);
  });

  it('is ignored by GET and DELETE', async () => {
    const made = await send('PUT', '/Items', { Code: 'A' }, 'made');
    const path = `/Items/${String(made.json('Items.0.ItemID'))}`;
    expect((await send('GET', path, undefined)).status).toBe(200);
    expect((await send('DELETE', path, undefined)).status).toBe(204);
    expect((await send('DELETE', path, undefined)).status).toBe(404);
    expect((await send('PUT', '/Contacts', { Name: 'Ann' })).status).toBe(200);
  });

  it('may be named in any case and be any text', async () => {
    const key = 'Żółw ✓ / "quoted" <1>'.replace(/[^\x20-\x7e]/g, '~');
    const first = await xero().call('PUT', '/Contacts', { Name: 'Ann' }, { 'idempotency-KEY': key });
    const second = await xero().call('PUT', '/Contacts', { Name: 'Ann' }, { 'IDEMPOTENCY-Key': key });
    expect(second.text).toBe(first.text);
    expect(await contacts()).toBe(1);
  });

  it('belongs to its app: another one may use it for something else', async () => {
    const other = await connectAs(xero().url, await newApp(xero().url));
    expect((await send('PUT', '/Contacts', { Name: 'Ann' })).status).toBe(200);
    expect((await send('PUT', '/Contacts', { Name: 'Bo' }, 'k', other)).status).toBe(200);
    expect(await contacts()).toBe(2);
  });

  it.each([
    ['another body', 'PUT', '/Contacts', { Name: 'Bo' }],
    ['another method', 'POST', '/Contacts', { Name: 'Ann' }],
    ['another address', 'PUT', '/Items', { Name: 'Ann' }],
    ['another parameter', 'PUT', '/Contacts?summarizeErrors=false', { Name: 'Ann' }],
  ])('is refused with %s', async (_what, method, path, body) => {
    expect((await send('PUT', '/Contacts', { Name: 'Ann' })).status).toBe(200);
    const answer = await send(method, path, body);
    expect([answer.status, answer.text]).toEqual([400, different]);
    expect(await contacts()).toBe(1);
  });

  it('gives the same refusal again though what was wrong is put right, until it is six minutes old', async () => {
    await xero().call('PUT', '/Contacts', { Name: 'Ann' });
    const refused = await send('PUT', '/Contacts', { Name: 'Ann' });
    expect(refused.status).toBe(400);
    const id = String((await xero().call('GET', '/Contacts')).json('Contacts.0.ContactID'));
    await xero().call('POST', `/Contacts/${id}`, { ContactStatus: 'ARCHIVED' });
    expect((await send('PUT', '/Contacts', { Name: 'Ann' })).text).toBe(refused.text);
    expect((await send('PUT', '/Contacts', { Name: 'Ann' }, 'new')).status).toBe(200);
  });

  it('lives six minutes from its first call, replays do not lengthen it, and then the work is done again', async () => {
    const live = { ...xero() };
    const first = await send('PUT', '/Invoices', { Type: 'ACCPAY', Contact: { Name: 'Ann' } }, 'k', live);
    expect(first.status).toBe(200);
    await xero().control.advance(5 * 60_000);
    const replay = await send('PUT', '/Invoices', { Type: 'ACCPAY', Contact: { Name: 'Ann' } }, 'k', live);
    expect(replay.text).toBe(first.text);
    await xero().control.advance(61_000);
    const again = await send('PUT', '/Invoices', { Type: 'ACCPAY', Contact: { Name: 'Ann' } }, 'k', live);
    expect(again.json('Invoices.0.InvoiceID')).not.toBe(first.json('Invoices.0.InvoiceID'));
    expect((await xero().control.summary()).organisations[xero().tenant]?.Invoices.count).toBe(2);
  });

  it('gets 500 while Xero’s store of keys is down, and nothing of it is remembered', async () => {
    await xero().control.fail({ kind: '500-keys', times: 2 });
    const down = await send('PUT', '/Contacts', { Name: 'Ann' });
    expect([down.status, down.json('Type')]).toEqual([500, 'UnknownErrorException']);
    expect((await xero().call('GET', '/Contacts')).status).toBe(200);
    expect((await send('PUT', '/Contacts', { Name: 'Ann' })).status).toBe(200);
    expect(await contacts()).toBe(1);
  });

  it('of a 5xx is remembered as well', async () => {
    await xero().control.fail({ kind: '500' });
    const failed = await send('PUT', '/Contacts', { Name: 'Ann' });
    expect(failed.status).toBe(500);
    expect((await send('PUT', '/Contacts', { Name: 'Ann' })).text).toBe(failed.text);
    expect(await contacts()).toBe(0);
  });
});
