// The pages for people: lists, records, the books, and the log of calls, with the same addresses every time.
import { describe, expect, it } from 'vitest';
import { lineOf, saleOf, useXero } from './xero.ts';

const xero = useXero();
const read = async (path: string) => {
  const response = await fetch(`${xero().url}${path}`);
  return { status: response.status, url: response.url, html: await response.text() };
};
const list = (name: string) => read(`/organisations/${xero().tenant}/${name}`);

describe('pages', () => {
  it('lead from the start to the lists of an organisation', async () => {
    const home = await read('/');
    expect(home.html).toContain(`href="/organisations/${xero().tenant}/invoices"`);
    for (const name of [
      ...['contacts', 'items', 'invoices', 'bills', 'credit-notes', 'purchase-orders', 'quotes'],
      ...['bank-transactions', 'payments', 'manual-journals', 'journals'],
      ...['attachments', 'trial-balance'],
    ]) {
      const { status, html } = await list(name);
      expect([name, status]).toEqual([name, 200]);
      expect(html).toContain('aria-current="page"');
      expect(html).toContain('prefers-color-scheme: dark');
    }
    expect((await list('nothing')).status).toBe(404);
  });

  it('show what landed, each record at an address that its id alone leads to', async () => {
    const sale = await xero().call(
      'PUT',
      '/Invoices',
      saleOf('P-1', { Contact: { Name: 'Ann <Archer> & Co' } }),
    );
    expect(sale.status).toBe(400);
    const good = await xero().call('PUT', '/Invoices', saleOf('P-1', { Contact: { Name: 'Ann & Co' } }));
    const id = String(good.json('Invoices.0.InvoiceID'));
    const invoices = await list('invoices');
    for (const part of ['P-1', 'Ann &amp; Co', '120.00 GBP', 'AUTHORISED'])
      expect(invoices.html).toContain(part);
    expect((await list('bills')).html).not.toContain('P-1');
    const record = await read(`/record/${id}`);
    expect(record.url).toBe(`${xero().url}/organisations/${xero().tenant}/invoices/${id}`);
    for (const part of ['Lamp', '200 Sales', 'In the books', '100.00', '20.00'])
      expect(record.html).toContain(part);
    const contact = await read(`/record/${String(good.json('Invoices.0.Contact.ContactID'))}`);
    expect(contact.html).toContain('P-1');
    const balance = await list('trial-balance');
    expect(balance.html).toContain('Total');
    expect(balance.html.match(/120\.00/g)?.length).toBeGreaterThanOrEqual(3);
    expect((await read('/record/00000000-0000-0000-0000-000000000001')).status).toBe(404);
  });

  it('show what was paid, noted, attached and posted beside a document, and each journal by its number', async () => {
    const sale = await xero().call('PUT', '/Invoices', saleOf('P-2'));
    const id = String(sale.json('Invoices.0.InvoiceID'));
    const payment = { Invoice: { InvoiceID: id }, Account: { Code: '090' }, Date: '2026-03-03', Amount: 20 };
    const paid = await xero().call('PUT', '/Payments', payment);
    await xero().call('PUT', `/Invoices/${id}/History`, {
      HistoryRecords: [{ Details: 'Called <b>twice</b>' }],
    });
    const file = await xero().call(
      'PUT',
      `/Invoices/${id}/Attachments/slip.txt`,
      '<script>alert(1)</script>',
      {
        'Content-Type': 'text/html',
      },
    );
    const { html } = await read(`/record/${id}`);
    for (const part of ['ACCRECPAYMENT', 'Called &lt;b&gt;twice', 'slip.txt', '200 Sales', '>100.00<'])
      expect(html).toContain(part);
    const address = /href="(\/organisations\/[^"]+\/journals\/\d+)"/.exec(html)?.[1] ?? '';
    const journal = await read(address);
    for (const part of ['Accounts Receivable', '120.00', `/record/${id}`])
      expect(journal.html).toContain(part);
    expect((await list('journals')).html).toContain(address);
    expect((await list('journals/99999')).status).toBe(404);
    const money = await read(`/record/${String(paid.json('Payments.0.PaymentID'))}`);
    for (const part of ['P-2', '20.00', 'Business Current Account']) expect(money.html).toContain(part);
    const download = await fetch(
      `${xero().url}/organisations/${xero().tenant}/attachments/${String(file.json('Attachments.0.AttachmentID'))}`,
    );
    expect(download.headers.get('content-disposition')).toBe('attachment');
    expect(download.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('show the names they are given as text, however they are written', async () => {
    const hostile = `"><script>alert(1)</script>'&amp;<img src=x onerror=alert(2)>`;
    const line = { ...lineOf(), Description: hostile };
    const note = saleOf('', { Type: 'ACCRECCREDIT', CreditNoteNumber: hostile, LineItems: [line] });
    const made = [
      await xero().call('PUT', '/Items', { Code: `<b>'"`, Name: hostile.slice(0, 50), Description: hostile }),
      await xero().call('PUT', '/CreditNotes', { ...note, Reference: hostile }),
      await xero().call('PUT', '/Contacts', {
        ...{ Name: `O'Hara & "Söhne"`, FirstName: hostile, ContactNumber: hostile.slice(0, 50) },
        Phones: [{ PhoneType: 'DEFAULT', PhoneNumber: hostile.slice(0, 50) }],
        Addresses: [{ AddressType: 'STREET', AddressLine1: hostile }],
      }),
      await xero().call('GET', `/Items?where=${encodeURIComponent(hostile)}`),
    ];
    expect(made.map(({ status }) => status)).toEqual([200, 200, 200, 400]);
    const ids = ['Items.0.ItemID', 'CreditNotes.0.CreditNoteID', 'Contacts.0.ContactID'];
    const records = ids.map((path, at) => `/record/${String(made[at]?.json(path))}`);
    const names = ['items', 'contacts', 'credit-notes', 'journals'];
    const all = [...names.map((name) => `/organisations/${xero().tenant}/${name}`), '/calls', ...records];
    for (const path of all) {
      const { status, html } = await read(path);
      expect([path, status]).toEqual([path, 200]);
      expect(html.match(/<(script>alert|img|b>)/g) ?? []).toEqual([]);
    }
    expect((await read(records[2] ?? '')).html).toContain('O&#39;Hara &amp; &quot;Söhne&quot;');
  });

  it('turn pages of a hundred, newest first', async () => {
    const contacts = Array.from({ length: 150 }, (_, n) => ({ Name: `Many ${n}` }));
    await xero().call('PUT', '/Contacts', { Contacts: contacts });
    const first = await list('contacts');
    expect(first.html).toContain('Page 1 of 2');
    expect((await list('contacts?page=2')).html).toContain('Page 2 of 2');
    expect((await list('contacts?page=99')).html).toContain('Page 2 of 2');
  });

  it('show the calls with their bodies and what is left of the limits', async () => {
    await xero().call('GET', '/Items?where=Code%3D%3D%22%3Cb%3E%22');
    const calls = await read('/calls');
    expect(calls.html).toContain('Left this minute');
    expect(calls.html).toContain('/Items?where=');
    const [call] = await xero().control.calls({ path: '/invoices' });
    const shown = await read(`/calls/${call?.id ?? 0}`);
    expect(shown.html).toContain('&quot;InvoiceNumber&quot;:&quot;P-1&quot;');
    expect((await read('/calls/999999')).status).toBe(404);
  });
});
