// The journal lines every entry of the books posts: balanced to the cent, in the base currency, debits positive.
import type { BankTransfer } from '../bank/bank-transfer.ts';
import { fold } from '../contact/contact.ts';
import { type Document, isApproved, isSales } from '../document/document.ts';
import type { ManualJournal, TrackedOption } from '../manual-journal/manual-journal.ts';
import type { Organisation } from '../organisation.ts';
import type { Allocation, Payment } from '../payment/payment.ts';
import { baseLines } from './base-lines.ts';
import { toBase } from './rate.ts';

export type Posting = {
  /** The account's id. */
  readonly account: string;
  /** Cents, debits positive. */
  readonly amount: number;
  /** Tax that belongs to the amount and is posted beside it, cents with the amount's sign. */
  readonly tax: number;
  readonly taxType: string;
  readonly description: string;
  readonly tracking?: readonly TrackedOption[] | undefined;
};

/** The ids of an organisation's accounts by what postings know of them. */
export type AccountBook = {
  readonly byCode: (code: string) => string;
  readonly system: (name: string) => string;
  readonly invoice: (id: string) => Document | undefined;
};

/** Looks accounts up once; make a new one for each reading of the books. */
export function accountBook(organisation: Organisation): AccountBook {
  const codes = new Map<string, string>();
  const names = new Map<string, string>();
  const remember = (known: Map<string, string>, index: string, name: string): string => {
    let id = known.get(name);
    if (id === undefined) {
      id = organisation.accounts.find(index, fold(name))?.id;
      if (id === undefined) throw new Error(`${organisation.record.name} has no account ${name}.`);
      known.set(name, id);
    }
    return id;
  };
  return {
    byCode: (code) => remember(codes, 'code', code),
    system: (name) => remember(names, 'system', name),
    invoice: (id) => organisation.invoices.get(id),
  };
}

const plain = { tax: 0, taxType: '', description: '' };

/** An invoice, credit note or bank transaction; one that is not approved posts only what its stock left behind. */
export function documentPostings(book: AccountBook, document: Document): Posting[] {
  const postings = isApproved(document.status) ? linePostings(book, document) : [];
  for (const { account, contra, value } of document.stock ?? []) {
    if (contra === '' || value === 0) continue;
    postings.push(
      { ...plain, account: book.byCode(account), amount: value, description: 'Stock' },
      { ...plain, account: book.byCode(contra), amount: -value, description: 'Cost of goods sold' },
    );
  }
  return postings;
}

/** 1 where the document's total is a debit of the party or the bank, -1 where it is a credit. */
export function sideOf(document: Pick<Document, 'type'>): 1 | -1 {
  const { type } = document;
  return type === 'ACCREC' || type === 'ACCPAYCREDIT' || type.startsWith('RECEIVE') ? 1 : -1;
}

/** The control account of a document: its bank, or what customers owe, or what suppliers are owed. */
function controlOf(book: AccountBook, document: Document): string {
  return document.bank ?? book.system(isSales(document.type) ? 'DEBTORS' : 'CREDITORS');
}

/** The control account first, then net and tax of each line. */
export function linePostings(book: AccountBook, document: Document): Posting[] {
  const postings: Posting[] = [];
  const side = sideOf(document);
  const { nets, taxes, total, rounding } = baseLines(document);
  postings.push({ ...plain, account: controlOf(book, document), amount: side * total });
  if (/-(OVER|PRE)PAYMENT$/.test(document.type)) {
    // What is overpaid or paid ahead is owed back at once, all of it.
    const owed = isSales(document.type) ? 'DEBTORS' : 'CREDITORS';
    postings.push({ ...plain, account: book.system(owed), amount: -side * total });
    return postings;
  }
  if (rounding !== 0) postings.push({ ...plain, account: book.system('ROUNDING'), amount: -side * rounding });
  for (const [index, line] of document.lines.entries()) {
    const [net = 0, tax = 0] = [nets[index], taxes[index]];
    const { taxType, description, tracking } = line;
    if (net !== 0) {
      const account = book.byCode(line.account);
      postings.push({ account, amount: -side * net, tax: -side * tax, taxType, description, tracking });
    }
    if (tax !== 0)
      postings.push({ account: book.system('GST'), amount: -side * tax, tax: 0, taxType, description });
  }
  return postings;
}

/** Money against a debt; what the rate of the day made of it is a realised gain or loss. */
export function paymentPostings(book: AccountBook, payment: Payment): Posting[] {
  if (payment.status === 'DELETED') return [];
  const side = isReceived(payment.type) ? 1 : -1;
  const control = book.system(
    payment.type.startsWith('ACCREC') || payment.type.startsWith('AR') ? 'DEBTORS' : 'CREDITORS',
  );
  const line = { ...plain, description: payment.reference };
  const postings = [
    { ...line, account: payment.account, amount: side * payment.base },
    { ...line, account: control, amount: -side * payment.relieved },
  ];
  const gain = side * (payment.relieved - payment.base);
  if (gain !== 0) postings.push({ ...line, account: book.system('REALISEDCURRENCYGAIN'), amount: gain });
  return postings;
}

/** Out of one bank account and into the other, at one rate. */
export function bankTransferPostings(transfer: BankTransfer): Posting[] {
  if (transfer.status === 'DELETED') return [];
  const amount = toBase(transfer.amount, transfer.rate);
  const line = { ...plain, description: transfer.reference };
  return [
    { ...line, account: transfer.to, amount },
    { ...line, account: transfer.from, amount: -amount },
  ];
}

/** Whether the money comes in: paid by a customer, or given back by a supplier. */
export function isReceived(paymentType: string): boolean {
  return ['ACCRECPAYMENT', 'APCREDITPAYMENT', 'APOVERPAYMENTPAYMENT', 'APPREPAYMENTPAYMENT'].includes(
    paymentType,
  );
}

/** A credit set against an invoice of another rate leaves a realised gain or loss on the control account. */
export function allocationPostings(book: AccountBook, allocation: Allocation, invoice: Document): Posting[] {
  const difference = allocation.invoiceRelieved - allocation.creditRelieved;
  if (allocation.isDeleted || difference === 0) return [];
  const side = sideOf(invoice);
  return [
    { ...plain, account: controlOf(book, invoice), amount: -side * difference },
    { ...plain, account: book.system('REALISEDCURRENCYGAIN'), amount: side * difference },
  ];
}

export function journalPostings(book: AccountBook, journal: ManualJournal): Posting[] {
  if (journal.status !== 'POSTED') return [];
  return journal.lines.flatMap((line) => {
    const { description, taxType, tracking, tax } = line;
    const net = journal.mode === 'Inclusive' ? line.amount - tax : line.amount;
    const own: Posting = {
      account: book.byCode(line.account),
      amount: net,
      tax,
      taxType,
      description,
      tracking,
    };
    return tax === 0
      ? [own]
      : [own, { account: book.system('GST'), amount: tax, tax: 0, taxType, description }];
  });
}
