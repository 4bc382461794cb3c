// Making and deleting transfers between bank accounts, and how they are shown; nothing else of one can change.
import { randomUUID } from 'node:crypto';
import { change, type Matching, type Session, type Written } from '../call/visit.ts';
import type { Account } from '../chart/account.ts';
import { findAccount } from '../chart/account-lookup.ts';
import { toUnits } from '../exact.ts';
import {
  readChild,
  readDate,
  readFlag,
  readGuid,
  readNumber,
  readText,
  readWord,
  type Source,
} from '../fields.ts';
import { decimal, money } from '../json.ts';
import { lockFaults } from '../ledger/lock.ts';
import { dayRate } from '../ledger/rate.ts';
import type { Organisation } from '../organisation.ts';
import { dateString, localDate, wireDate, wireInstant } from '../wire-date.ts';
import type { BankTransfer } from './bank-transfer.ts';

/** PUT makes; POST, with the id in the address or the body, deletes. */
export function writeBankTransfer(session: Session, source: Source, matching: Matching): Written {
  if (matching.kind === 'create') return makeTransfer(session, source);
  const id = matching.kind === 'id' ? matching.id.toLowerCase() : (readGuid(source, 'BankTransferID') ?? '');
  const before = session.organisation.bankTransfers.get(id);
  if (before === undefined) return { kind: 'missing' };
  const wanted = readWord(source, 'Status', ['AUTHORISED', 'DELETED'], 'BankTransferStatus');
  if (wanted !== 'DELETED' || before.status === 'DELETED')
    return { kind: 'refused', id: before.id, messages: ['A bank transfer can only be deleted, and once'] };
  const locked = lockFaults(session, before.date);
  if (locked.length > 0) return { kind: 'refused', id: before.id, messages: locked };
  return save(session, { ...before, status: 'DELETED', updatedMs: session.nowMs });
}

function makeTransfer(session: Session, source: Source): Written {
  const { record } = session.organisation;
  const messages: string[] = [];
  const from = bankOf(session, source, 'FromBankAccount', messages);
  const to = bankOf(session, source, 'ToBankAccount', messages);
  if (from !== undefined && from.id === to?.id)
    messages.push('The FromBankAccount and the ToBankAccount must be different accounts');
  const currency = from?.currency || record.currency;
  if (to !== undefined && (to.currency || record.currency) !== currency)
    messages.push('The FromBankAccount and the ToBankAccount must be of the same currency');
  const sent = readNumber(source, 'Amount');
  const amount = sent === undefined ? undefined : toUnits(sent, 2);
  if (amount === undefined || amount <= 0)
    messages.push('The Amount must be greater than 0 and have at most two decimals');
  const day = readDate(source, 'Date') ?? localDate(session.nowMs, record.timeZone);
  messages.push(...lockFaults(session, day));
  if (messages.length > 0 || from === undefined || to === undefined || amount === undefined)
    return { kind: 'refused', id: '', messages };
  return save(session, {
    id: randomUUID(),
    from: from.id,
    to: to.id,
    amount,
    date: day,
    reference: readText(source, 'Reference') ?? '',
    rate: dayRate(record.currency, currency),
    isFromReconciled: readFlag(source, 'FromIsReconciled') ?? false,
    isToReconciled: readFlag(source, 'ToIsReconciled') ?? false,
    status: 'AUTHORISED',
    createdMs: session.nowMs,
    updatedMs: session.nowMs,
  });
}

function bankOf(session: Session, source: Source, name: string, messages: string[]): Account | undefined {
  const account = findAccount(session.organisation, readChild(source, name));
  if (account === undefined) messages.push(`A ${name} must be specified`);
  else if (account.type !== 'BANK' || account.status !== 'ACTIVE')
    messages.push(`The ${name} must be an active account of type BANK`);
  return account;
}

function save(session: Session, record: BankTransfer): Written {
  change(session, { kind: 'bank-transfer', record });
  return { kind: 'saved', view: () => bankTransferView(session.organisation, record), warnings: [] };
}

export function bankTransferView(
  organisation: Organisation,
  one: BankTransfer,
): Readonly<Record<string, unknown>> {
  return {
    BankTransferID: one.id,
    CreatedDateUTC: wireInstant(one.createdMs),
    DateString: dateString(one.date),
    Date: wireDate(one.date),
    FromBankAccount: accountPart(organisation, one.from),
    ToBankAccount: accountPart(organisation, one.to),
    Amount: money(one.amount),
    Reference: one.reference === '' ? undefined : one.reference,
    CurrencyRate: decimal(one.rate, 6),
    FromIsReconciled: one.isFromReconciled,
    ToIsReconciled: one.isToReconciled,
    Status: one.status,
    HasAttachments: organisation.attachments.find('parent', one.id) !== undefined,
  };
}

function accountPart(organisation: Organisation, id: string): Readonly<Record<string, unknown>> {
  const account = organisation.accounts.get(id);
  const code = account?.code ?? '';
  return { AccountID: id, Code: code === '' ? undefined : code, Name: account?.name };
}
