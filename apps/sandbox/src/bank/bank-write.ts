// Making, changing and deleting bank transactions, and the overpayments and prepayments that come of them.
import { randomUUID } from 'node:crypto';
import { change, type Matching, type Session, type Writer, type Written } from '../call/visit.ts';
import { findAccount } from '../chart/account-lookup.ts';
import { type Document, isApplied } from '../document/document.ts';
import { markContact, namedContact } from '../document/document-contact.ts';
import { headOf } from '../document/document-head.ts';
import { headFaults } from '../document/document-rules.ts';
import { linesOf, summed } from '../document/document-sums.ts';
import { parseDocument } from '../document/sent-document.ts';
import { readChild, readFlag, type Source } from '../fields.ts';
import { rateWarnings } from '../ledger/rate.ts';
import { moveStock } from '../ledger/stock.ts';
import { bankFamily, creditKindOf } from './bank-family.ts';
import { bankTransactionView } from './bank-view.ts';

export const bankTransactionWriter: Writer = {
  envelope: 'BankTransactions',
  idField: 'BankTransactionID',
  errorFlag: undefined,
  write: writeBankTransaction,
};

function writeBankTransaction(session: Session, source: Source, matching: Matching): Written {
  const { organisation } = session;
  const sent = parseDocument(source, bankFamily);
  const id =
    matching.kind === 'id' ? matching.id.toLowerCase() : matching.kind === 'upsert' ? sent.id : undefined;
  const before = id === undefined ? undefined : organisation.bankTransactions.get(id);
  if (matching.kind === 'id' && before === undefined) return { kind: 'missing' };
  const status = sent.status ?? before?.status ?? 'AUTHORISED';
  const messages: string[] = [];
  if (before !== undefined && before.status !== 'AUTHORISED')
    messages.push('Bank transaction not of valid status for modification');
  const kind = creditKindOf(before?.type ?? sent.type ?? 'RECEIVE');
  if (before !== undefined && kind !== undefined) messages.push(...creditFaults(session, before, status));
  if (messages.length > 0) return { kind: 'refused', id: before?.id ?? '', messages };
  if (sent.type === undefined && before === undefined)
    messages.push('Bank transaction Type must be specified');
  const account = findAccount(organisation, readChild(source, 'BankAccount'));
  const bank = account?.id ?? before?.bank;
  if (bank === undefined) messages.push('A BankAccount must be specified for this type of transaction');
  else if (account !== undefined && (account.type !== 'BANK' || account.status !== 'ACTIVE'))
    messages.push('The BankAccount must be an active account of type BANK');
  const contact = namedContact(session, sent.contact, before, messages);
  // A bank transaction is in the money of its bank account.
  const currency = organisation.accounts.get(bank ?? '')?.currency || organisation.record.currency;
  if (sent.currency && sent.currency.toUpperCase() !== currency)
    messages.push(`The CurrencyCode must be ${currency}, that of the bank account`);
  const head = headOf(bankFamily, session, { ...sent, status, currency }, before, contact);
  head.reference = sent.reference ?? before?.reference ?? '';
  if (bank !== undefined) head.bank = bank;
  head.texts = {
    ...before?.texts,
    IsReconciled: String(readFlag(source, 'IsReconciled') ?? before?.texts?.IsReconciled === 'true'),
  };
  const made = linesOf(bankFamily, session, sent, before, head);
  const document = summed(session, bankFamily, head, made);
  if (document.lines.length === 0) messages.push('One or more line items must be specified');
  if (document.total <= 0 && document.status === 'AUTHORISED') messages.push(bankFamily.messages.negative);
  messages.push(...headFaults(session, bankFamily, document, before));
  for (const line of made) messages.push(...line.messages);
  messages.push(...moveStock(session, document, before, made));
  if (messages.length > 0) return { kind: 'refused', id: before?.id ?? '', messages: [...new Set(messages)] };
  if (kind !== undefined) saveCredit(session, document, kind);
  change(session, { kind: 'bank-transaction', record: document });
  const party = organisation.contacts.get(document.contact);
  if (party !== undefined) markContact(session, party, document.type);
  return {
    kind: 'saved',
    view: () => bankTransactionView(session.organisation, document, session.places),
    warnings: sent.rate === undefined ? [] : rateWarnings(organisation, document.currency, document.rate),
  };
}

/** What has been allocated or given back cannot change, and nothing but its deletion changes an overpayment. */
function creditFaults(session: Session, before: Document, status: string): string[] {
  const kind = creditKindOf(before.type);
  const store = kind === 'overpayment' ? session.organisation.overpayments : session.organisation.prepayments;
  const credit = store.get(before.texts?.OverpaymentID ?? before.texts?.PrepaymentID ?? '');
  if (credit !== undefined && isApplied(credit))
    return ['This document cannot be edited as it has a payment or credit note allocated to it.'];
  return status === 'DELETED' ? [] : ['Bank transaction not of valid status for modification'];
}

/** The credit is a record of its own, with its own id, that lives and dies with the bank transaction. */
function saveCredit(session: Session, document: Document, kind: 'overpayment' | 'prepayment'): void {
  const field = kind === 'overpayment' ? 'OverpaymentID' : 'PrepaymentID';
  const id = document.texts?.[field] ?? randomUUID();
  document.texts = { ...document.texts, [field]: id };
  const { stock: _stock, bank: _bank, texts: _texts, ...plain } = document;
  const status = document.status === 'DELETED' ? 'VOIDED' : document.status;
  change(session, { kind, record: { ...plain, id, status } });
}
