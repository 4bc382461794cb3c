// Credit notes (XERO.md 7.3): what they share with invoices, what they do not, and how they are used.
import { beforeEach, describe, expect, it } from 'vitest';
import { type Answer, lineOf, messagesOf, saleOf, useXero } from './xero.ts';

const xero = useXero();
beforeEach(() => xero().control.reset());

const call = (method: string, path: string, body?: unknown) => xero().call(method, path, body);
const note = (more: Readonly<Record<string, unknown>> = {}) => ({
  Type: 'ACCRECCREDIT',
  Contact: { Name: 'Ann Archer' },
  Date: '2026-03-05',
  Status: 'AUTHORISED',
  LineItems: [lineOf()],
  ...more,
});
const supplier = (more: Readonly<Record<string, unknown>> = {}) =>
  note({ Type: 'ACCPAYCREDIT', LineItems: [lineOf({ AccountCode: '300', TaxType: 'INPUT2' })], ...more });
const put = (body: unknown) => call('PUT', '/CreditNotes', body);
const field = (answer: Answer, name: string) => answer.json(`CreditNotes.0.${name}`);
const pathOf = (answer: Answer) => `/CreditNotes/${String(field(answer, 'CreditNoteID'))}`;
const allocate = (path: string, Amount: number, more = {}) =>
  call('PUT', `${path}/Allocations`, { Amount, Invoice: { InvoiceNumber: 'I-1' }, ...more });

describe('a credit note', () => {
  it("7.3 is a customer's or a supplier's, of the states of invoices", async () => {
    for (const Status of ['DRAFT', 'SUBMITTED', 'AUTHORISED'])
      for (const make of [note, supplier]) expect(field(await put(make({ Status })), 'Status')).toBe(Status);
    expect(messagesOf(await put(note({ Status: 'PAID' })))).toEqual([
      'Credit Note not of valid status for creation',
    ]);
    const path = pathOf(await put(note()));
    expect((await call('POST', path, { Status: 'DELETED' })).status).toBe(400);
    expect(field(await call('POST', path, { Status: 'VOIDED' }), 'Status')).toBe('VOIDED');
  });

  it('7.3 has no discounts: they are refused, or ignored by the option credit-note-discount', async () => {
    const discounted = note({ LineItems: [lineOf({ DiscountRate: 10 })] });
    expect((await put(discounted)).status).toBe(400);
    await xero().control.setOptions({ 'credit-note-discount': 'ignore' });
    expect(field(await put(discounted), 'SubTotal')).toBe(100);
    await xero().control.setOptions({ 'credit-note-discount': 'refuse' });
  });

  it("7.3 has a Reference when it is a customer's, and never a Url", async () => {
    const more = { Reference: 'r', Url: 'https://x.example/' };
    expect(field(await put(note(more)), 'Reference')).toBe('r');
    expect(field(await put(supplier(more)), 'Reference')).toBe('');
    expect(Object(field(await put(note(more)), '0'))).not.toHaveProperty('Url');
    expect((await put(note(more))).text).not.toContain('"Url"');
  });

  it("7.3 has a unique number when it is a customer's; a supplier's can be set and repeated", async () => {
    expect((await put(note({ CreditNoteNumber: 'C-1' }))).status).toBe(200);
    expect(messagesOf(await put(note({ CreditNoteNumber: 'C-1' })))).toEqual([
      'Credit Note # must be unique.',
    ]);
    const same = supplier({ CreditNoteNumber: 'S-1' });
    const both = await put({ CreditNotes: [same, same] });
    expect(both.json('CreditNotes')).toMatchObject([
      { CreditNoteNumber: 'S-1' },
      { CreditNoteNumber: 'S-1' },
    ]);
  });
});

describe('its use', () => {
  beforeEach(() => call('PUT', '/Invoices', saleOf('I-1')));

  it('7.3 is an allocation in a second call, of an AUTHORISED one alone', async () => {
    const draft = pathOf(await put(note({ Status: 'DRAFT' })));
    expect((await allocate(draft, 5)).status).toBe(400);
    const path = pathOf(await put(note()));
    expect((await allocate(path, 5)).status).toBe(200);
    expect((await call('GET', path)).json('CreditNotes.0')).toMatchObject({
      RemainingCredit: 115,
      Status: 'AUTHORISED',
      Allocations: [{ Amount: 5 }],
    });
    expect((await call('GET', '/Invoices/I-1')).json('Invoices.0')).toMatchObject({
      AmountCredited: 5,
      AmountDue: 115,
    });
  });

  it('7.3 has the later of the two dates, whatever is sent', async () => {
    const path = pathOf(await put(note()));
    const made = await allocate(path, 5, { Date: '2026-03-20' });
    expect(made.text).toContain(`\\/Date(${Date.UTC(2026, 2, 5)}+0000)`);
  });

  it('7.3 makes it PAID when nothing remains, and keeps it from being voided until it is taken back', async () => {
    const path = pathOf(await put(note()));
    const AllocationID = String((await allocate(path, 120)).json('Allocations.0.AllocationID'));
    const state = async () => (await call('GET', path)).json('CreditNotes.0');
    expect(await state()).toMatchObject({ Status: 'PAID', RemainingCredit: 0 });
    expect((await call('POST', path, { Status: 'VOIDED' })).status).toBe(400);
    const gone = await call('DELETE', `${path}/Allocations/${AllocationID}`);
    expect(gone.text).toContain('"IsDeleted":true');
    expect(await state()).toMatchObject({ Status: 'AUTHORISED', RemainingCredit: 120 });
    expect((await call('GET', '/Invoices/I-1')).json('Invoices.0')).toMatchObject({
      AmountCredited: 0,
      AmountDue: 120,
    });
    expect(field(await call('POST', path, { Status: 'VOIDED' }), 'Status')).toBe('VOIDED');
  });

  it('7.3 is a refund by a payment as well', async () => {
    const made = await put(note());
    const CreditNote = { CreditNoteID: field(made, 'CreditNoteID') };
    const refund = await call('PUT', '/Payments', {
      CreditNote,
      Account: { Code: '090' },
      Amount: 120,
      Date: '2026-03-06',
    });
    expect(refund.json('Payments.0.PaymentType')).toBe('ARCREDITPAYMENT');
    expect(field(await call('GET', pathOf(made)), 'Status')).toBe('PAID');
  });
});
