// PUT and POST of invoices, credit notes, orders and quotes: which one an element means, its rules, saving.
import {
  change,
  type LineMessages,
  type Matching,
  type Session,
  type Writer,
  type Written,
} from '../call/visit.ts';
import type { Source } from '../fields.ts';
import { rateWarnings } from '../ledger/rate.ts';
import { moveStock } from '../ledger/stock.ts';
import { approvalFaults } from './approval-cap.ts';
import type { Document } from './document.ts';
import { documentContact, markContact } from './document-contact.ts';
import { headOf } from './document-head.ts';
import { matchDocument } from './document-match.ts';
import { appliedFaults, headFaults, mustBeComplete, statusFaults } from './document-rules.ts';
import { linesOf, summed } from './document-sums.ts';
import { documentView } from './document-view.ts';
import type { Family } from './family.ts';
import type { MadeLine } from './line.ts';
import { roundingFaults, takeRounding } from './rounding.ts';
import { parseDocument, type SentDocument } from './sent-document.ts';
import { withSteps } from './steps.ts';

export function documentWriter(family: Family): Writer {
  const stepped = withSteps(family);
  return {
    envelope: family.envelope,
    idField: family.idField,
    errorFlag: 'HasErrors',
    write: (session, source, matching) => writeDocument(stepped(session), session, source, matching),
  };
}

function writeDocument(family: Family, session: Session, source: Source, matching: Matching): Written {
  const sent = parseDocument(source, family);
  const found = matchDocument(session.organisation, family, sent, matching);
  if (found.kind !== 'found') return found;
  const before = found.document;
  const refused = statusFaults(family, before, sent);
  if (refused.length > 0) return { kind: 'refused', id: before?.id ?? '', messages: refused };
  const messages: string[] = [];
  if (family.types.length > 1 && sent.type === undefined && before === undefined)
    messages.push(family.messages.type);
  const named =
    sent.contact === undefined && before !== undefined
      ? undefined
      : documentContact(session, sent.contact, family.makesContacts);
  if (named?.kind === 'refused') messages.push(...named.messages);
  const head = headOf(family, session, sent, before, named?.kind === 'found' ? named.contact.id : '');
  if (family.kind === 'invoice') {
    takeRounding(session, head, sent, before);
    messages.push(...approvalFaults(session, head, before));
  }
  const made = linesOf(family, session, sent, before, head);
  const document = summed(session, family, head, made);
  const complete = mustBeComplete(family, document.status);
  if (complete && document.lines.length === 0) messages.push('One or more line items must be specified');
  if (complete && document.total < 0) messages.push(family.messages.negative);
  messages.push(
    ...headFaults(session, family, document, before),
    ...appliedFaults(session, family, before, document),
    ...(family.kind === 'invoice' ? roundingFaults(session, sent, document) : []),
  );
  const lines = lineMessages(made);
  for (const some of lines.values()) messages.push(...some);
  if (messages.length > 0)
    return { kind: 'refused', id: before?.id ?? '', messages: [...new Set(messages)], lines };
  if (family.posts) messages.push(...moveStock(session, document, before, made));
  if (messages.length > 0) return { kind: 'refused', id: before?.id ?? '', messages };
  change(session, { kind: family.kind, record: document });
  const contact =
    named?.kind === 'found' ? named.contact : session.organisation.contacts.get(document.contact);
  if (contact !== undefined && family.posts) markContact(session, contact, document.type);
  return {
    kind: 'saved',
    view: () => documentView(session.organisation, family, document, session.places, 'single'),
    warnings: warningsOf(session, family, sent, document),
  };
}

/** An order that has not been approved cannot have been sent: it is saved, with a warning (XERO.md 7.5). */
function warningsOf(session: Session, family: Family, sent: SentDocument, document: Document): string[] {
  const warnings =
    sent.rate === undefined ? [] : rateWarnings(session.organisation, document.currency, document.rate);
  if (family.kind === 'purchase-order' && sent.sent === true && !document.sent)
    warnings.push('Only AUTHORISED and BILLED purchase orders may have SentToContact updated.');
  return warnings;
}

function lineMessages(made: readonly MadeLine[]): LineMessages {
  if (made.every((one) => one.messages.length === 0)) return noMessages;
  const messages = new Map<number, readonly string[]>();
  for (const [index, one] of made.entries()) if (one.messages.length > 0) messages.set(index, one.messages);
  return messages;
}

const noMessages: LineMessages = new Map();
