// The walk over payments, batches of them, bank transactions, and over- and prepayments with their allocations.
import { expect } from 'vitest';
import {
  BankTransaction,
  BankTransfer,
  LineAmountTypes,
  type Payment,
  RepeatingInvoice,
  Schedule,
} from 'xero-node';
import { callNamed, idOf, keep, refusalOf, type Walk } from './walk.ts';

const none = undefined;
const bank = { code: '090' };
const date = '2026-03-05';

export async function walkPayments(walk: Walk): Promise<void> {
  const { api, tenant } = walk;
  const payment: Payment = {
    invoice: { invoiceID: idOf(walk, 'sale 1') },
    account: bank,
    date,
    amount: 30,
  };
  const made = (await api.createPayments(tenant, { payments: [payment] }, false)).body.payments?.[0];
  const id = keep(walk, 'payment', made?.paymentID);
  const one = (await api.createPayment(tenant, { ...payment, amount: 10 }, 'k-pay')).body.payments?.[0];
  expect((await api.getPayment(tenant, id)).body.payments?.[0]).toMatchObject({
    amount: 30,
    invoice: { invoiceNumber: 'S-1' },
    account: bank,
    status: 'AUTHORISED',
  });
  const gone = await api.deletePayment(tenant, one?.paymentID ?? '', { status: 'DELETED' });
  expect(gone.body.payments?.[0]?.status).toBe('DELETED');
  const listed = await api.getPayments(tenant, new Date(0), 'Status=="AUTHORISED"', 'Date', 1, 10);
  expect(listed.body.payments?.map(({ paymentID }) => paymentID)).toEqual([id]);
  expect(await refusalOf(api.createPayment(tenant, { ...payment, amount: 500 }))).toEqual({
    status: 400,
    messages: ['Payment amount exceeds the amount outstanding on this document'],
  });
  expect((await refusalOf(api.getPayment(tenant, tenant))).status).toBe(404);
}

export async function walkBatches(walk: Walk): Promise<void> {
  const { api, tenant } = walk;
  const payments = [{ invoice: { invoiceID: idOf(walk, 'sale 2') }, amount: 15 }];
  const batch = { account: { accountID: await bankId(walk) }, date, reference: 'Weekly', payments };
  const make = async () =>
    (await api.createBatchPayment(tenant, { batchPayments: [batch] })).body.batchPayments?.[0];
  const made = await make();
  const id = keep(walk, 'batch', made?.batchPaymentID);
  expect(made).toMatchObject({ totalAmount: 15, payments: [{ amount: 15 }] });
  const second = (await make())?.batchPaymentID ?? '';
  const third = (await make())?.batchPaymentID ?? '';
  const status = 'DELETED';
  const first = await api.deleteBatchPayment(tenant, { batchPaymentID: second, status });
  expect(first.body.batchPayments?.[0]?.status).toBe('DELETED');
  const other = await api.deleteBatchPaymentByUrlParam(tenant, third, { status });
  expect(other.body.batchPayments?.[0]?.status).toBe('DELETED');
  const read = (await api.getBatchPayment(tenant, id)).body.batchPayments?.[0];
  expect(read).toMatchObject({ reference: 'Weekly', status: 'AUTHORISED' });
  const listed = await api.getBatchPayments(tenant, new Date(0), 'Status=="AUTHORISED"', 'Date');
  expect(listed.body.batchPayments).toHaveLength(1);
  const tooMuch = { ...batch, payments: [{ ...payments[0], amount: 900 }] };
  expect((await refusalOf(api.createBatchPayment(tenant, { batchPayments: [tooMuch] }))).status).toBe(400);
}

export async function walkBankTransactions(walk: Walk): Promise<void> {
  const { api, tenant } = walk;
  const spend = transaction(BankTransaction.TypeEnum.SPEND, 12);
  const made = await api.createBankTransactions(tenant, { bankTransactions: [spend] }, false, 4);
  const id = keep(walk, 'bank transaction', made.body.bankTransactions?.[0]?.bankTransactionID);
  const wish = { bankTransactions: [transaction(BankTransaction.TypeEnum.RECEIVE, 5)] };
  const more = (await api.updateOrCreateBankTransactions(tenant, wish, false, 4)).body.bankTransactions;
  expect(more?.[0]).toMatchObject({ type: 'RECEIVE', total: 5, status: 'AUTHORISED' });
  const changed = { bankTransactions: [{ ...spend, reference: 'Fees' }] };
  const updated = (await api.updateBankTransaction(tenant, id, changed, 4)).body.bankTransactions?.[0];
  expect(updated).toMatchObject({ bankTransactionID: id, reference: 'Fees' });
  const read = (await api.getBankTransaction(tenant, id, 4)).body.bankTransactions?.[0];
  expect(read).toMatchObject({ bankAccount: bank, total: 12 });
  const listed = await api.getBankTransactions(tenant, new Date(0), 'Type=="SPEND"', 'Date', 1, 4, 10);
  expect(listed.body.bankTransactions).toHaveLength(1);
  const bare = { bankTransactions: [{ ...spend, lineItems: [] }] };
  const refused = await refusalOf(api.createBankTransactions(tenant, bare));
  expect(refused.messages).toContain('One or more line items must be specified');
  expect((await refusalOf(api.getBankTransaction(tenant, tenant))).status).toBe(404);
}

export async function walkBankTransfers(walk: Walk): Promise<void> {
  const { api, tenant } = walk;
  const transfer = { fromBankAccount: bank, toBankAccount: { code: '095' }, amount: 9, date };
  const make = async () => {
    const made = await api.createBankTransfer(tenant, { bankTransfers: [transfer] });
    return keep(walk, 'bank transfer', made.body.bankTransfers?.[0]?.bankTransferID);
  };
  const [first, second, id] = [await make(), await make(), await make()];
  const { DELETED } = BankTransfer.StatusEnum;
  const gone = await api.deleteBankTransfer(tenant, first, { status: String(DELETED) });
  expect(gone.body.bankTransfers?.[0]?.status).toBe('DELETED');
  const bankTransfers = [{ bankTransferID: second, status: String(DELETED) }];
  const other = await api.deleteBankTransfers(tenant, { bankTransfers });
  expect(other.body.bankTransfers?.[0]?.status).toBe('DELETED');
  const read = (await api.getBankTransfer(tenant, id)).body.bankTransfers?.[0];
  expect(read).toMatchObject({ fromBankAccount: bank, amount: 9, status: 'AUTHORISED' });
  const listed = await api.getBankTransfers(tenant, new Date(0), 'Amount==9', 'Date', true);
  expect(listed.body.bankTransfers).toHaveLength(3);
  const same = { bankTransfers: [{ ...transfer, toBankAccount: bank }] };
  expect((await refusalOf(api.createBankTransfer(tenant, same))).status).toBe(400);
  expect((await refusalOf(api.getBankTransfer(tenant, tenant))).status).toBe(404);
}

export async function walkReceipts(walk: Walk): Promise<void> {
  const { api, tenant } = walk;
  const lineItems = [{ description: 'Taxi', quantity: 1, unitAmount: 8, accountCode: '404' }];
  const receipt = { contact: { name: 'Ann Archer' }, date, lineItems, user: {} };
  const made = (await api.createReceipt(tenant, { receipts: [receipt] }, 4)).body.receipts?.[0];
  const id = keep(walk, 'receipt', made?.receiptID);
  const wish = { receipts: [{ ...receipt, reference: 'Fare' }] };
  expect((await api.updateReceipt(tenant, id, wish, 4)).body.receipts?.[0]).toMatchObject({
    receiptID: id,
    reference: 'Fare',
    user: { isSubscriber: true },
  });
  expect((await api.getReceipt(tenant, id, 4)).body.receipts?.[0]).toMatchObject({ reference: 'Fare' });
  const listed = await api.getReceipts(tenant, new Date(0), 'Status=="DRAFT"', 'Date', 4);
  expect(listed.body.receipts).toHaveLength(1);
  const bare = { receipts: [{ ...receipt, lineItems: [] }] };
  const refused = await refusalOf(api.createReceipt(tenant, bare));
  expect(refused.messages).toContain('One or more line items must be specified');
  expect((await refusalOf(api.getReceipt(tenant, tenant))).status).toBe(404);
}

export async function walkRepeatingInvoices(walk: Walk): Promise<void> {
  const { api, tenant } = walk;
  const lineItems = [{ description: 'Rent', quantity: 1, unitAmount: 80, accountCode: '200' }];
  const { MONTHLY } = Schedule.UnitEnum;
  const { OFFOLLOWINGMONTH } = Schedule.DueDateTypeEnum;
  const schedule = { period: 1, unit: MONTHLY, dueDate: 10, dueDateType: OFFOLLOWINGMONTH };
  const { ACCREC } = RepeatingInvoice.TypeEnum;
  const repeating = { type: ACCREC, contact: { name: 'Ann Archer' }, schedule, lineItems };
  const wish = { repeatingInvoices: [repeating] };
  const first = (await api.createRepeatingInvoices(tenant, wish)).body.repeatingInvoices?.[0];
  const made = (await api.updateOrCreateRepeatingInvoices(tenant, wish)).body.repeatingInvoices?.[0];
  const id = keep(walk, 'repeating invoice', made?.repeatingInvoiceID);
  const { DELETED } = RepeatingInvoice.StatusEnum;
  const gone = await api.updateRepeatingInvoice(tenant, first?.repeatingInvoiceID ?? '', {
    repeatingInvoices: [{ status: DELETED }],
  });
  expect(gone.body.repeatingInvoices?.[0]?.status).toBe('DELETED');
  const read = (await api.getRepeatingInvoice(tenant, id)).body.repeatingInvoices?.[0];
  expect(read).toMatchObject({ type: 'ACCREC', schedule: { period: 1, unit: 'MONTHLY' } });
  const listed = await api.getRepeatingInvoices(tenant, 'Status=="DRAFT"', 'Total');
  expect(listed.body.repeatingInvoices).toHaveLength(1);
  const bare = { repeatingInvoices: [{ ...repeating, lineItems: [] }] };
  const refused = await refusalOf(api.createRepeatingInvoices(tenant, bare));
  expect(refused.messages).toContain('One or more line items must be specified');
  expect((await refusalOf(api.getRepeatingInvoice(tenant, tenant))).status).toBe(404);
}

export async function walkCredits(walk: Walk, name: 'Overpayment' | 'Prepayment'): Promise<void> {
  const { api, tenant } = walk;
  const isOver = name === 'Overpayment';
  const { RECEIVEOVERPAYMENT, RECEIVEPREPAYMENT } = BankTransaction.TypeEnum;
  const bankTransactions = [transaction(isOver ? RECEIVEOVERPAYMENT : RECEIVEPREPAYMENT, 40)];
  const made = (await api.createBankTransactions(tenant, { bankTransactions })).body.bankTransactions?.[0];
  const id = keep(walk, name, isOver ? made?.overpaymentID : made?.prepaymentID);
  const allocations = [{ invoice: { invoiceID: idOf(walk, 'sale 2') }, amount: 7, date }];
  const allocated = isOver
    ? await api.createOverpaymentAllocations(tenant, id, { allocations })
    : await api.createPrepaymentAllocations(tenant, id, { allocations });
  const allocation = allocated.body.allocations?.[0]?.allocationID ?? '';
  expect(await callNamed(walk, `get${name}`, id)).toMatchObject({
    [`${name.toLowerCase()}s`]: [{ remainingCredit: 33, allocations: [{ amount: 7 }] }],
  });
  const gone = isOver
    ? await api.deleteOverpaymentAllocations(tenant, id, allocation)
    : await api.deletePrepaymentAllocations(tenant, id, allocation);
  expect(gone.body).toMatchObject({ allocationID: allocation, isDeleted: true });
  const listed = await callNamed(walk, `get${name}s`, new Date(0), 'Status=="AUTHORISED"', 'Date', 1, 4, 10);
  expect(listed).toMatchObject({ [`${name.toLowerCase()}s`]: [{ remainingCredit: 40 }] });
  const tooMuch = { allocations: [{ ...allocations[0], amount: 900 }] };
  const refused = await refusalOf(callNamed(walk, `create${name}Allocations`, id, tooMuch));
  expect(refused.status).toBe(400);
  expect((await refusalOf(callNamed(walk, `get${name}`, tenant))).status).toBe(404);
}

function transaction(type: BankTransaction.TypeEnum, unitAmount: number): BankTransaction {
  return {
    type,
    contact: { name: 'Ann Archer' },
    bankAccount: bank,
    date,
    lineAmountTypes: LineAmountTypes.NoTax,
    lineItems: [{ description: 'x', quantity: 1, unitAmount, accountCode: '330' }],
  };
}

async function bankId({ api, tenant }: Walk): Promise<string> {
  const found = await api.getAccounts(tenant, none, 'Code=="090"');
  return found.body.accounts?.[0]?.accountID ?? '';
}
