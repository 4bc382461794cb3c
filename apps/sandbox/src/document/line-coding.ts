// The account and tax type of a line, and Xero's rules for which may stand together.

import type { Session } from '../call/visit.ts';
import { type Account, classOf } from '../chart/account.ts';
import { appliesTo, type TaxRate, worksByApi } from '../chart/tax-rate.ts';
import { fold } from '../contact/contact.ts';
import { type Midpoint, multiplyDivide } from '../exact.ts';
import { type Item, type ItemDetails, isTracked } from '../item/item.ts';
import { option } from '../options.ts';
import { isSales, type Line, type LineAmountType } from './document.ts';
import type { LineRules } from './line.ts';
import type { SentLine } from './sent-document.ts';

export type LineCoding = {
  readonly account: Account | undefined;
  readonly taxType: string;
  readonly rate: TaxRate | undefined;
};

/** What was sent wins, then the line as it was, then what the item says, then the account's own tax type. */
export function lineCoding(
  rules: LineRules,
  sent: SentLine,
  before: Line | undefined,
  details: ItemDetails | undefined,
  item: Item | undefined,
  messages: string[],
): LineCoding {
  const { organisation } = rules.session;
  const account = accountOf(rules, sent, before?.account || details?.account || '', item, messages);
  const wanted = sent.taxType || before?.taxType || details?.taxType || account?.taxType || '';
  const taxType = taxTypeOf(rules.session, wanted, rules.mode, account);
  const rate = organisation.taxRates.get(taxType);
  if (taxType !== '' && !isUsable(rate)) {
    messages.push(
      `The TaxType code ${taxType} does not exist or cannot be used for this type of transaction.`,
    );
  }
  if (rate !== undefined && account !== undefined && !fits(rate, account)) {
    messages.push(`The TaxType code '${taxType}' cannot be used with account code '${account.code}'.`);
  }
  return { account, taxType, rate };
}

/** The same as before where the line before had the same account and rate, which is so as a rule. */
function fits(rate: TaxRate, account: Account): boolean {
  if (lastFit?.rate !== rate || lastFit.account !== account)
    lastFit = { rate, account, fits: appliesTo(rate, classOf(account.type)) };
  return lastFit.fits;
}

let lastFit: { readonly rate: TaxRate; readonly account: Account; readonly fits: boolean } | undefined;

function isUsable(rate: TaxRate | undefined): boolean {
  return rate?.status === 'ACTIVE' && worksByApi(rate);
}

/** Australia writes what is outside its tax in its own way (ACCOUNTING.md 0, N4). */
export function taxTypeOf(
  session: Session,
  wanted: string,
  mode: LineAmountType,
  account: Account | undefined,
): string {
  const { country } = session.organisation.record;
  if (country !== 'AU') return mode === 'NoTax' ? 'NONE' : wanted;
  const rewrites = option(session, 'au-none') === 'rewrite';
  if (rewrites && wanted === 'NONE') return account?.type === 'EXPENSE' ? 'EXEMPTEXPENSES' : 'BASEXCLUDED';
  if ((rewrites && wanted === 'EXEMPTINPUT') || (mode === 'NoTax' && wanted !== 'NONE')) return 'BASEXCLUDED';
  return wanted;
}

/** Tax in cents on an amount in cents, rounded per line as Xero does. */
export function taxOn(
  amount: number,
  rate: TaxRate | undefined,
  mode: LineAmountType,
  midpoint: Midpoint = 'away',
): number {
  if (rate === undefined || mode === 'NoTax') return 0;
  const whole = 1_000_000;
  return multiplyDivide(
    amount,
    rate.effectiveRate,
    mode === 'Inclusive' ? whole + rate.effectiveRate : whole,
    midpoint,
  );
}

/** System accounts that no document line may post to. */
const closedSystemAccounts = new Set([
  'DEBTORS',
  'CREDITORS',
  'RETAINEDEARNINGS',
  'BANKCURRENCYGAIN',
  'UNREALISEDCURRENCYGAIN',
  'REALISEDCURRENCYGAIN',
  'TRACKINGTRANSFERS',
  'UNPAIDEXPCLM',
]);

function isClosed({ system }: Account): boolean {
  return system !== '' && closedSystemAccounts.has(system);
}

function accountOf(
  rules: LineRules,
  sent: SentLine,
  fallback: string,
  item: Item | undefined,
  messages: string[],
): Account | undefined {
  const { accounts } = rules.session.organisation;
  if (rules.type.endsWith('-OVERPAYMENT')) return undefined;
  const code = sent.account || (sent.accountId === undefined ? fallback : '');
  const account = code === '' ? accounts.get(sent.accountId ?? '') : accounts.find('code', fold(code));
  const shown = code || sent.accountId;
  if (!shown) return undefined;
  if (account === undefined || account.type === 'BANK' || isClosed(account)) {
    messages.push(`Account code '${shown}' is not a valid code for this document`);
    return undefined;
  }
  if (account.status !== 'ACTIVE') {
    messages.push(
      `Account code '${account.code}' has been archived, or has been deleted. Each line item must reference a valid account`,
    );
    return undefined;
  }
  const fault = inventoryFault(rules, account, item);
  if (fault !== undefined) messages.push(fault);
  return fault === undefined ? account : undefined;
}

/** An inventory account takes lines of its own tracked items only, and their purchases belong nowhere else (XERO.md 6.1). */
function inventoryFault(rules: LineRules, account: Account, item: Item | undefined): string | undefined {
  const isOwn = item !== undefined && isTracked(item) && fold(item.inventoryAccount) === fold(account.code);
  if (account.type === 'INVENTORY') {
    return isOwn && !isSales(rules.type)
      ? undefined
      : 'You cannot save this transaction using an inventory account type';
  }
  const isStrict = rules.type === 'ACCPAY' || rules.type === 'ACCPAYCREDIT' || rules.type === 'SPEND';
  if (!isStrict || item === undefined || !isTracked(item)) return undefined;
  return option(rules.session, 'tracked-other-account') === 'refuse'
    ? `The tracked item '${item.code}' can only be bought on its inventory asset account ${item.inventoryAccount}`
    : undefined;
}
