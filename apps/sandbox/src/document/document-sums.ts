// The lines of a document as they become, and what they come to.
import type { Session } from '../call/visit.ts';
import { option } from '../options.ts';
import { type Document, isApproved, isLive, type Line } from './document.ts';
import { mustBeComplete } from './document-rules.ts';
import type { Family } from './family.ts';
import { type LineRules, type MadeLine, makeLine } from './line.ts';
import { discountOn } from './line-amount.ts';
import type { SentDocument, SentLine } from './sent-document.ts';

/** A document without what its lines come to. */
export type Head = Omit<Document, 'lines' | 'net' | 'tax' | 'total' | 'discount' | 'paidOn'>;

/** Lines that were sent replace all there were; one with a known LineItemID changes that line. */
export function linesOf(
  family: Family,
  session: Session,
  sent: Pick<SentDocument, 'lines'>,
  before: Document | undefined,
  head: Pick<Head, 'type' | 'mode' | 'status'>,
): MadeLine[] {
  const rules: LineRules = {
    session,
    type: head.type,
    status: head.status,
    mode: head.mode,
    complete: mustBeComplete(family, head.status),
    // Orders have no unitdp and always keep four decimals (XERO.md 7.5).
    places: family.kind === 'purchase-order' ? 4 : session.places,
    midpoint: option(session, 'midpoint'),
  };
  if (sent.lines === undefined)
    return (before?.lines ?? []).map((line) => keepLine(family, rules, line, before));
  if (before === undefined) return sent.lines.map((line) => makeLine(rules, line, undefined));
  const known = new Map(before.lines.map((line) => [line.id, line]));
  return sent.lines.map((line) => makeLine(rules, line, known.get(line.id ?? '')));
}

/** A line that stays is only looked at again where the document is approved or its kind of amounts changed. */
function keepLine(family: Family, rules: LineRules, line: Line, before: Document | undefined): MadeLine {
  const isSame =
    before?.mode === rules.mode &&
    mustBeComplete(family, before.status) === rules.complete &&
    isApproved(before.status) === isApproved(rules.status);
  if (!isSame && isLive(rules))
    return makeLine(before?.mode === rules.mode ? { ...rules, places: 4 } : rules, sameLine(line), line);
  return { line, messages: [], item: undefined };
}

function sameLine(line: Line): SentLine {
  const none = undefined;
  return {
    id: line.id,
    description: line.description,
    quantity: none,
    price: none,
    amount: none,
    discountRate: none,
    discountAmount: none,
    item: none,
    account: none,
    accountId: none,
    taxType: none,
    tax: none,
    tracking: none,
  };
}

/** Tax is the sum of the lines' taxes; a document that is approved with nothing left to pay counts as paid. */
export function summed(session: Session, family: Family, head: Head, made: readonly MadeLine[]): Document {
  const lines: Line[] = [];
  let [amount, tax, discount] = [0, 0, 0];
  for (const { line } of made) {
    lines.push(line);
    amount += line.amount;
    tax += line.tax;
    discount += discountOn(line);
  }
  const net = head.mode === 'Inclusive' ? amount - tax : amount;
  const total = net + tax + (head.rounding ?? 0);
  const isSettled =
    family.posts && isApproved(head.status) && lines.length > 0 && total === head.paid + head.credited;
  const isPaid = isSettled && (total !== 0 || option(session, 'zero-total') === 'paid');
  const status = isPaid ? 'PAID' : head.status;
  const document: Document = {
    id: head.id,
    type: head.type,
    number: head.number,
    reference: head.reference,
    contact: head.contact,
    date: head.date,
    dueDate: head.dueDate,
    status,
    mode: head.mode,
    lines,
    net,
    tax,
    total,
    discount,
    currency: head.currency,
    url: head.url,
    theme: head.theme,
    sent: head.sent,
    plannedDate: head.plannedDate,
    expectedDate: head.expectedDate,
    paidOn: status === 'PAID' ? head.date : '',
    rate: head.rate,
    paid: head.paid,
    credited: head.credited,
    relieved: head.relieved,
    updatedMs: head.updatedMs,
  };
  if (head.rounding) document.rounding = head.rounding;
  if (head.entered !== undefined) document.entered = head.entered;
  if (head.approvedMs !== undefined) document.approvedMs = head.approvedMs;
  if (head.stock !== undefined) document.stock = head.stock;
  if (head.texts !== undefined) document.texts = head.texts;
  if (head.bank !== undefined) document.bank = head.bank;
  if (head.app !== undefined) document.app = head.app;
  return document;
}
