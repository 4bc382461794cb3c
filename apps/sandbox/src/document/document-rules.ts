// Which states a document may pass through, and the checks of its head (XERO.md 7.2, 7.3, 10.2).
import type { Organisation } from '../organisation.ts';
import { type Document, type DocumentStatus, isLive } from './document.ts';
import type { Family } from './family.ts';
import type { SentDocument } from './sent-document.ts';

const creatable: readonly DocumentStatus[] = ['DRAFT', 'SUBMITTED', 'AUTHORISED'];

const transitions: Readonly<Record<DocumentStatus, readonly DocumentStatus[]>> = {
  DRAFT: ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'DELETED'],
  SUBMITTED: ['SUBMITTED', 'AUTHORISED', 'DRAFT', 'DELETED'],
  AUTHORISED: ['AUTHORISED', 'VOIDED'],
  PAID: ['PAID', 'AUTHORISED'],
  VOIDED: [],
  DELETED: [],
};

/** The complaint about a status, or undefined when the step is legal. */
export function statusFault(
  family: Family,
  before: Document | undefined,
  sent: SentDocument,
): string | undefined {
  if (before === undefined) {
    return creatable.includes(sent.status ?? 'DRAFT') ? undefined : family.messages.notCreatable;
  }
  const legal = transitions[before.status].includes(sent.status ?? before.status);
  if (!legal) return family.messages.notModifiable;
  // What is paid can no longer change in substance.
  const inSubstance =
    sent.lines !== undefined ||
    sent.date !== undefined ||
    sent.mode !== undefined ||
    sent.currency !== undefined;
  return before.status === 'PAID' && inSubstance ? family.messages.notModifiable : undefined;
}

/** Whether a document of this status must be complete. */
export function mustBeComplete(status: DocumentStatus): boolean {
  return status === 'SUBMITTED' || status === 'AUTHORISED' || status === 'PAID';
}

/** Checks number, texts, currency, address and lock dates. */
export function headFaults(
  organisation: Organisation,
  family: Family,
  document: Document,
  before: Document | undefined,
): string[] {
  const messages: string[] = [];
  if (document.type === family.salesType && isLive(document)) {
    const other = family.store(organisation).find('unique', document.number.toLowerCase());
    if (other !== undefined && other.id !== document.id) messages.push(family.messages.unique);
  }
  for (const [name, text, charactersMax] of [
    [family.numberField, document.number, 255],
    ['Reference', document.reference, 255],
    ['Url', document.url, 1_000],
  ] as const) {
    if (text.length > charactersMax) {
      messages.push(`The field ${name} must be a string with a maximum length of ${charactersMax}.`);
    }
  }
  if (document.url !== '' && !isAbsoluteUrl(document.url)) messages.push('Url must be a valid absolute url');
  if (!organisation.record.currencies.includes(document.currency)) {
    messages.push(`Organisation is not subscribed to currency ${document.currency}`);
  }
  messages.push(
    ...lockFaults(organisation, document),
    ...(before === undefined ? [] : lockFaults(organisation, before)),
  );
  return [...new Set(messages)];
}

/** Drafts stay possible in a locked period. */
function lockFaults(organisation: Organisation, document: Document): string[] {
  if (!mustBeComplete(document.status)) return [];
  const { periodLockDate, yearLockDate } = organisation.record;
  if (yearLockDate !== '' && document.date <= yearLockDate) {
    return [`The document date cannot be before the end of year lock date, currently set at ${yearLockDate}`];
  }
  if (periodLockDate !== '' && document.date <= periodLockDate) {
    return [`The document date cannot be before the period lock date, currently set at ${periodLockDate}`];
  }
  return [];
}

function isAbsoluteUrl(text: string): boolean {
  return /^https?:\/\/[^\s/]/i.test(text) && URL.canParse(text);
}
