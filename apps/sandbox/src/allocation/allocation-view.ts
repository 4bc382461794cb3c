// Allocations in Xero's JSON, alone and as the two documents they join carry them.
import { money } from '../json.ts';
import type { Organisation } from '../organisation.ts';
import type { Allocation } from '../payment/payment.ts';
import { documentPart } from '../payment/payment-view.ts';
import { wireDate } from '../wire-date.ts';

type View = Readonly<Record<string, unknown>>;

export function allocationView(organisation: Organisation, allocation: Allocation): View {
  return {
    AllocationID: allocation.id,
    Amount: money(allocation.amount),
    Date: wireDate(allocation.date),
    ...documentPart(organisation, 'invoice', allocation.invoice),
    IsDeleted: allocation.isDeleted,
  };
}

const creditMembers = {
  'credit-note': ['CreditNotes', 'CreditNoteID', 'CreditNoteNumber'],
  prepayment: ['Prepayments', 'PrepaymentID', undefined],
  overpayment: ['Overpayments', 'OverpaymentID', undefined],
} as const;

/** The members CreditNotes, Prepayments and Overpayments of an invoice. */
export function creditsOf(organisation: Organisation, invoice: string): View {
  const members: Record<string, View[]> = { CreditNotes: [], Prepayments: [], Overpayments: [] };
  for (const { kind, document, amount, date, isDeleted, id } of organisation.allocations.findAll(
    'invoice',
    invoice,
  )) {
    if (isDeleted || kind === 'invoice') continue;
    const [member, idField, numberField] = creditMembers[kind];
    const number = organisation.creditNotes.get(document)?.number;
    members[member]?.push({
      ID: id,
      [idField]: document,
      ...(numberField === undefined ? {} : { [numberField]: number }),
      AppliedAmount: money(amount),
      Date: wireDate(date),
      HasErrors: kind === 'credit-note' ? false : undefined,
      LineItems: [],
    });
  }
  return members;
}

/** The allocations of a credit that stand. */
export function allocationsOf(organisation: Organisation, credit: string): View[] {
  return organisation.allocations
    .findAll('document', credit)
    .filter((one) => !one.isDeleted)
    .map((one) => allocationView(organisation, one));
}
