// RoundingAmount and EnteredTotal of invoices: an ability that an organisation may have or not (XERO.md 7.2).
import type { Session } from '../call/visit.ts';
import { fixed, toUnits } from '../exact.ts';
import { option } from '../options.ts';
import type { Document } from './document.ts';
import type { Head } from './document-sums.ts';
import type { SentDocument, SentNumber } from './sent-document.ts';

const centsMax = 10;

/** Sets what the head keeps of it; a rounding that was not sent again with the lines is gone. */
export function takeRounding(
  session: Session,
  head: Head,
  sent: SentDocument,
  before: Document | undefined,
): void {
  if (option(session, 'rounding-amount') === 'off') return;
  const { rounding, entered } = sent.sums;
  const cents = centsOf(rounding);
  const isDraft = head.status === 'DRAFT';
  if (cents === undefined) {
    if (sent.lines === undefined && before?.rounding !== undefined) head.rounding = before.rounding;
  } else if (isDraft ? Math.abs(cents) <= centsMax : isWhole(sent)) head.rounding = cents;
  const enteredCents = isDraft ? (centsOf(entered) ?? before?.entered) : undefined;
  if (enteredCents !== undefined) head.entered = enteredCents;
}

/** Xero's words for these are not known; these are the sandbox's own. */
export function roundingFaults(session: Session, sent: SentDocument, document: Document): string[] {
  const { status } = document;
  const isBinding = status === 'SUBMITTED' || status === 'AUTHORISED' || status === 'PAID';
  if (option(session, 'rounding-amount') === 'off' || !isBinding || !isWhole(sent)) return [];
  const messages: string[] = [];
  const { net, tax, total, rounding } = sent.sums;
  if (Math.abs(centsOf(rounding) ?? 0) > centsMax)
    messages.push('The RoundingAmount must be between -0.10 and 0.10');
  for (const [name, given, expected] of [
    ['SubTotal', net, document.net],
    ['TotalTax', tax, document.tax],
    ['Total', total, document.total],
  ] as const) {
    const cents = centsOf(given);
    if (cents !== expected)
      messages.push(
        `The ${name} ${fixed(cents ?? 0, 2)} does not match the expected ${name} ${fixed(expected, 2)}`,
      );
  }
  return messages;
}

/** Sums count only where all three were sent. */
function isWhole({ sums }: SentDocument): boolean {
  return sums.net !== undefined && sums.tax !== undefined && sums.total !== undefined;
}

function centsOf(sent: SentNumber): number | undefined {
  return sent === undefined ? undefined : toUnits(sent, 2);
}
