// Making and changing receipts, and how they are shown.
import { hasFiles } from '../attachment/attachment.ts';
import { change, type Matching, type Session, type Written } from '../call/visit.ts';
import { contactJson } from '../contact/contact-view.ts';
import type { Document } from '../document/document.ts';
import { namedContact } from '../document/document-contact.ts';
import { headOf } from '../document/document-head.ts';
import { matchDocument } from '../document/document-match.ts';
import { statusFaults, wholeFaults } from '../document/document-rules.ts';
import { linesOf, summed } from '../document/document-sums.ts';
import { lineView } from '../document/line-view.ts';
import { parseDocument } from '../document/sent-document.ts';
import { readChild, readGuid, type Source } from '../fields.ts';
import { money } from '../json.ts';
import type { Organisation } from '../organisation.ts';
import { wireDate, wireInstant } from '../wire-date.ts';
import { receiptFamily } from './receipt-family.ts';
import { builtInUser } from './user.ts';

/** Receipts are in the organisation's own currency and numbered by Xero, whatever is sent. */
export function writeReceipt(session: Session, source: Source, matching: Matching): Written {
  const { organisation } = session;
  const sent = {
    ...parseDocument(source, receiptFamily),
    number: undefined,
    currency: undefined,
    rate: undefined,
  };
  const found = matchDocument(organisation, receiptFamily, sent, matching);
  if (found.kind !== 'found') return found;
  const before = found.document;
  const refused = statusFaults(receiptFamily, before, sent);
  if (refused.length > 0) return { kind: 'refused', id: before?.id ?? '', messages: refused };
  const messages = userFaults(source);
  const contact = namedContact(session, sent.contact, before, messages);
  const head = headOf(receiptFamily, session, sent, before, contact);
  head.number = before?.number ?? String(organisation.receipts.size + 1);
  const made = linesOf(receiptFamily, session, sent, before, head);
  const receipt = summed(session, receiptFamily, head, made);
  messages.push(...wholeFaults(session, receiptFamily, receipt, before, made));
  if (messages.length > 0) return { kind: 'refused', id: before?.id ?? '', messages: [...new Set(messages)] };
  change(session, { kind: 'receipt', record: receipt });
  return {
    kind: 'saved',
    view: () => receiptView(session.organisation, receipt, session.places),
    warnings: [],
  };
}

/** There is one user, who is meant where none is named. */
function userFaults(source: Source): string[] {
  const user = readChild(source, 'User');
  const id = user === undefined ? undefined : readGuid(user, 'UserID');
  return id === undefined || id === builtInUser.id
    ? []
    : ['A valid user should be identified using the UserID.'];
}

export function receiptView(
  organisation: Organisation,
  receipt: Document,
  places: 2 | 4,
): Readonly<Record<string, unknown>> {
  const contact = organisation.contacts.get(receipt.contact);
  return {
    ReceiptID: receipt.id,
    ReceiptNumber: receipt.number,
    Status: receipt.status,
    User: {
      UserID: builtInUser.id,
      EmailAddress: builtInUser.email,
      FirstName: builtInUser.firstName,
      LastName: builtInUser.lastName,
      UpdatedDateUTC: wireInstant(builtInUser.updatedMs),
      IsSubscriber: true,
      OrganisationRole: 'FINANCIALADVISER',
    },
    Reference: receipt.reference,
    Contact: contact === undefined ? undefined : contactJson(organisation, contact),
    Date: wireDate(receipt.date),
    LineAmountTypes: receipt.mode,
    LineItems: receipt.lines.map((line) => lineView(organisation, line, places)),
    SubTotal: money(receipt.net),
    TotalTax: money(receipt.tax),
    Total: money(receipt.total),
    HasAttachments: hasFiles(organisation, receipt.id),
    UpdatedDateUTC: wireInstant(receipt.updatedMs),
  };
}
