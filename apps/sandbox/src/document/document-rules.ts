// Which states a document may pass through, and the checks of its head (XERO.md 7.2, 7.3, 10.2).
import type { Session } from '../call/visit.ts';
import { lockFaults } from '../ledger/lock.ts';
import { option } from '../options.ts';
import { type Document, type DocumentStatus, hasOwnNumber, isApplied, isLive } from './document.ts';
import { type Family, storeOf } from './family.ts';
import type { MadeLine } from './line.ts';
import type { SentDocument } from './sent-document.ts';

/** The complaints about a status; none when the step is legal. */
export function statusFaults(family: Family, before: Document | undefined, sent: SentDocument): string[] {
  const { notCreatable, notModifiable } = family.messages;
  if (before === undefined) return family.creatable.includes(sent.status ?? 'DRAFT') ? [] : [notCreatable];
  const next = sent.status ?? before.status;
  if (isApplied(before) && next !== before.status) {
    return next === 'AUTHORISED'
      ? [
          'The status AUTHORISED cannot be applied to the invoice because it has payment or Credit notes allocated to it',
        ]
      : [notModifiable, allocated];
  }
  if (!(family.steps[before.status] ?? []).includes(next)) return [notModifiable];
  // What is paid can no longer change in substance.
  const inSubstance =
    sent.lines !== undefined ||
    sent.date !== undefined ||
    sent.mode !== undefined ||
    sent.currency !== undefined;
  return before.status === 'PAID' && inSubstance && !isApplied(before) ? [notModifiable] : [];
}

const allocated = 'This document cannot be edited as it has a payment or credit note allocated to it.';

/** What payments and credits that stand against a document forbid: they leave only its words and accounts to change. */
export function appliedFaults(
  session: Session,
  family: Family,
  before: Document | undefined,
  document: Document,
): string[] {
  if (before === undefined || !isApplied(before)) return [];
  const messages: string[] = [];
  if (document.date !== before.date)
    messages.push('Date cannot be changed on an invoice that has payment or credit notes allocated to it');
  const isSame =
    document.total === before.total &&
    document.mode === before.mode &&
    document.currency === before.currency &&
    document.rate === before.rate &&
    (document.contact === before.contact || option(session, 'applied-contact') === 'allow') &&
    document.lines.length === before.lines.length &&
    document.lines.every((line, index) => {
      const old = before.lines[index];
      return (
        old !== undefined &&
        line.amount === old.amount &&
        line.tax === old.tax &&
        line.item === old.item &&
        line.quantity === old.quantity
      );
    });
  if (!isSame) messages.push(family.messages.notModifiable, allocated);
  return messages;
}

/** Whether a document of this status must be complete. */
export function mustBeComplete(family: Family, status: DocumentStatus): boolean {
  return family.complete.includes(status);
}

/** The complaints about a document that is always complete: its lines, its total, its head. */
export function wholeFaults(
  session: Session,
  family: Family,
  document: Document,
  before: Document | undefined,
  made: readonly MadeLine[],
): string[] {
  return [
    ...(document.lines.length === 0 ? ['One or more line items must be specified'] : []),
    ...(document.total < 0 ? [family.messages.negative] : []),
    ...headFaults(session, family, document, before),
    ...made.flatMap((line) => line.messages),
  ];
}

/** Checks number, texts, currency, address and lock dates. */
export function headFaults(
  session: Session,
  family: Family,
  document: Document,
  before: Document | undefined,
): string[] {
  const { organisation } = session;
  const messages: string[] = [];
  if (document.type === family.salesType && isLive(document)) {
    const other = storeOf(organisation, family).find('number', document.number.toLowerCase(), hasOwnNumber);
    if (other !== undefined && other.id !== document.id) messages.push(family.messages.unique);
  }
  const checkLength = (name: string, text: string, charactersMax: number): void => {
    if (text.length > charactersMax)
      messages.push(`The field ${name} must be a string with a maximum length of ${charactersMax}.`);
  };
  checkLength(family.numberField, document.number, 255);
  checkLength('Reference', document.reference, 255);
  checkLength('Url', document.url, 1_000);
  checkLength('DeliveryInstructions', document.texts?.DeliveryInstructions ?? '', 500);
  if (document.url !== '' && !isAbsoluteUrl(document.url)) messages.push('Url must be a valid absolute url');
  if (!organisation.currencies.has(document.currency)) {
    messages.push(`Organisation is not subscribed to currency ${document.currency}`);
  }
  if (document.dueDate === '' && family.hasUrl && mustBeComplete(family, document.status)) {
    if (option(session, 'due-date-missing') === 'refuse') messages.push('Due Date cannot be empty');
  }
  for (const one of before === undefined ? [document] : [document, before]) {
    // Drafts stay possible in a locked period.
    if (family.posts && mustBeComplete(family, one.status)) messages.push(...lockFaults(session, one.date));
  }
  return messages.length === 0 ? messages : [...new Set(messages)];
}

export function isAbsoluteUrl(text: string): boolean {
  return /^https?:\/\/[^\s/]/i.test(text) && URL.canParse(text);
}
