// An invoice, credit note, order or quote in Xero's JSON, written as text at once: as objects the heads of a large reply cost three times as much.
import { allocationsOf, creditsOf } from '../allocation/allocation-view.ts';
import { hasFiles } from '../attachment/attachment.ts';
import { contactJson, contactReferenceJson } from '../contact/contact-view.ts';
import { fixed } from '../exact.ts';
import { Members, quoted, quotedOften, toJson } from '../json.ts';
import type { Organisation } from '../organisation.ts';
import { paymentSummary } from '../payment/payment-view.ts';
import { dayTexts, utcString, wireInstant } from '../wire-date.ts';
import { type Document, isLive, openAmount } from './document.ts';
import type { Family } from './family.ts';
import { lineText } from './line-view.ts';

/** `single`: alone or just written; `page`: in a paged list; `list`: in an unpaged one; `summary`: `summaryOnly=true`. */
export type DocumentForm = 'single' | 'page' | 'list' | 'summary';

export function documentView(
  organisation: Organisation,
  family: Family,
  document: Document,
  places: 2 | 4,
  form: DocumentForm,
): Members {
  const { date, dueDate, mode } = document;
  const isQuote = family.kind === 'quote';
  // Neither orders nor quotes fall due.
  const fallsDue = !isQuote && family.kind !== 'purchase-order';
  let text = family.types.length > 1 ? `"Type":"${document.type}",` : '';
  text += `"${family.idField}":"${document.id}","${family.numberField}":${quoted(document.number)},"Reference":${quoted(document.reference)}`;
  text += partOf(organisation, family, document, form);
  text += `,"CurrencyRate":${fixed(document.rate, 6)}`;
  if (!isQuote) text += ',"HasErrors":false';
  text += `,"Contact":${contactOf(organisation, document, form)}`;
  text += `${dayText('DateString', 'Date', date)}${fallsDue ? dayText('DueDateString', 'DueDate', dueDate) : ''}`;
  text += `,"Status":"${document.status}","LineAmountTypes":"${isQuote ? mode.toUpperCase() : mode}"`;
  text += linesOf(organisation, family, document, places, form);
  text += `,"SubTotal":${fixed(document.net, 2)},"TotalTax":${fixed(document.tax, 2)}`;
  // Lists do not reflect a rounding (XERO.md 7.2).
  text += `,"Total":${fixed(form === 'single' ? document.total : document.net + document.tax, 2)}`;
  if (document.discount !== 0) text += `,"TotalDiscount":${fixed(document.discount, 2)}`;
  text += `,"UpdatedDateUTC":${wireInstant(document.updatedMs).text}`;
  // Added in July 2026 to documents that post, not to orders and quotes (XERO.md 5).
  if (family.posts) text += `,"UpdatedDateUTCString":"${utcString(document.updatedMs)}"`;
  text += `,"CurrencyCode":${quotedOften(document.currency)}`;
  return new Members(text + wireText('FullyPaidOnDate', document.paidOn));
}

function contactOf(organisation: Organisation, document: Document, form: DocumentForm): string {
  const contact = organisation.contacts.get(document.contact);
  if (contact === undefined) return '{}';
  return form === 'single' ? contactJson(organisation, contact).text : contactReferenceJson(contact).text;
}

function linesOf(
  organisation: Organisation,
  family: Family,
  document: Document,
  places: 2 | 4,
  form: DocumentForm,
): string {
  if (form === 'list') return ',"LineItems":[]';
  if (form === 'summary') return '';
  const linePlaces = family.kind === 'purchase-order' ? 4 : places;
  let text = '';
  for (const line of document.lines) {
    text += text === '' ? ',"LineItems":[' : ',';
    text += lineText(organisation, line, linePlaces);
  }
  return text === '' ? ',"LineItems":[]' : `${text}]`;
}

function partOf(organisation: Organisation, family: Family, document: Document, form: DocumentForm): string {
  if (family.kind === 'invoice') return invoicePart(organisation, document, form);
  if (family.kind === 'credit-note') return creditNotePart(organisation, document, form);
  return orderPart(organisation, family, document);
}

/** What orders and quotes have of their own. */
function orderPart(organisation: Organisation, family: Family, document: Document): string {
  let text = '';
  for (const name of family.texts) {
    const own = document.texts?.[name];
    if (own !== undefined) text += `,"${name}":${quoted(own)}`;
  }
  for (const name of family.dates) text += dayText(`${name}String`, name, document.texts?.[name] ?? '');
  if (family.kind !== 'purchase-order') return text;
  const files = hasFiles(organisation, document.id);
  return `${text},"SentToContact":${document.sent},"IsDiscounted":false,"HasAttachments":${files}`;
}

function invoicePart(organisation: Organisation, document: Document, form: DocumentForm): string {
  const isSummary = form === 'summary';
  let text = document.url === '' ? '' : `,"Url":${quoted(document.url)}`;
  if (!isSummary) {
    text += `,"Payments":${paymentsOf(organisation, document)}`;
    text +=
      document.credited === 0
        ? ',"CreditNotes":[],"Prepayments":[],"Overpayments":[]'
        : `,${toJson(creditsOf(organisation, document.id)).slice(1, -1)}`;
  }
  text += `,"AmountDue":${fixed(openAmount(document), 2)},"AmountPaid":${fixed(document.paid, 2)},"AmountCredited":${fixed(document.credited, 2)}`;
  text += `,"SentToContact":${document.sent},"IsDiscounted":${document.discount !== 0}`;
  if (!isSummary) text += `,"HasAttachments":${hasFiles(organisation, document.id)}`;
  text += wireText('PlannedPaymentDate', document.plannedDate);
  if (form === 'single') text += roundingText(document);
  return text + wireText('ExpectedPaymentDate', document.expectedDate);
}

/** Of organisations that round; others have neither member. */
function roundingText({ rounding, entered, total }: Document): string {
  if (rounding === undefined && entered === undefined) return '';
  return `,"RoundingAmount":${fixed(rounding ?? 0, 2)},"EnteredTotal":${fixed(entered ?? total, 2)}`;
}

function paymentsOf(organisation: Organisation, document: Document): string {
  if (document.paid === 0) return '[]';
  const standing = organisation.payments
    .findAll('document', document.id)
    .filter((payment) => payment.status === 'AUTHORISED');
  return toJson(standing.map(paymentSummary));
}

function creditNotePart(organisation: Organisation, document: Document, form: DocumentForm): string {
  const { id, credited, sent } = document;
  let text = `,"ID":"${id}","RemainingCredit":${fixed(isLive(document) ? openAmount(document) : 0, 2)}`;
  if (form !== 'summary') {
    text += `,"Allocations":${credited === 0 ? '[]' : toJson(allocationsOf(organisation, id))}`;
    text += `,"Payments":${paymentsOf(organisation, document)}`;
  }
  text += `,"SentToContact":${sent}`;
  return form === 'summary' ? text : `${text},"HasAttachments":${hasFiles(organisation, id)}`;
}

/** Both members of a calendar date, or none where there is no date. */
function dayText(twin: string, name: string, date: string): string {
  const texts = dayTexts(date);
  return texts === undefined ? '' : `,"${twin}":${texts.twin},"${name}":${texts.wire.text}`;
}

function wireText(name: string, date: string): string {
  const texts = dayTexts(date);
  return texts === undefined ? '' : `,"${name}":${texts.wire.text}`;
}
