// What open foreign money is worth at the rate of a day, beyond what stands in the books for it: unrealised gains.
import { isApproved, isSales } from '../document/document.ts';
import type { Organisation } from '../organisation.ts';
import { standingAt } from './as-at.ts';
import { type BookEntry, bookEntries } from './entries.ts';
import { accountBook, isReceived, type Posting, sideOf } from './postings.ts';
import { dayRate, toBase } from './rate.ts';

/** Entries that bring foreign debts and bank accounts to their worth on each of the days, which are in order. */
export function* revaluations(organisation: Organisation, days: readonly string[]): Generator<BookEntry> {
  if (organisation.currencies.size < 2) return;
  let before = new Map<string, Posting>();
  for (const date of days) {
    const now = revaluedAt(organisation, date);
    const postings = [...new Set([...before.keys(), ...now.keys()])].flatMap((key) => {
      const posting = now.get(key) ?? before.get(key);
      const amount = (now.get(key)?.amount ?? 0) - (before.get(key)?.amount ?? 0);
      return posting === undefined || amount === 0 ? [] : [{ ...posting, amount }];
    });
    before = now;
    if (postings.length > 0)
      yield { date, sourceType: 'REVALUATION', source: '', reference: '', createdMs: 0, postings };
  }
}

/** One posting an account. */
function revaluedAt(organisation: Organisation, date: string): Map<string, Posting> {
  const { system } = accountBook(organisation);
  const found = new Map<string, Posting>();
  const post = (account: string, against: string, cents: number): void => {
    for (const [id, amount] of [
      [account, cents],
      [against, -cents],
    ] as const) {
      const plain = { account: id, tax: 0, taxType: '', description: 'Revaluation' };
      found.set(id, { ...plain, amount: (found.get(id)?.amount ?? 0) + amount });
    }
  };
  const base = organisation.record.currency;
  const stores = [
    organisation.invoices,
    organisation.creditNotes,
    organisation.overpayments,
    organisation.prepayments,
  ];
  for (const document of stores.flatMap((store) => store.ordered())) {
    const { currency, type, status } = document;
    if (currency === base || document.date > date || !isApproved(status)) continue;
    const { open, due } = standingAt(organisation, document, date);
    // What was received ahead is owed back to the customer.
    const side = type.includes('-') ? -sideOf(document) : sideOf(document);
    const gain = side * (toBase(open, dayRate(base, currency)) - due);
    if (gain !== 0)
      post(system(isSales(type) ? 'DEBTORS' : 'CREDITORS'), system('UNREALISEDCURRENCYGAIN'), gain);
  }
  for (const { id, currency } of organisation.accounts.ordered()) {
    if (currency === '' || currency === base) continue;
    const gain =
      toBase(foreignBalance(organisation, id, date), dayRate(base, currency)) -
      baseBalance(organisation, id, date);
    if (gain !== 0) post(id, system('BANKCURRENCYGAIN'), gain);
  }
  return found;
}

/** Cents of the account's own currency. */
function foreignBalance(organisation: Organisation, account: string, date: string): number {
  let cents = 0;
  for (const { bank, date: day, status, total, type } of organisation.bankTransactions.ordered())
    if (bank === account && day <= date && isApproved(status)) cents += sideOf({ type }) * total;
  for (const one of organisation.payments.ordered()) {
    if (one.account !== account || one.date > date || one.status === 'DELETED') continue;
    cents += (isReceived(one.type) ? 1 : -1) * (one.bankAmount ?? one.base);
  }
  return cents;
}

function baseBalance(organisation: Organisation, account: string, date: string): number {
  let cents = 0;
  for (const entry of bookEntries(organisation)) {
    if (entry.date > date) continue;
    for (const posting of entry.postings) if (posting.account === account) cents += posting.amount;
  }
  return cents;
}
