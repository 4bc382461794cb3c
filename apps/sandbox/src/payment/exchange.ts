// What a payment comes to in the money of its account and in the base currency (XERO.md 7.4, 7.10).
import type { Session } from '../call/visit.ts';
import type { Account } from '../chart/account.ts';
import type { Document } from '../document/document.ts';
import { multiplyDivide, toUnits } from '../exact.ts';
import { readNumber, type Source } from '../fields.ts';
import { dayRate, toBase } from '../ledger/rate.ts';
import { option } from '../options.ts';
import type { Organisation } from '../organisation.ts';
import { documentsOf } from '../organisation-change.ts';
import type { Payment } from './payment.ts';

export type Exchange = Pick<Payment, 'rate' | 'base'> & { readonly bankAmount: number };

/**
 * `amount` is cents of the document's currency. A BankAmount that is sent is what the account gets; undefined where
 * document and account are in two foreign currencies.
 */
export function exchangeOf(
  session: Session,
  source: Source,
  document: Document,
  account: Account,
  amount: number,
): Exchange | undefined {
  const base = session.organisation.record.currency;
  const bank = account.currency || base;
  if (document.currency !== base && bank !== base && bank !== document.currency) return undefined;
  if (document.currency === base && bank === base)
    return { rate: 1_000_000, base: amount, bankAmount: amount };
  const sentBank = positive(source, 'BankAmount', 2);
  const sentRate = positive(source, 'CurrencyRate', 6);
  if (document.currency === base) {
    const rate =
      sentRate ??
      (sentBank === undefined ? dayRate(base, bank) : multiplyDivide(sentBank, 1_000_000, amount));
    return { rate, base: amount, bankAmount: sentBank ?? multiplyDivide(amount, rate, 1_000_000) };
  }
  const usual = option(session, 'payment-rate') === 'day' ? dayRate(base, document.currency) : document.rate;
  if (bank !== base) {
    const rate = sentRate ?? usual;
    return { rate, base: toBase(amount, rate), bankAmount: amount };
  }
  const rate = sentRate ?? (sentBank === undefined ? usual : multiplyDivide(amount, 1_000_000, sentBank));
  const cents = sentBank ?? toBase(amount, rate);
  return { rate, base: cents, bankAmount: cents };
}

/** The foreign currency a payment's rate is of. */
export function exchangedCurrency(organisation: Organisation, payment: Payment): string {
  const { currency } = organisation.record;
  const document = documentsOf(organisation, payment.kind).get(payment.document);
  if (document !== undefined && document.currency !== currency) return document.currency;
  return organisation.accounts.get(payment.account)?.currency || currency;
}

function positive(source: Source, name: string, places: number): number | undefined {
  const sent = readNumber(source, name);
  const units = sent === undefined ? undefined : toUnits(sent, places);
  return units === undefined || units <= 0 ? undefined : units;
}
