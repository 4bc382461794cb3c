// Bank transactions, overpayments and prepayments in Xero's JSON.
import { allocationsOf } from '../allocation/allocation-view.ts';
import { contactJson } from '../contact/contact-view.ts';
import { type Document, openAmount } from '../document/document.ts';
import { lineView } from '../document/line-view.ts';
import { decimal, money } from '../json.ts';
import type { Organisation } from '../organisation.ts';
import { paymentSummary } from '../payment/payment-view.ts';
import { dateString, wireDate, wireInstant } from '../wire-date.ts';

type View = Readonly<Record<string, unknown>>;

export function bankTransactionView(organisation: Organisation, document: Document, places: 2 | 4): View {
  const account = organisation.accounts.get(document.bank ?? '');
  return {
    BankTransactionID: document.id,
    BankAccount:
      account === undefined
        ? undefined
        : { AccountID: account.id, Code: account.code === '' ? undefined : account.code, Name: account.name },
    Url: document.url === '' ? undefined : document.url,
    IsReconciled: document.texts?.IsReconciled === 'true',
    OverpaymentID: document.texts?.OverpaymentID,
    PrepaymentID: document.texts?.PrepaymentID,
    HasAttachments: organisation.attachments.find('parent', document.id) !== undefined,
    ...sharedView(organisation, document, places),
  };
}

/** An overpayment or a prepayment, with what is left of it. */
export function creditView(
  organisation: Organisation,
  idField: 'OverpaymentID' | 'PrepaymentID',
  document: Document,
  places: 2 | 4,
): View {
  const payments = organisation.payments.findAll('document', document.id);
  return {
    [idField]: document.id,
    ID: document.id,
    RemainingCredit: money(openAmount(document)),
    AppliedAmount: money(document.paid + document.credited),
    Allocations: allocationsOf(organisation, document.id),
    Payments: payments.filter((payment) => payment.status === 'AUTHORISED').map(paymentSummary),
    HasAttachments: false,
    UpdatedDateUTCString: `${new Date(document.updatedMs).toISOString().slice(0, 19)}Z`,
    ...sharedView(organisation, document, places),
  };
}

function sharedView(organisation: Organisation, document: Document, places: 2 | 4): View {
  const contact = organisation.contacts.get(document.contact);
  return {
    Type: document.type,
    Reference: document.reference,
    Contact: contact === undefined ? undefined : contactJson(organisation, contact),
    DateString: dateString(document.date),
    Date: wireDate(document.date),
    Status: document.status,
    LineAmountTypes: document.mode,
    LineItems: document.lines.map((line) => lineView(organisation, line, places)),
    SubTotal: money(document.net),
    TotalTax: money(document.tax),
    Total: money(document.total),
    UpdatedDateUTC: wireInstant(document.updatedMs),
    CurrencyCode: document.currency,
    CurrencyRate: decimal(document.rate, 6),
  };
}
