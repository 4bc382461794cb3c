// Making, changing and deleting repeating invoices, and how they are shown.
import { hasFiles } from '../attachment/attachment.ts';
import { change, type Matching, type Session, type Written } from '../call/visit.ts';
import { contactReference } from '../contact/contact-view.ts';
import type { Document } from '../document/document.ts';
import { namedContact } from '../document/document-contact.ts';
import { headOf } from '../document/document-head.ts';
import { matchDocument } from '../document/document-match.ts';
import { statusFaults, wholeFaults } from '../document/document-rules.ts';
import { linesOf, summed } from '../document/document-sums.ts';
import { lineView } from '../document/line-view.ts';
import { parseDocument } from '../document/sent-document.ts';
import type { Source } from '../fields.ts';
import { money } from '../json.ts';
import type { Organisation } from '../organisation.ts';
import { localDate } from '../wire-date.ts';
import { repeatingFamily } from './repeating-family.ts';
import { readSchedule, scheduleView } from './schedule.ts';

export function writeRepeating(session: Session, source: Source, matching: Matching): Written {
  const { organisation } = session;
  const sent = { ...parseDocument(source, repeatingFamily), number: undefined };
  const found = matchDocument(organisation, repeatingFamily, sent, matching);
  if (found.kind !== 'found') return found;
  const before = found.document;
  const refused = statusFaults(repeatingFamily, before, sent);
  if (refused.length > 0) return { kind: 'refused', id: before?.id ?? '', messages: refused };
  const messages: string[] = [];
  if (sent.type === undefined && before === undefined) messages.push(repeatingFamily.messages.type);
  const contact = namedContact(session, sent.contact, before, messages);
  const head = headOf(repeatingFamily, session, sent, before, contact);
  head.reference = sent.reference ?? before?.reference ?? '';
  const today = localDate(session.nowMs, organisation.record.timeZone);
  head.texts = readSchedule(source, before?.texts, today, messages);
  head.date = head.texts.StartDate ?? today;
  const made = linesOf(repeatingFamily, session, sent, before, head);
  const repeating = summed(session, repeatingFamily, head, made);
  messages.push(...wholeFaults(session, repeatingFamily, repeating, before, made));
  if (messages.length > 0) return { kind: 'refused', id: before?.id ?? '', messages: [...new Set(messages)] };
  change(session, { kind: 'repeating-invoice', record: repeating });
  return { kind: 'saved', view: () => repeatingView(session.organisation, repeating), warnings: [] };
}

export function repeatingView(
  organisation: Organisation,
  repeating: Document,
): Readonly<Record<string, unknown>> {
  const contact = organisation.contacts.get(repeating.contact);
  return {
    RepeatingInvoiceID: repeating.id,
    ID: repeating.id,
    Type: repeating.type,
    Reference: repeating.reference,
    Contact: contact === undefined ? undefined : contactReference(contact),
    Schedule: scheduleView(repeating.texts ?? {}),
    Status: repeating.status,
    LineAmountTypes: repeating.mode,
    LineItems: repeating.lines.map((line) => lineView(organisation, line, 2)),
    SubTotal: money(repeating.net),
    TotalTax: money(repeating.tax),
    Total: money(repeating.total),
    CurrencyCode: repeating.currency,
    BrandingThemeID: repeating.theme === '' ? undefined : repeating.theme,
    HasAttachments: hasFiles(organisation, repeating.id),
  };
}
