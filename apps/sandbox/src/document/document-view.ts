// An invoice or credit note in Xero's JSON.
import { allocationsOf, creditsOf } from '../allocation/allocation-view.ts';
import { hasFiles } from '../attachment/attachment.ts';
import { contactJson, contactReference } from '../contact/contact-view.ts';
import { decimal, money } from '../json.ts';
import type { Organisation } from '../organisation.ts';
import { paymentSummary } from '../payment/payment-view.ts';
import { dateString, wireDate, wireInstant } from '../wire-date.ts';
import { type Document, isLive, openAmount } from './document.ts';
import type { Family } from './family.ts';
import { lineView } from './line-view.ts';

/** `single`: alone or just written; `page`: in a paged list; `list`: in an unpaged one; `summary`: `summaryOnly=true`. */
export type DocumentForm = 'single' | 'page' | 'list' | 'summary';

type View = Readonly<Record<string, unknown>>;

export function documentView(
  organisation: Organisation,
  family: Family,
  document: Document,
  places: 2 | 4,
  form: DocumentForm,
): View {
  const contact = organisation.contacts.get(document.contact);
  const withLines = form === 'single' || form === 'page';
  const isQuote = family.kind === 'quote';
  const isOrder = family.kind === 'purchase-order';
  const linePlaces = isOrder ? 4 : places;
  return {
    Type: family.types.length > 1 ? document.type : undefined,
    [family.idField]: document.id,
    [family.numberField]: document.number,
    Reference: document.reference,
    ...partOf(organisation, family, document, form),
    CurrencyRate: decimal(document.rate, 6),
    HasErrors: isQuote ? undefined : false,
    Contact:
      contact === undefined
        ? {}
        : form === 'single'
          ? contactJson(organisation, contact)
          : contactReference(contact),
    DateString: dateString(document.date),
    Date: wireDate(document.date),
    // Neither orders nor quotes fall due.
    DueDateString: isOrder || isQuote ? undefined : dateString(document.dueDate),
    DueDate: isOrder || isQuote ? undefined : wireDate(document.dueDate),
    Status: document.status,
    LineAmountTypes: isQuote ? document.mode.toUpperCase() : document.mode,
    LineItems: withLines
      ? document.lines.map((line) => lineView(organisation, line, linePlaces))
      : form === 'list'
        ? []
        : undefined,
    SubTotal: money(document.net),
    TotalTax: money(document.tax),
    // Lists do not reflect a rounding (XERO.md 7.2).
    Total: money(form === 'single' ? document.total : document.net + document.tax),
    TotalDiscount: document.discount === 0 ? undefined : money(document.discount),
    UpdatedDateUTC: wireInstant(document.updatedMs),
    // Added in July 2026 to documents that post, not to orders and quotes (XERO.md 5).
    UpdatedDateUTCString: family.posts
      ? `${new Date(document.updatedMs).toISOString().slice(0, 19)}Z`
      : undefined,
    CurrencyCode: document.currency,
    FullyPaidOnDate: wireDate(document.paidOn),
  };
}

function partOf(organisation: Organisation, family: Family, document: Document, form: DocumentForm): View {
  if (family.kind === 'invoice') return invoicePart(organisation, document, form);
  if (family.kind === 'credit-note') return creditNotePart(organisation, document, form);
  return orderPart(organisation, family, document);
}

/** What orders and quotes have of their own. */
function orderPart(organisation: Organisation, family: Family, document: Document): View {
  const part: Record<string, unknown> = {};
  for (const name of family.texts) part[name] = document.texts?.[name];
  for (const name of family.dates) {
    const day = document.texts?.[name] ?? '';
    part[`${name}String`] = dateString(day);
    part[name] = wireDate(day);
  }
  if (family.kind === 'purchase-order') {
    part.SentToContact = document.sent;
    part.IsDiscounted = false;
    part.HasAttachments = hasFiles(organisation, document.id);
  }
  return part;
}

function invoicePart(organisation: Organisation, document: Document, form: DocumentForm): View {
  const isSummary = form === 'summary';
  return {
    Url: document.url === '' ? undefined : document.url,
    Payments: isSummary ? undefined : paymentsOf(organisation, document),
    ...(isSummary ? {} : document.credited === 0 ? noCredits : creditsOf(organisation, document.id)),
    AmountDue: money(openAmount(document)),
    AmountPaid: money(document.paid),
    AmountCredited: money(document.credited),
    SentToContact: document.sent,
    IsDiscounted: document.discount !== 0,
    HasAttachments: isSummary ? undefined : hasFiles(organisation, document.id),
    PlannedPaymentDate: wireDate(document.plannedDate),
    ...(form === 'single' ? roundingView(document) : {}),
    ExpectedPaymentDate: wireDate(document.expectedDate),
  };
}

/** Of organisations that round; others have neither member. */
function roundingView({ rounding, entered, total }: Document): View {
  if (rounding === undefined && entered === undefined) return {};
  return { RoundingAmount: money(rounding ?? 0), EnteredTotal: money(entered ?? total) };
}

const noCredits: View = { CreditNotes: [], Prepayments: [], Overpayments: [] };

function paymentsOf(organisation: Organisation, document: Document): View[] {
  if (document.paid === 0) return [];
  return organisation.payments
    .findAll('document', document.id)
    .filter((payment) => payment.status === 'AUTHORISED')
    .map(paymentSummary);
}

function creditNotePart(organisation: Organisation, document: Document, form: DocumentForm): View {
  const isSummary = form === 'summary';
  return {
    ID: document.id,
    RemainingCredit: money(isLive(document) ? openAmount(document) : 0),
    Allocations: isSummary
      ? undefined
      : document.credited === 0
        ? []
        : allocationsOf(organisation, document.id),
    Payments: isSummary ? undefined : paymentsOf(organisation, document),
    SentToContact: document.sent,
    HasAttachments: isSummary ? undefined : hasFiles(organisation, document.id),
  };
}
