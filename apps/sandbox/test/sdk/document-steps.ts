// The walk over invoices, credit notes, purchase orders and quotes.
import { expect } from 'vitest';
import {
  CreditNote,
  Invoice,
  LineAmountTypes,
  PurchaseOrder,
  QuoteLineAmountTypes,
  QuoteStatusCodes,
} from 'xero-node';
import { idOf, keep, refusalOf, type Walk } from './walk.ts';

const none = undefined;
const lineItems = [
  {
    description: 'Lamp',
    quantity: 4,
    unitAmount: 25,
    accountCode: '200',
    taxType: 'OUTPUT2',
    itemCode: 'I-1',
  },
];
const costLines = [
  { description: 'Wire', quantity: 2, unitAmount: 10, accountCode: '300', taxType: 'INPUT2' },
];
const contact = { name: 'Ann Archer' };
const head = { contact, date: '2026-03-02', lineAmountTypes: LineAmountTypes.Exclusive };

export async function walkInvoices(walk: Walk): Promise<void> {
  const { api, tenant } = walk;
  const sale = { ...head, type: Invoice.TypeEnum.ACCREC, dueDate: '2026-04-01', lineItems };
  const status = Invoice.StatusEnum.AUTHORISED;
  const invoices = [1, 2, 3].map((n) => ({ ...sale, invoiceNumber: `S-${n}`, status }));
  const made = (await api.createInvoices(tenant, { invoices }, false, 4, 'k-invoices')).body.invoices ?? [];
  for (const [n, one] of made.entries()) keep(walk, `sale ${n + 1}`, one.invoiceID);
  expect(made[0]).toMatchObject({
    total: 120,
    totalTax: 20,
    amountDue: 120,
    lineItems: [{ unitAmount: 25 }],
  });
  const bill = { ...sale, type: Invoice.TypeEnum.ACCPAY, invoiceNumber: 'B-1', lineItems: costLines };
  const wish = { invoices: [bill, { ...sale, invoiceNumber: 'S-1', reference: 'Once more' }] };
  const both = (await api.updateOrCreateInvoices(tenant, wish)).body.invoices ?? [];
  const draft = keep(walk, 'bill', both[0]?.invoiceID);
  expect(both[1]).toMatchObject({ invoiceNumber: 'S-1', reference: 'Once more' });
  const approved = await api.updateInvoice(tenant, draft, { invoices: [{ status }] }, 4);
  expect(approved.body.invoices?.[0]).toMatchObject({ status: 'AUTHORISED', total: 24 });
  const voided = { invoices: [{ status: Invoice.StatusEnum.VOIDED }] };
  const third = idOf(walk, 'sale 3');
  expect((await api.updateInvoice(tenant, third, voided)).body.invoices?.[0]?.status).toBe('VOIDED');
  const read = (await api.getInvoice(tenant, idOf(walk, 'sale 1'), 4)).body.invoices?.[0];
  expect(read).toMatchObject({
    invoiceNumber: 'S-1',
    contact: { name: 'Ann Archer' },
    status: 'AUTHORISED',
  });
  const listed = await api.getInvoices(
    tenant,
    new Date(0),
    'Type=="ACCREC"',
    'InvoiceNumber',
    none,
    none,
    [idOf(walk, 'contact')],
    ['AUTHORISED', 'VOIDED'],
    1,
    true,
    none,
    4,
    false,
    2,
  );
  expect(listed.body.invoices?.map(({ invoiceNumber }) => invoiceNumber)).toEqual(['S-1', 'S-2']);
  expect(listed.body.pagination).toMatchObject({ itemCount: 3, pageSize: 2 });
  const refused = await refusalOf(api.createInvoices(tenant, { invoices: invoices.slice(0, 1) }));
  expect(refused).toEqual({ status: 400, messages: ['Invoice # must be unique.'] });
  expect((await refusalOf(api.getInvoice(tenant, tenant))).status).toBe(404);
}

export async function walkEmail(walk: Walk): Promise<void> {
  const { api, tenant } = walk;
  const id = idOf(walk, 'sale 1');
  expect((await api.emailInvoice(tenant, id, {})).response.status).toBe(204);
  expect((await api.getInvoice(tenant, id)).body.invoices?.[0]?.sentToContact).toBe(true);
  expect((await refusalOf(api.emailInvoice(tenant, idOf(walk, 'sale 3'), {}))).status).toBe(400);
}

export async function walkCreditNotes(walk: Walk): Promise<void> {
  const { api, tenant } = walk;
  const type = CreditNote.TypeEnum.ACCRECCREDIT;
  const status = CreditNote.StatusEnum.AUTHORISED;
  const note = { ...head, type, creditNoteNumber: 'N-1', lineItems };
  const made = (await api.createCreditNotes(tenant, { creditNotes: [note] }, false, 4)).body.creditNotes;
  const id = keep(walk, 'credit note', made?.[0]?.creditNoteID);
  const more = { ...note, creditNoteNumber: 'N-2', status };
  const wish = { creditNotes: [{ ...note, reference: 'Back' }, more] };
  const both = (await api.updateOrCreateCreditNotes(tenant, wish)).body.creditNotes ?? [];
  expect(both[0]).toMatchObject({ creditNoteID: id, reference: 'Back' });
  const approved = await api.updateCreditNote(tenant, id, { creditNotes: [{ status }] }, 4);
  expect(approved.body.creditNotes?.[0]).toMatchObject({ status: 'AUTHORISED', remainingCredit: 120 });
  const invoice = { invoiceID: idOf(walk, 'sale 1') };
  const allocations = [{ invoice, amount: 20, date: '2026-03-02' }];
  const allocated = await api.createCreditNoteAllocation(tenant, id, { allocations });
  const allocation = allocated.body.allocations?.[0]?.allocationID ?? '';
  const read = (await api.getCreditNote(tenant, id, 4)).body.creditNotes?.[0];
  expect(read).toMatchObject({ remainingCredit: 100, allocations: [{ amount: 20 }] });
  const gone = (await api.deleteCreditNoteAllocations(tenant, id, allocation)).body;
  expect(gone).toMatchObject({ allocationID: allocation, amount: 20, isDeleted: true });
  const listed = await api.getCreditNotes(tenant, new Date(0), 'Type=="ACCRECCREDIT"', 'Date', 1, 4, 10);
  expect(listed.body.creditNotes).toHaveLength(2);
  const tooMuch = { allocations: [{ invoice, amount: 500, date: '2026-03-02' }] };
  expect((await refusalOf(api.createCreditNoteAllocation(tenant, id, tooMuch))).status).toBe(400);
  expect((await refusalOf(api.createCreditNotes(tenant, { creditNotes: [more] }))).status).toBe(400);
  expect((await refusalOf(api.getCreditNote(tenant, tenant))).status).toBe(404);
}

export async function walkPurchaseOrders(walk: Walk): Promise<void> {
  const { api, tenant } = walk;
  const withContact = { contactID: idOf(walk, 'contact') };
  const order = {
    ...head,
    contact: withContact,
    purchaseOrderNumber: 'P-1',
    deliveryDate: '2026-03-20',
    deliveryInstructions: 'Ring twice',
    lineItems: costLines,
  };
  const made = (await api.createPurchaseOrders(tenant, { purchaseOrders: [order] }, false)).body;
  const id = keep(walk, 'order', made.purchaseOrders?.[0]?.purchaseOrderID);
  const wish = {
    purchaseOrders: [
      { ...order, reference: 'R' },
      { ...order, purchaseOrderNumber: 'P-2' },
    ],
  };
  expect((await api.updateOrCreatePurchaseOrders(tenant, wish)).body.purchaseOrders).toHaveLength(2);
  const status = PurchaseOrder.StatusEnum.AUTHORISED;
  const approved = await api.updatePurchaseOrder(tenant, id, { purchaseOrders: [{ status }] });
  expect(approved.body.purchaseOrders?.[0]).toMatchObject({ status: 'AUTHORISED', total: 24 });
  expect((await api.getPurchaseOrder(tenant, id)).body.purchaseOrders?.[0]).toMatchObject({
    reference: 'R',
    deliveryInstructions: 'Ring twice',
  });
  const byNumber = await api.getPurchaseOrderByNumber(tenant, 'P-1');
  expect(byNumber.body.purchaseOrders?.[0]?.purchaseOrderID).toBe(id);
  const listed = await api.getPurchaseOrders(
    tenant,
    new Date(0),
    'AUTHORISED',
    '2026-03-01',
    '2026-03-31',
    'PurchaseOrderNumber',
    1,
    10,
  );
  expect(listed.body.purchaseOrders).toHaveLength(1);
  const refused = await refusalOf(api.createPurchaseOrders(tenant, { purchaseOrders: [order] }));
  expect(refused.status).toBe(400);
  expect(refused.messages).toContain('Order number must be unique');
  expect((await refusalOf(api.getPurchaseOrder(tenant, tenant))).status).toBe(404);
}

export async function walkQuotes(walk: Walk): Promise<void> {
  const { api, tenant } = walk;
  const quote = {
    contact: { contactID: idOf(walk, 'contact') },
    date: '2026-03-02',
    expiryDate: '2026-03-30',
    quoteNumber: 'Q-1',
    title: 'Lamps',
    lineAmountTypes: QuoteLineAmountTypes.EXCLUSIVE,
    lineItems,
  };
  const made = (await api.createQuotes(tenant, { quotes: [quote] }, false)).body.quotes?.[0];
  const id = keep(walk, 'quote', made?.quoteID);
  const wish = { quotes: [{ ...quote, quoteID: id, summary: 'Four lamps' }] };
  expect((await api.updateOrCreateQuotes(tenant, wish)).body.quotes?.[0]?.summary).toBe('Four lamps');
  const sent = { quotes: [{ ...quote, status: QuoteStatusCodes.SENT }] };
  expect((await api.updateQuote(tenant, id, sent)).body.quotes?.[0]?.status).toBe('SENT');
  const read = (await api.getQuote(tenant, id)).body.quotes?.[0];
  expect(read).toMatchObject({
    quoteNumber: 'Q-1',
    title: 'Lamps',
    total: 120,
    lineAmountTypes: 'EXCLUSIVE',
  });
  const [from, to] = ['2026-03-01', '2026-03-31'];
  const customer = idOf(walk, 'contact');
  const listed = await api.getQuotes(tenant, none, from, to, from, to, customer, 'SENT', 1, none, 'Q-1');
  expect(listed.body.quotes).toHaveLength(1);
  expect((await refusalOf(api.createQuotes(tenant, { quotes: [quote] }))).status).toBe(400);
  expect((await refusalOf(api.getQuote(tenant, tenant))).status).toBe(404);
}
