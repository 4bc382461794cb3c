// An invoice, credit note, order or quote in Xero's JSON, written as text at once: as objects the heads of a large reply cost three times as much.
import { allocationsOf, creditsOf } from '../allocation/allocation-view.ts';
import { hasFiles } from '../attachment/attachment.ts';
import { contactJson, contactReferenceJson } from '../contact/contact-view.ts';
import { fixed } from '../exact.ts';
import { Members, madeOften, quoted, quotedAfter, toJson } from '../json.ts';
import type { Organisation } from '../organisation.ts';
import { paymentSummary } from '../payment/payment-view.ts';
import { dateString, utcString, wireDate, wireInstant } from '../wire-date.ts';
import { type Document, isApplied, isLive, openAmount } from './document.ts';
import type { Family } from './family.ts';
import { withLines } from './line-view.ts';

/** `single`: alone or just written; `page`: in a paged list; `list`: in an unpaged one; `summary`: `summaryOnly=true`. */
export type DocumentForm = 'single' | 'page' | 'list' | 'summary';

export function documentView(
  organisation: Organisation,
  family: Family,
  document: Document,
  places: 2 | 4,
  form: DocumentForm,
): Members {
  const { mode, rate } = document;
  const isQuote = family.kind === 'quote';
  let text = family.types.length > 1 ? `"Type":"${document.type}",` : '';
  text = `${text}"${family.idField}":"${document.id}","${family.numberField}":${quoted(document.number)},"Reference":${quoted(document.reference)}`;
  text += partOf(organisation, family, document, form);
  text += rate === 1_000_000 ? ',"CurrencyRate":1.000000' : `,"CurrencyRate":${fixed(rate, 6)}`;
  if (!isQuote) text += ',"HasErrors":false';
  text = `${text},"Contact":${contactOf(organisation, document, form)}${dateMembers(document.date)}`;
  // Neither orders nor quotes fall due.
  if (!isQuote && family.kind !== 'purchase-order') text += dueDateMembers(document.dueDate);
  text = `${text},"Status":"${document.status}","LineAmountTypes":"${isQuote ? mode.toUpperCase() : mode}"`;
  if (form === 'list') text += ',"LineItems":[]';
  else if (form !== 'summary') {
    const linePlaces = family.kind === 'purchase-order' ? 4 : places;
    text = withLines(`${text},"LineItems":`, organisation, document.lines, linePlaces);
  }
  text = `${text},"SubTotal":${fixed(document.net, 2)},"TotalTax":${fixed(document.tax, 2)}`;
  // Lists do not reflect a rounding (XERO.md 7.2).
  text = `${text},"Total":${fixed(form === 'single' ? document.total : document.net + document.tax, 2)}`;
  if (document.discount !== 0) text += `,"TotalDiscount":${fixed(document.discount, 2)}`;
  text += updatedText(document.updatedMs, family.posts);
  text += afterUpdated(document.currency);
  return new Members(text + paidOnMember(document.paidOn));
}

const dateMembers = madeOften((date) => dayText('DateString', 'Date', date));
const dueDateMembers = madeOften((date) => dayText('DueDateString', 'DueDate', date));
const paidOnMember = madeOften((date) => wireText('FullyPaidOnDate', date));
const afterUpdated = quotedAfter(',"CurrencyCode":');

/** The same as before where the document before was changed at the same instant, as in one call. */
function updatedText(ms: number, posts: boolean): string {
  if (lastUpdated.ms === ms && lastUpdated.posts === posts) return lastUpdated.text;
  // The twin was added in July 2026 to documents that post, not to orders and quotes (XERO.md 5).
  const twin = posts ? `,"UpdatedDateUTCString":"${utcString(ms)}"` : '';
  lastUpdated = { ms, posts, text: `,"UpdatedDateUTC":${wireInstant(ms).text}${twin}` };
  return lastUpdated.text;
}

let lastUpdated = { ms: Number.NaN, posts: false, text: '' };

function contactOf(organisation: Organisation, document: Document, form: DocumentForm): string {
  const contact = organisation.contacts.get(document.contact);
  if (contact === undefined) return '{}';
  return form === 'single' ? contactJson(organisation, contact).text : contactReferenceJson(contact).text;
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
  text = `${text},"AmountDue":${fixed(openAmount(document), 2)}`;
  text += isApplied(document)
    ? `,"AmountPaid":${fixed(document.paid, 2)},"AmountCredited":${fixed(document.credited, 2)}`
    : ',"AmountPaid":0.00,"AmountCredited":0.00';
  text += document.sent ? ',"SentToContact":true' : ',"SentToContact":false';
  text += document.discount === 0 ? ',"IsDiscounted":false' : ',"IsDiscounted":true';
  if (!isSummary)
    text += hasFiles(organisation, document.id) ? ',"HasAttachments":true' : ',"HasAttachments":false';
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
  const text = dateString(date);
  return text === undefined ? '' : `,"${twin}":${quoted(text)}${wireText(name, date)}`;
}

function wireText(name: string, date: string): string {
  const wire = wireDate(date);
  return wire === undefined ? '' : `,"${name}":${wire.text}`;
}
