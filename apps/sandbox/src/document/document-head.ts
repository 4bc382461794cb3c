// The head of a document as it becomes: what was sent, else what it was, else what Xero fills in.
import type { Session } from '../call/visit.ts';
import { toUnits } from '../exact.ts';
import { dayRate } from '../ledger/rate.ts';
import { newId } from '../new-id.ts';
import { option } from '../options.ts';
import type { Organisation } from '../organisation.ts';
import { localDate } from '../wire-date.ts';
import { type Document, isApproved } from './document.ts';
import { mustBeComplete } from './document-rules.ts';
import type { Head } from './document-sums.ts';
import { type Family, storeOf } from './family.ts';
import type { SentDocument } from './sent-document.ts';

export function headOf(
  family: Family,
  session: Session,
  sent: SentDocument,
  before: Document | undefined,
  contact: string,
): Head {
  const { record } = session.organisation;
  const type = before?.type ?? sent.type ?? family.salesType;
  const status = sent.status ?? before?.status ?? 'DRAFT';
  const date = sent.date ?? before?.date ?? localDate(session.nowMs, record.timeZone);
  const dueDate = sent.dueDate ?? before?.dueDate ?? '';
  const ours = type === family.salesType;
  const fallsDue =
    dueDate === '' &&
    family.hasUrl &&
    mustBeComplete(family, status) &&
    option(session, 'due-date-missing') === 'date';
  const currency = sent.currency?.toUpperCase() || before?.currency || record.currency;
  const head: Head = {
    id: before?.id ?? newId(),
    type,
    number: sent.number || before?.number || (ours ? nextNumber(session.organisation, family) : ''),
    reference: ours ? (sent.reference ?? before?.reference ?? '') : '',
    contact: contact || before?.contact || '',
    date,
    dueDate: fallsDue ? date : dueDate,
    status,
    mode: sent.mode ?? before?.mode ?? 'Exclusive',
    currency,
    url: sent.url ?? before?.url ?? '',
    theme: sent.theme ?? before?.theme ?? '',
    sent: (sent.sent ?? before?.sent ?? false) && (isApproved(status) || status === 'BILLED'),
    plannedDate: sent.plannedDate ?? before?.plannedDate ?? '',
    expectedDate: sent.expectedDate ?? before?.expectedDate ?? '',
    rate: rateOf(record.currency, currency, sent, before),
    paid: before?.paid ?? 0,
    credited: before?.credited ?? 0,
    relieved: before?.relieved ?? 0,
    updatedMs: session.nowMs,
  };
  if (before?.stock !== undefined) head.stock = before.stock;
  const app = before === undefined ? session.client : before.app;
  if (family.kind === 'invoice' && app) head.app = app;
  if (family.texts.length > 0) head.texts = { ...before?.texts, ...sent.texts };
  return head;
}

/** The rate sent, else the one it had, else the day's. */
function rateOf(base: string, currency: string, sent: SentDocument, before: Document | undefined): number {
  if (currency === base) return 1_000_000;
  const units = sent.rate === undefined ? undefined : toUnits(sent.rate, 6);
  if (units !== undefined && units > 0) return units;
  return before?.currency === currency ? before.rate : dayRate(base, currency);
}

/** The next free automatic number, such as `INV-0007`. */
function nextNumber(organisation: Organisation, family: Family): string {
  const store = storeOf(organisation, family);
  for (let next = store.size + 1; ; next += 1) {
    const number = `${family.numberPrefix}${String(next).padStart(4, '0')}`;
    if (store.find('number', number.toLowerCase()) === undefined) return number;
  }
}
