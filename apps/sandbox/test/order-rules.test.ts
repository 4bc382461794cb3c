// Purchase orders rule by rule (XERO.md 7.5).
import { beforeEach, describe, expect, it } from 'vitest';
import { readBooks } from './books.ts';
import { lineOf, messagesOf, useXero, type Xero } from './xero.ts';

const usual = useXero();
const free = useXero({ limits: 'off', options: { 'order-steps': 'free' } });
beforeEach(async () => {
  for (const xero of [usual(), free()]) {
    await xero.control.reset();
    await xero.call('PUT', '/Contacts', { Name: 'Bo' });
  }
});

const make = (xero: Xero, more: Readonly<Record<string, unknown>> = {}) =>
  xero.call('PUT', '/PurchaseOrders', {
    Contact: { Name: 'Bo' },
    Date: '2026-03-02',
    LineItems: [lineOf({ AccountCode: '300', TaxType: 'INPUT2' })],
    ...more,
  });
const states = ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'BILLED', 'DELETED'];

/** The states an order can be posted to from each of those it can be made in. */
async function stepsOf(xero: Xero): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const from of states.slice(0, 4)) {
    for (const to of states) {
      const made = await make(xero, { Status: from });
      const id = String(made.json('PurchaseOrders.0.PurchaseOrderID'));
      const { status } = await xero.call('POST', `/PurchaseOrders/${id}`, { Status: to });
      if (status === 200) found[from] = [...(found[from] ?? []), to];
    }
  }
  return found;
}

describe('7.5 purchase orders', () => {
  it('7.5 go forward from state to state and are deleted; by option from every state to every other', async () => {
    expect(await stepsOf(usual())).toEqual({
      DRAFT: states,
      SUBMITTED: states,
      AUTHORISED: ['AUTHORISED', 'BILLED', 'DELETED'],
      BILLED: ['AUTHORISED', 'BILLED', 'DELETED'],
    });
    const all = Object.fromEntries(states.slice(0, 4).map((state) => [state, states]));
    expect(await stepsOf(free())).toEqual(all);
  });

  it('7.5 what is deleted stays deleted', async () => {
    for (const xero of [usual(), free()]) {
      const id = String((await make(xero)).json('PurchaseOrders.0.PurchaseOrderID'));
      await xero.call('POST', `/PurchaseOrders/${id}`, { Status: 'DELETED' });
      expect((await xero.call('POST', `/PurchaseOrders/${id}`, { Status: 'DRAFT' })).status).toBe(400);
    }
  });

  it('7.5 post nothing, and no bill comes of them', async () => {
    await make(usual(), { Status: 'BILLED' });
    const books = await readBooks(usual());
    expect([books.balance('300'), books.balance('800')]).toEqual([0, 0]);
    expect((await usual().call('GET', '/Journals')).json('Journals')).toEqual([]);
    expect((await usual().call('GET', '/Invoices')).json('Invoices')).toEqual([]);
  });

  it('7.5 do not make their contact', async () => {
    const answer = await make(usual(), { Contact: { Name: 'Nobody yet' } });
    expect(messagesOf(answer, 'PurchaseOrders')).toEqual([
      'A Contact must be specified for this type of transaction',
    ]);
    expect((await usual().call('GET', '/Contacts')).json('Contacts')).toHaveLength(1);
  });

  it('7.5 have a number of their own, or one that is sent and unique', async () => {
    expect((await make(usual())).json('PurchaseOrders.0.PurchaseOrderNumber')).toBe('PO-0001');
    expect((await make(usual(), { PurchaseOrderNumber: 'X' })).status).toBe(200);
    expect(messagesOf(await make(usual(), { PurchaseOrderNumber: 'X' }), 'PurchaseOrders')).toEqual([
      'Order number must be unique',
    ]);
  });

  it('7.5 are marked as sent only when approved or billed; else there is a warning', async () => {
    const draft = await make(usual(), { SentToContact: true });
    expect(draft.json('PurchaseOrders.0.SentToContact')).toBe(false);
    expect(draft.json('PurchaseOrders.0.Warnings')).toEqual([
      { Message: 'Only AUTHORISED and BILLED purchase orders may have SentToContact updated.' },
    ]);
    for (const Status of ['AUTHORISED', 'BILLED'])
      expect(
        (await make(usual(), { Status, SentToContact: true })).json('PurchaseOrders.0.SentToContact'),
      ).toBe(true);
  });

  it('7.5 take 500 characters of DeliveryInstructions', async () => {
    expect((await make(usual(), { DeliveryInstructions: 'x'.repeat(500) })).status).toBe(200);
    expect((await make(usual(), { DeliveryInstructions: 'x'.repeat(501) })).status).toBe(400);
  });

  it('7.5 are always listed in pages', async () => {
    await make(usual());
    expect((await usual().call('GET', '/PurchaseOrders')).json('pagination')).toEqual({
      page: 1,
      pageSize: 100,
      pageCount: 1,
      itemCount: 1,
    });
  });
});
