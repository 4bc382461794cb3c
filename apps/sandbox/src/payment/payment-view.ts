// A payment in Xero's JSON, alone and as documents carry it.
import { contactReference } from '../contact/contact-view.ts';
import { decimal, money } from '../json.ts';
import type { Organisation } from '../organisation.ts';
import { documentsOf } from '../organisation-change.ts';
import { wireDate, wireInstant } from '../wire-date.ts';
import type { PaidKind, Payment } from './payment.ts';

type View = Readonly<Record<string, unknown>>;

export function paymentView(organisation: Organisation, payment: Payment): View {
  const account = organisation.accounts.get(payment.account);
  return {
    ...head(payment),
    PaymentType: payment.type,
    Status: payment.status,
    UpdatedDateUTC: wireInstant(payment.updatedMs),
    UpdatedDateUTCString: `${new Date(payment.updatedMs).toISOString().slice(0, 19)}Z`,
    HasAccount: true,
    IsReconciled: payment.isReconciled,
    Account: account === undefined ? undefined : { AccountID: account.id, Code: account.code },
    ...documentPart(organisation, payment.kind, payment.document),
    HasValidationErrors: false,
  };
}

/** As the `Payments` of a document show it. */
export function paymentSummary(payment: Payment): View {
  return { ...head(payment), HasAccount: false, HasValidationErrors: false };
}

function head(payment: Payment): View {
  return {
    PaymentID: payment.id,
    BatchPaymentID: payment.batch === '' ? undefined : payment.batch,
    Date: wireDate(payment.date),
    Amount: money(payment.amount),
    BankAmount: money(payment.bankAmount ?? payment.base),
    Reference: payment.reference,
    CurrencyRate: decimal(payment.rate, 6),
  };
}

const members: Readonly<Record<PaidKind, readonly [member: string, id: string, number: string | undefined]>> =
  {
    invoice: ['Invoice', 'InvoiceID', 'InvoiceNumber'],
    'credit-note': ['CreditNote', 'CreditNoteID', 'CreditNoteNumber'],
    prepayment: ['Prepayment', 'PrepaymentID', undefined],
    overpayment: ['Overpayment', 'OverpaymentID', undefined],
  };

/** The document a payment or an allocation names, as it carries it. */
export function documentPart(organisation: Organisation, kind: PaidKind, id: string): View {
  const [member, idField, numberField] = members[kind];
  const document = documentsOf(organisation, kind).get(id);
  const contact = organisation.contacts.get(document?.contact ?? '');
  return {
    [member]: {
      Type: document?.type,
      [idField]: id,
      ...(numberField === undefined ? {} : { [numberField]: document?.number }),
      Contact: contact === undefined ? undefined : contactReference(contact),
      CurrencyCode: document?.currency,
      HasErrors: kind === 'invoice' || kind === 'credit-note' ? false : undefined,
      LineItems: [],
    },
  };
}
