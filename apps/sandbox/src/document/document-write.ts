// PUT and POST of invoices and credit notes: which document an element means, its lines and sums, its number, saving.
import { randomUUID } from 'node:crypto';
import {
  change,
  type LineMessages,
  type Matching,
  type Session,
  type Writer,
  type Written,
} from '../call/visit.ts';
import type { Source } from '../fields.ts';
import type { Organisation } from '../organisation.ts';
import { localDate } from '../wire-date.ts';
import { type Document, isApproved, type Line } from './document.ts';
import { documentContact, markContact } from './document-contact.ts';
import { matchDocument } from './document-match.ts';
import { headFaults, mustBeComplete, statusFault } from './document-rules.ts';
import { documentView } from './document-view.ts';
import type { Family } from './family.ts';
import { type LineRules, type MadeLine, makeLine } from './line.ts';
import { discountOn } from './line-amount.ts';
import { parseDocument, type SentDocument, type SentLine } from './sent-document.ts';

export function documentWriter(family: Family): Writer {
  return {
    envelope: family.envelope,
    idField: family.idField,
    errorFlag: 'HasErrors',
    write: (session, source, matching) => writeDocument(family, session, source, matching),
  };
}

function writeDocument(family: Family, session: Session, source: Source, matching: Matching): Written {
  const sent = parseDocument(source, family);
  const found = matchDocument(session.organisation, family, sent, matching);
  if (found.kind !== 'found') return found;
  const before = found.document;
  const status = statusFault(family, before, sent);
  if (status !== undefined) return { kind: 'refused', id: before?.id ?? '', messages: [status] };
  const messages: string[] = [];
  if (sent.type === undefined && before === undefined) messages.push(family.messages.type);
  const named =
    sent.contact === undefined && before !== undefined ? undefined : documentContact(session, sent.contact);
  if (named?.kind === 'refused') messages.push(...named.messages);
  const head = headOf(family, session, sent, before, named?.kind === 'found' ? named.contact.id : '');
  const made = linesOf(session, sent, before, head);
  const document = summed(head, made);
  const complete = mustBeComplete(document.status);
  if (complete && document.lines.length === 0) messages.push('One or more line items must be specified');
  if (complete && document.total < 0) messages.push(family.messages.negative);
  messages.push(...headFaults(session.organisation, family, document, before));
  const lines = lineMessages(made);
  for (const some of lines.values()) messages.push(...some);
  if (messages.length > 0)
    return { kind: 'refused', id: before?.id ?? '', messages: [...new Set(messages)], lines };
  change(session, family.change(document));
  const contact = session.organisation.contacts.get(document.contact);
  if (contact !== undefined) markContact(session, contact, document.type);
  return {
    kind: 'saved',
    view: () => documentView(session.organisation, family, document, session.places, 'single'),
    warnings: [],
  };
}

type Head = Omit<Document, 'lines' | 'net' | 'tax' | 'total' | 'discount' | 'paidOn'>;

function headOf(
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
  const sales = type === family.salesType;
  return {
    id: before?.id ?? randomUUID(),
    type,
    number: sent.number || before?.number || (sales ? nextNumber(session.organisation, family) : ''),
    reference: sales ? (sent.reference ?? before?.reference ?? '') : '',
    contact: contact || before?.contact || '',
    date,
    // Whether Xero refuses an approved invoice without a due date is not known; here it falls due at once.
    dueDate: dueDate === '' && family.hasUrl && mustBeComplete(status) ? date : dueDate,
    status,
    mode: sent.mode ?? before?.mode ?? 'Exclusive',
    currency: (sent.currency || before?.currency || record.currency).toUpperCase(),
    url: sent.url ?? before?.url ?? '',
    theme: sent.theme ?? before?.theme ?? '',
    sent: (sent.sent ?? before?.sent ?? false) && isApproved(status),
    plannedDate: sent.plannedDate ?? before?.plannedDate ?? '',
    expectedDate: sent.expectedDate ?? before?.expectedDate ?? '',
    updatedMs: session.nowMs,
  };
}

/** The next free automatic number, such as `INV-0007`. */
function nextNumber(organisation: Organisation, family: Family): string {
  const store = family.store(organisation);
  for (let next = store.size + 1; ; next += 1) {
    const number = `${family.numberPrefix}${String(next).padStart(4, '0')}`;
    if (store.find('number', number.toLowerCase()) === undefined) return number;
  }
}

/** Lines that were sent replace all there were; one with a known LineItemID changes that line. */
function linesOf(session: Session, sent: SentDocument, before: Document | undefined, head: Head): MadeLine[] {
  const rules: LineRules = {
    organisation: session.organisation,
    type: head.type,
    mode: head.mode,
    complete: mustBeComplete(head.status),
    places: session.places,
  };
  if (sent.lines === undefined) return (before?.lines ?? []).map((line) => keepLine(rules, line, before));
  const known = new Map(before?.lines.map((line) => [line.id, line]));
  return sent.lines.map((line) => makeLine(rules, line, known.get(line.id ?? '')));
}

/** A line that stays is only looked at again where the document's state or kind of amounts changed. */
function keepLine(rules: LineRules, line: Line, before: Document | undefined): MadeLine {
  const isSame = before?.mode === rules.mode && mustBeComplete(before.status) === rules.complete;
  if (!isSame)
    return makeLine(before?.mode === rules.mode ? { ...rules, places: 4 } : rules, sameLine(line), line);
  return { line, messages: [] };
}

function sameLine(line: Line): SentLine {
  const none = undefined;
  const same = {
    id: line.id,
    description: line.description,
    quantity: none,
    price: none,
    amount: none,
    discountRate: none,
  };
  return {
    ...same,
    discountAmount: none,
    item: none,
    account: none,
    accountId: none,
    taxType: none,
    tax: none,
  };
}

/** Tax is the sum of the lines' taxes; a document of nothing that is approved counts as paid. */
function summed(head: Head, made: readonly MadeLine[]): Document {
  const lines = made.map((one) => one.line);
  const amount = lines.reduce((sum, line) => sum + line.amount, 0);
  const tax = lines.reduce((sum, line) => sum + line.tax, 0);
  const net = head.mode === 'Inclusive' ? amount - tax : amount;
  const total = net + tax;
  const discount = lines.reduce((sum, line) => sum + discountOn(line), 0);
  const status = total === 0 && head.status === 'AUTHORISED' && lines.length > 0 ? 'PAID' : head.status;
  return {
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
    updatedMs: head.updatedMs,
  };
}

function lineMessages(made: readonly MadeLine[]): LineMessages {
  const messages = new Map<number, readonly string[]>();
  for (const [index, one] of made.entries()) if (one.messages.length > 0) messages.set(index, one.messages);
  return messages;
}
