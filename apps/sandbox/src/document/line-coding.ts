// The account and tax type of a line, and Xero's rules for which may stand together.
import { type Account, classOf } from '../chart/account.ts';
import { appliesTo, type TaxRate } from '../chart/tax-rate.ts';
import { fold } from '../contact/contact.ts';
import { multiplyDivide } from '../exact.ts';
import type { ItemDetails } from '../item/item.ts';
import type { Organisation } from '../organisation.ts';
import type { Line, LineAmountType } from './document.ts';
import type { SentLine } from './sent-document.ts';

export type LineCoding = {
  readonly account: Account | undefined;
  readonly taxType: string;
  readonly rate: TaxRate | undefined;
};

/** What was sent wins, then the line as it was, then what the item says, then the account's own tax type. */
export function lineCoding(
  organisation: Organisation,
  sent: SentLine,
  before: Line | undefined,
  item: ItemDetails | undefined,
  mode: LineAmountType,
  messages: string[],
): LineCoding {
  const account = accountOf(organisation, sent, before?.account || item?.account || '', messages);
  const wanted = sent.taxType || before?.taxType || item?.taxType || account?.taxType || '';
  const taxType = mode === 'NoTax' ? 'NONE' : wanted;
  const rate = organisation.taxRates.get(taxType);
  if (taxType !== '' && rate === undefined) {
    messages.push(
      `The TaxType code ${taxType} does not exist or cannot be used for this type of transaction.`,
    );
  }
  if (rate !== undefined && account !== undefined && !appliesTo(rate, classOf(account.type))) {
    messages.push(`The TaxType code '${taxType}' cannot be used with account code '${account.code}'.`);
  }
  return { account, taxType, rate };
}

/** Tax in cents on an amount in cents, rounded half away from zero, per line as Xero does. */
export function taxOn(amount: number, rate: TaxRate | undefined, mode: LineAmountType): number {
  if (rate === undefined || mode === 'NoTax') return 0;
  const whole = 1_000_000;
  return multiplyDivide(
    amount,
    rate.effectiveRate,
    mode === 'Inclusive' ? whole + rate.effectiveRate : whole,
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

function accountOf(
  organisation: Organisation,
  sent: SentLine,
  fallback: string,
  messages: string[],
): Account | undefined {
  const code = sent.account || (sent.accountId === undefined ? fallback : '');
  const account =
    code === ''
      ? organisation.accounts.get(sent.accountId ?? '')
      : organisation.accounts.find('code', fold(code));
  const shown = code || sent.accountId;
  if (!shown) return undefined;
  if (account === undefined || account.type === 'BANK' || closedSystemAccounts.has(account.system)) {
    messages.push(`Account code '${shown}' is not a valid code for this document`);
    return undefined;
  }
  if (account.status !== 'ACTIVE') {
    messages.push(
      `Account code '${account.code}' has been archived, or has been deleted. Each line item must reference a valid account`,
    );
    return undefined;
  }
  if (account.type === 'INVENTORY') {
    messages.push('You cannot save this transaction using an inventory account type');
    return undefined;
  }
  return account;
}
