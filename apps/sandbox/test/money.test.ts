// Payments and allocations (XERO.md 7.3, 7.4), what they do to documents, and what stands in the books.
import { beforeEach, describe, expect, it } from 'vitest';
import { readBooks } from './books.ts';
import { lineOf, messagesOf, saleOf, useXero } from './xero.ts';

const xero = useXero();
beforeEach(() => xero().control.reset());

const put = (path: string, body: unknown) => xero().call('PUT', path, body);
const sale = async (number: string, more: Readonly<Record<string, unknown>> = {}) =>
  String((await put('/Invoices', saleOf(number, more))).json('Invoices.0.InvoiceID'));
const bill = async (number: string) =>
  String(
    (
      await put(
        '/Invoices',
        saleOf(number, { Type: 'ACCPAY', LineItems: [lineOf({ AccountCode: '300', TaxType: 'INPUT2' })] }),
      )
    ).json('Invoices.0.InvoiceID'),
  );
const note = async (number: string, more: Readonly<Record<string, unknown>> = {}) =>
  String(
    (
      await put('/CreditNotes', {
        Type: 'ACCRECCREDIT',
        CreditNoteNumber: number,
        Contact: { Name: 'Ann Archer' },
        Date: '2026-03-09',
        Status: 'AUTHORISED',
        LineItems: [lineOf({ Quantity: 1 })],
        ...more,
      })
    ).json('CreditNotes.0.CreditNoteID'),
  );
const pay = (InvoiceID: string, Amount: number, more: Readonly<Record<string, unknown>> = {}) =>
  put('/Payments', {
    Invoice: { InvoiceID },
    Account: { Code: '090' },
    Date: '2026-03-20',
    Amount,
    ...more,
  });
const invoice = async (id: string) =>
  Object((await xero().call('GET', `/Invoices/${id}`)).json('Invoices.0'));

describe('a payment', () => {
  it('in part leaves the rest due; in full makes the invoice PAID; deleted, it is AUTHORISED again', async () => {
    const id = await sale('I-1');
    const first = await pay(id, 50);
    expect(first.json('Payments.0')).toMatchObject({
      Amount: 50,
      PaymentType: 'ACCRECPAYMENT',
      Status: 'AUTHORISED',
      Invoice: { InvoiceID: id, InvoiceNumber: 'I-1' },
    });
    expect(await invoice(id)).toMatchObject({ Status: 'AUTHORISED', AmountDue: 70, AmountPaid: 50 });
    const second = await pay(id, 70);
    expect(await invoice(id)).toMatchObject({
      Status: 'PAID',
      AmountDue: 0,
      AmountPaid: 120,
      Payments: [{ Amount: 50 }, { Amount: 70 }],
      FullyPaidOnDate: '/Date(1773964800000+0000)/',
    });
    const paid = await readBooks(xero());
    expect([paid.balance('090'), paid.balance('610'), paid.balance('200'), paid.balance('820')]).toEqual([
      12_000, 0, -10_000, -2_000,
    ]);
    const gone = await xero().call('POST', `/Payments/${String(second.json('Payments.0.PaymentID'))}`, {
      Status: 'DELETED',
    });
    expect(gone.json('Payments.0.Status')).toBe('DELETED');
    expect(await invoice(id)).toMatchObject({ Status: 'AUTHORISED', AmountDue: 70 });
    const books = await readBooks(xero());
    expect([books.balance('090'), books.balance('610'), books.sum]).toEqual([5_000, 7_000, 0]);
  });

  it.each([
    [
      'more than is due',
      { Amount: 120.01 },
      'Payment amount exceeds the amount outstanding on this document',
    ],
    ['nothing', { Amount: 0 }, 'The payment amount must be greater than 0.'],
    ['no account', { Account: {} }, 'You must specify an Account code or Account ID for the payment'],
    [
      'an account that takes no payments',
      { Account: { Code: '404' } },
      'Account type is invalid for making a payment to/from',
    ],
  ])('of or to %s is refused', async (_what, more, message) => {
    const id = await sale('I-1');
    const answer = await pay(id, 10, more);
    expect(answer.status).toBe(400);
    expect(messagesOf(answer, 'Payments')).toEqual([message]);
    expect(await invoice(id)).toMatchObject({ AmountDue: 120 });
  });

  it('against a draft is refused; to an expense with payments enabled it is not', async () => {
    const draft = await sale('I-1', { Status: 'DRAFT' });
    expect(messagesOf(await pay(draft, 10), 'Payments')).toEqual([
      'Payments can only be made against Authorised documents',
    ]);
    const approved = await sale('I-2');
    expect((await pay(approved, 10, { Account: { Code: '430' } })).status).toBe(200);
  });

  it('of a bill and a refund of a credit note go out of the bank', async () => {
    await pay(await bill('B-1'), 120);
    const id = await note('C-1');
    const answer = await put('/Payments', {
      CreditNote: { CreditNoteID: id },
      Account: { Code: '091' },
      Date: '2026-03-20',
      Amount: 30,
    });
    expect(answer.json('Payments.0.PaymentType')).toBe('ARCREDITPAYMENT');
    const books = await readBooks(xero());
    expect(['090', '091', '800', '610', '300', '820'].map(books.balance)).toEqual([
      -12_000, -3_000, 0, 0, 10_000, 2_500,
    ]);
    expect(books.sum).toBe(0);
  });

  it('keeps a paid invoice from being voided or changed in substance, not from being described anew', async () => {
    const id = await sale('I-1');
    await pay(id, 50);
    const post = (body: unknown) => xero().call('POST', `/Invoices/${id}`, body);
    const locked = 'This document cannot be edited as it has a payment or credit note allocated to it.';
    expect(messagesOf(await post({ Status: 'VOIDED' }))).toEqual([
      'Invoice not of valid status for modification',
      locked,
    ]);
    expect(messagesOf(await post({ LineItems: [lineOf({ Quantity: 5 })] }))).toEqual([
      'Invoice not of valid status for modification',
      locked,
    ]);
    expect(messagesOf(await post({ Date: '2026-03-03' }))).toEqual([
      'Date cannot be changed on an invoice that has payment or credit notes allocated to it',
    ]);
    const words = await post({ Reference: 'R', LineItems: [lineOf({ Description: 'Tall lamp' })] });
    expect(words.json('Invoices.0')).toMatchObject({ Reference: 'R', AmountDue: 70 });
    await pay(id, 70);
    expect(messagesOf(await post({ Status: 'AUTHORISED' }))).toEqual([
      'The status AUTHORISED cannot be applied to the invoice because it has payment or Credit notes allocated to it',
    ]);
  });
});

describe('an allocation', () => {
  it('lowers what is due and what remains; a note used up is PAID; taken back, both are as before', async () => {
    const [invoiceId, noteId] = [await sale('I-1'), await note('C-1')];
    const answer = await put(`/CreditNotes/${noteId}/Allocations`, {
      Allocations: [{ Amount: 30, Invoice: { InvoiceID: invoiceId } }],
    });
    expect(answer.json('Allocations.0')).toMatchObject({ Amount: 30, Invoice: { InvoiceID: invoiceId } });
    expect(await invoice(invoiceId)).toMatchObject({
      AmountDue: 90,
      AmountCredited: 30,
      CreditNotes: [{ CreditNoteID: noteId, AppliedAmount: 30 }],
    });
    const used = (await xero().call('GET', `/CreditNotes/${noteId}`)).json('CreditNotes.0');
    expect(used).toMatchObject({ Status: 'PAID', RemainingCredit: 0, Allocations: [{ Amount: 30 }] });
    const voided = await xero().call('POST', `/CreditNotes/${noteId}`, { Status: 'VOIDED' });
    expect(voided.status).toBe(400);
    const id = String(answer.json('Allocations.0.AllocationID'));
    const gone = await xero().call('DELETE', `/CreditNotes/${noteId}/Allocations/${id}`);
    expect([gone.status, gone.json('IsDeleted')]).toEqual([200, true]);
    expect(await invoice(invoiceId)).toMatchObject({ AmountDue: 120, CreditNotes: [] });
    expect((await readBooks(xero())).balance('610')).toBe(9_000);
  });

  it.each([
    [30.01, 'The amount allocated exceeds the credit that remains'],
    [0, 'The amount allocated must be greater than 0.'],
  ])('of %d is refused', async (Amount, message) => {
    const [InvoiceID, id] = [await sale('I-1'), await note('C-1')];
    const answer = await put(`/CreditNotes/${id}/Allocations`, { Amount, Invoice: { InvoiceID } });
    expect(messagesOf(answer, 'Allocations')).toEqual([message]);
  });

  it("to another contact's invoice or to a bill is refused", async () => {
    const id = await note('C-1');
    for (const InvoiceID of [await sale('I-1', { Contact: { Name: 'Bo' } }), await bill('B-1')]) {
      const answer = await put(`/CreditNotes/${id}/Allocations`, { Amount: 5, Invoice: { InvoiceID } });
      expect(messagesOf(answer, 'Allocations')).toEqual([
        'The credit and the invoice must be of the same contact and kind',
      ]);
    }
  });
});

describe('the trial balance', () => {
  it('shows the month and the year, and puts what earlier years earned into retained earnings', async () => {
    await sale('I-1', { Date: '2026-03-31' });
    await sale('I-2', { Date: '2026-04-01' });
    await sale('I-3', { Date: '2026-05-02' });
    const march = await readBooks(xero(), '2026-03-31');
    expect([march.month('200'), march.balance('200'), march.balance('960')]).toEqual([-10_000, -10_000, 0]);
    const may = await readBooks(xero(), '2026-05-31');
    expect([may.month('200'), may.balance('200'), may.balance('960'), may.balance('610')]).toEqual([
      -10_000, -20_000, -10_000, 36_000,
    ]);
    expect([march.sum, may.sum]).toEqual([0, 0]);
  });

  it('a void takes a document out of it', async () => {
    const id = await sale('I-1');
    await xero().call('POST', `/Invoices/${id}`, { Status: 'VOIDED' });
    const books = await readBooks(xero());
    expect(['610', '200', '820'].map(books.balance)).toEqual([0, 0, 0]);
  });
});
