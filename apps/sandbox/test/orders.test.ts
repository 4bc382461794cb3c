// Purchase orders and quotes (XERO.md 7.5): numbers, states and lists, and that they post nothing.
import { beforeEach, describe, expect, it } from 'vitest';
import { readBooks } from './books.ts';
import { lineOf, messagesOf, useXero } from './xero.ts';

const xero = useXero();
beforeEach(async () => {
  await xero().control.reset();
  await put('/Contacts', { Name: 'Bo' });
});

const put = (path: string, body: unknown) => xero().call('PUT', path, body);
const order = (more: Readonly<Record<string, unknown>> = {}) => ({
  Contact: { Name: 'Bo' },
  Date: '2026-03-02',
  DeliveryDate: '2026-03-09',
  Status: 'AUTHORISED',
  LineItems: [lineOf({ UnitAmount: 1.2345, AccountCode: '300', TaxType: 'INPUT2' })],
  ...more,
});

describe('a purchase order', () => {
  it('has a number of its own, four decimals without unitdp, and no entry in the books', async () => {
    const made = await put('/PurchaseOrders', order({ DeliveryInstructions: 'Ring twice' }));
    expect(made.json('PurchaseOrders.0')).toMatchObject({
      PurchaseOrderNumber: 'PO-0001',
      Status: 'AUTHORISED',
      SubTotal: 4.94,
      DeliveryDateString: '2026-03-09T00:00:00',
      DeliveryInstructions: 'Ring twice',
    });
    expect(made.text).toContain('"UnitAmount":1.2345');
    expect((await xero().call('GET', '/PurchaseOrders/PO-0001')).json('PurchaseOrders.0.Status')).toBe(
      'AUTHORISED',
    );
    expect((await readBooks(xero())).balance('300')).toBe(0);
  });

  it('is refused for a number there is, an unknown contact and an illegal step', async () => {
    const made = await put('/PurchaseOrders', order({ PurchaseOrderNumber: 'X' }));
    expect(
      messagesOf(await put('/PurchaseOrders', order({ PurchaseOrderNumber: 'x' })), 'PurchaseOrders'),
    ).toEqual(['Order number must be unique']);
    const stranger = await put('/PurchaseOrders', order({ Contact: { Name: 'Nobody yet' } }));
    expect(messagesOf(stranger, 'PurchaseOrders')).toEqual([
      'A Contact must be specified for this type of transaction',
    ]);
    const post = (Status: string) =>
      xero().call('POST', `/PurchaseOrders/${String(made.json('PurchaseOrders.0.PurchaseOrderID'))}`, {
        Status,
      });
    expect((await post('BILLED')).json('PurchaseOrders.0.Status')).toBe('BILLED');
    expect((await post('DRAFT')).status).toBe(400);
    expect((await post('DELETED')).status).toBe(200);
    expect((await post('AUTHORISED')).status).toBe(400);
  });

  it('warns where a draft is said to be sent, and lists by status and date, always in pages', async () => {
    const warned = await put('/PurchaseOrders', order({ Status: 'DRAFT', SentToContact: true }));
    expect(warned.json('PurchaseOrders.0.Warnings')).toEqual([
      { Message: 'Only AUTHORISED and BILLED purchase orders may have SentToContact updated.' },
    ]);
    await put('/PurchaseOrders', order({ Date: '2026-04-02' }));
    const count = async (query: string) =>
      (await xero().call('GET', `/PurchaseOrders${query}`)).json('pagination.itemCount');
    expect([await count(''), await count('?Status=DRAFT'), await count('?DateFrom=2026-04-01')]).toEqual([
      2, 1, 1,
    ]);
  });
});

describe('a quote', () => {
  it('takes discounts, goes from draft to sent to accepted, and posts nothing', async () => {
    const quote = {
      Contact: { Name: 'Bo' },
      Date: '2026-03-02',
      Title: 'Lamps',
      LineItems: [lineOf({ DiscountRate: 10 })],
    };
    const made = await put('/Quotes', quote);
    expect(made.json('Quotes.0')).toMatchObject({
      QuoteNumber: 'QU-0001',
      Status: 'DRAFT',
      Title: 'Lamps',
      LineAmountTypes: 'EXCLUSIVE',
      SubTotal: 90,
    });
    const post = (Status: string) =>
      xero().call('POST', `/Quotes/${String(made.json('Quotes.0.QuoteID'))}`, { Status });
    expect((await post('ACCEPTED')).status).toBe(400);
    for (const status of ['SENT', 'ACCEPTED', 'INVOICED'])
      expect((await post(status)).json('Quotes.0.Status')).toBe(status);
    expect((await readBooks(xero())).balance('200')).toBe(0);
  });
});
