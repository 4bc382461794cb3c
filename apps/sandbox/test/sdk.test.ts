// The unmodified xero-node: contacts, items, invoices and credit notes in batches of fifty, written and read back.

import { beforeAll, describe, expect, it } from 'vitest';
import { AccountingApi, CreditNote, Invoice, LineAmountTypes } from 'xero-node';
import { useXero } from './xero.ts';

const xero = useXero();
let api: AccountingApi;

beforeAll(() => {
  api = new AccountingApi(`${xero().url}/api.xro/2.0`);
  api.accessToken = xero().token;
});

const fifty = Array.from({ length: 50 }, (_, index) => index);
const line = {
  description: 'Lamp',
  quantity: 3,
  unitAmount: 1.005,
  accountCode: '200',
  taxType: 'OUTPUT2',
  itemCode: 'ITEM-0',
};

describe('xero-node', () => {
  it('reads the organisation, its accounts and its tax rates', async () => {
    const organisations = (await api.getOrganisations(xero().tenant)).body.organisations ?? [];
    expect(organisations[0]).toMatchObject({
      organisationID: xero().tenant,
      name: 'Stockbook Trial (GB)',
      countryCode: 'GB',
      baseCurrency: 'GBP',
    });
    const accounts = (await api.getAccounts(xero().tenant)).body.accounts ?? [];
    for (const [code, name] of [
      ['200', 'Sales'],
      ['205', 'Carriage'],
      ['210', 'Discounts Allowed'],
      ['215', 'Fees Recharged'],
      ['220', 'Charges Recharged'],
      ['225', 'Gift Vouchers'],
    ]) {
      const account = accounts.find((one) => one.code === code);
      expect(account).toMatchObject({ name, taxType: 'OUTPUT2', status: 'ACTIVE' });
      expect(['SALES', 'REVENUE', 'OTHERINCOME']).toContain(account?.type);
    }
    const rates = (await api.getTaxRates(xero().tenant)).body.taxRates ?? [];
    expect(rates.find((rate) => rate.taxType === 'OUTPUT2')).toMatchObject({
      effectiveRate: 20,
      canApplyToRevenue: true,
      canApplyToExpenses: false,
    });
    expect(rates.find((rate) => rate.taxType === 'ZERORATEDOUTPUT')).toMatchObject({
      effectiveRate: 0,
      canApplyToRevenue: true,
    });
  });

  it('makes and reads fifty contacts', async () => {
    const contacts = fifty.map((n) => ({ name: `Customer ${n}`, contactNumber: String(1000 + n) }));
    const made =
      (await api.createContacts(xero().tenant, { contacts }, false, 'contacts-1')).body.contacts ?? [];
    expect(made).toHaveLength(50);
    expect(made[7]).toMatchObject({ name: 'Customer 7', contactNumber: '1007', contactStatus: 'ACTIVE' });
    const page = (
      await api.getContacts(
        xero().tenant,
        undefined,
        undefined,
        undefined,
        undefined,
        1,
        undefined,
        undefined,
        undefined,
        20,
      )
    ).body;
    expect(page.pagination).toMatchObject({ page: 1, pageSize: 20, pageCount: 3, itemCount: 50 });
    const one = await api.getContact(xero().tenant, made[7]?.contactID ?? '');
    expect(one.body.contacts?.[0]?.name).toBe('Customer 7');
  });

  it('makes, finds and changes fifty items', async () => {
    const items = fifty.map((n) => ({
      code: `ITEM-${n}`,
      name: `Item ${n}`,
      salesDetails: { unitPrice: 1.2345, accountCode: '200' },
    }));
    const made = (await api.createItems(xero().tenant, { items }, false, 4)).body.items ?? [];
    expect(made[3]).toMatchObject({
      code: 'ITEM-3',
      isSold: true,
      isTrackedAsInventory: false,
      salesDetails: { unitPrice: 1.2345 },
    });
    const changed = await api.updateOrCreateItems(
      xero().tenant,
      { items: [{ code: 'item-3', name: 'Renamed' }] },
      false,
      4,
    );
    expect(changed.body.items?.[0]).toMatchObject({
      itemID: made[3]?.itemID,
      code: 'item-3',
      name: 'Renamed',
    });
    expect((await api.getItems(xero().tenant)).body.items).toHaveLength(50);
    const found = await api.getItems(xero().tenant, undefined, 'Code=="ITEM-9"');
    expect(found.body.items?.map((item) => item.code)).toEqual(['ITEM-9']);
  });

  it('makes fifty invoices with tax per line and reads them by number, by id and by page', async () => {
    const invoices: Invoice[] = fifty.map((n) => ({
      type: Invoice.TypeEnum.ACCREC,
      invoiceNumber: `S-${n}`,
      contact: { contactNumber: String(1000 + n) },
      date: '2010-12-01',
      dueDate: '2010-12-31',
      lineAmountTypes: LineAmountTypes.Exclusive,
      status: Invoice.StatusEnum.AUTHORISED,
      lineItems: [line, { ...line, quantity: 1, unitAmount: 0.13 }],
    }));
    const made =
      (await api.createInvoices(xero().tenant, { invoices }, false, 4, 'invoices-1')).body.invoices ?? [];
    // 3 * 1.005 = 3.015 -> 3.02, tax 0.604 -> 0.60; 0.13, tax 0.026 -> 0.03.
    expect(made[0]).toMatchObject({
      subTotal: 3.15,
      totalTax: 0.63,
      total: 3.78,
      amountDue: 3.78,
      status: 'AUTHORISED',
    });
    expect(made[0]?.lineItems?.[0]).toMatchObject({
      unitAmount: 1.005,
      lineAmount: 3.02,
      taxAmount: 0.6,
      itemCode: 'ITEM-0',
    });
    const none = undefined;
    const byNumber = await api.getInvoices(xero().tenant, none, none, none, none, ['S-1', 's-2']);
    expect(byNumber.body.invoices?.map((invoice) => invoice.invoiceNumber)).toEqual(['S-1', 'S-2']);
    const one = (await api.getInvoice(xero().tenant, made[4]?.invoiceID ?? '', 4)).body.invoices?.[0];
    expect(one?.contact?.name).toBe('Customer 4');
    const page = (
      await api.getInvoices(
        xero().tenant,
        none,
        none,
        'InvoiceNumber',
        none,
        none,
        none,
        ['AUTHORISED'],
        2,
        none,
        none,
        none,
        none,
        30,
      )
    ).body;
    expect(page.invoices).toHaveLength(20);
    expect(page.pagination?.itemCount).toBe(50);
  });

  it('makes credit notes and refuses with messages the SDK hands on', async () => {
    const creditNotes: CreditNote[] = [
      {
        type: CreditNote.TypeEnum.ACCRECCREDIT,
        creditNoteNumber: 'C-1',
        contact: { name: 'Customer 1' },
        date: '2010-12-02',
        status: CreditNote.StatusEnum.AUTHORISED,
        lineItems: [line],
      },
      {
        type: CreditNote.TypeEnum.ACCRECCREDIT,
        creditNoteNumber: 'C-1',
        contact: { name: 'Customer 1' },
        date: '2010-12-02',
        lineItems: [line],
      },
    ];
    const made =
      (await api.createCreditNotes(xero().tenant, { creditNotes }, false, 4)).body.creditNotes ?? [];
    expect(made[0]).toMatchObject({ creditNoteNumber: 'C-1', remainingCredit: 3.62, hasErrors: false });
    expect(made[1]).toMatchObject({
      hasErrors: true,
      validationErrors: [{ message: 'Credit Note # must be unique.' }],
    });
    const refusal = await api
      .createCreditNotes(xero().tenant, { creditNotes: creditNotes.slice(1) })
      .catch(String);
    expect(JSON.parse(String(refusal))).toMatchObject({
      response: { statusCode: 400, body: { ErrorNumber: 10 } },
    });
  });

  it('counts all of it in the summary', async () => {
    const { organisations, calls } = await xero().control.summary();
    expect(organisations[xero().tenant]).toMatchObject({
      name: 'Stockbook Trial (GB)',
      Contacts: { count: 50, duplicates: 0 },
      Items: { count: 50, duplicates: 0 },
      Invoices: {
        count: 50,
        duplicates: 0,
        by: { 'ACCREC AUTHORISED': { count: 50, total: '189.00', tax: '31.50' } },
        accounts: { '200': '157.50' },
      },
      CreditNotes: { count: 1, by: { 'ACCRECCREDIT AUTHORISED': { count: 1, total: '3.62', tax: '0.60' } } },
    });
    expect(calls['PUT /Invoices']).toEqual({ '200': 1 });
    expect(calls['PUT /CreditNotes']).toEqual({ '200': 1, '400': 1 });
  });
});
