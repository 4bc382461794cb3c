// One line of a document: what was sent, filled from its item and account, checked and computed.
import type { Session } from '../call/visit.ts';
import { fold } from '../contact/contact.ts';
import { type Midpoint, toUnits } from '../exact.ts';
import { type Item, isTracked } from '../item/item.ts';
import { newId } from '../new-id.ts';
import { option } from '../options.ts';
import { trackingOf } from '../tracking/line-tracking.ts';
import {
  type DocumentStatus,
  type DocumentType,
  isSales,
  type Line,
  type LineAmountType,
} from './document.ts';
import { lineAmount } from './line-amount.ts';
import { lineCoding, taxOn } from './line-coding.ts';
import type { SentLine } from './sent-document.ts';

export type LineRules = {
  readonly session: Session;
  readonly type: DocumentType;
  readonly status: DocumentStatus;
  readonly mode: LineAmountType;
  /** Drafts may lack descriptions and accounts. */
  readonly complete: boolean;
  readonly places: 2 | 4;
  /** Where half a cent goes. */
  readonly midpoint: Midpoint;
};

/** `item`: the one it names, where it was looked up. */
export type MadeLine = {
  readonly line: Line;
  readonly messages: readonly string[];
  readonly item: Item | undefined;
};

export function makeLine(rules: LineRules, sent: SentLine, before: Line | undefined): MadeLine {
  const messages: string[] = [];
  const { organisation } = rules.session;
  const code = sent.item ?? before?.item ?? '';
  const item = code === '' ? undefined : organisation.items.find('code', fold(code));
  if (code !== '' && item === undefined) messages.push(`Item code '${code}' is not valid`);
  const details = detailsOf(rules.type, item);
  const itemText = isSales(rules.type) ? item?.description : item?.purchaseDescription;
  const amounts = lineAmount(rules, sent, before, details?.price ?? null, messages);
  const coding = lineCoding(rules, sent, before, details, item, messages);
  const told = (sent.description ?? before?.description) || itemText || item?.name || '';
  // Thousands of lines share the text that their item has.
  const description = told === item?.name ? item.name : told;
  const isFree = amounts.amount === 0 && option(rules.session, 'zero-line') === 'bare';
  const tracking = trackingOf(organisation, sent.tracking, before?.tracking, messages);
  if (rules.complete && description.trim() === '') messages.push('Description must be specified');
  if (description.length > 4_000) {
    messages.push('The field Description must be a string with a maximum length of 4000.');
  }
  if (
    needsAccount(rules) &&
    amounts.amount !== 0 &&
    coding.account === undefined &&
    !isRefusedAccount(messages)
  ) {
    messages.push('Account code or ID must be specified');
  }
  // Written out member by member: spreading here would cost more than all the rules above.
  const line: Line = {
    id: before?.id ?? newId(),
    description,
    quantity: amounts.quantity,
    price: amounts.price,
    // A line of 0.00 loses its account and tax, one without quantity and price its item (XERO.md 10.2).
    item: amounts.quantity === null && amounts.price === null ? '' : (item?.code ?? ''),
    account: isFree ? '' : (coding.account?.code ?? ''),
    taxType: isFree ? '' : coding.taxType,
    amount: amounts.amount,
    tax: taxOf(rules, sent, amounts.amount, coding.rate),
    discountRate: amounts.discountRate,
    discountAmount: amounts.discountAmount,
  };
  if (tracking.length > 0) line.tracking = [...tracking];
  return { line, messages, item };
}

/** Overpayments stand on what is owed by or to the party, whatever their lines say. */
function needsAccount(rules: LineRules): boolean {
  return rules.complete && !rules.type.endsWith('-OVERPAYMENT');
}

/** Purchases of a tracked item go to its inventory account. */
function detailsOf(type: DocumentType, item: Item | undefined): Item['sales'] | undefined {
  if (item === undefined || isSales(type)) return item?.sales;
  return isTracked(item) ? { ...item.purchase, account: item.inventoryAccount } : item.purchase;
}

/** A TaxAmount that was sent overrides the computed one, except where there is no tax. */
function taxOf(rules: LineRules, sent: SentLine, amount: number, rate: Parameters<typeof taxOn>[1]): number {
  if (amount === 0 || rules.mode === 'NoTax') return 0;
  const given = sent.tax === undefined ? undefined : toUnits(sent.tax, 2);
  return given ?? taxOn(amount, rate, rules.mode, rules.midpoint);
}

function isRefusedAccount(messages: readonly string[]): boolean {
  return messages.some(
    (message) =>
      message.startsWith('Account code ') ||
      message.startsWith('The tracked item ') ||
      message.includes('inventory account type'),
  );
}
