// A payment, an allocation and a batch of payments as the sandbox keeps them; money in cents, rates in millionths.
import { z } from 'zod';

export const paidKinds = ['invoice', 'credit-note', 'prepayment', 'overpayment'] as const;

export const paymentRecord = z.object({
  id: z.string(),
  kind: z.enum(paidKinds),
  document: z.string(),
  type: z.string(),
  /** The account's id. */
  account: z.string(),
  date: z.string(),
  amount: z.number(),
  rate: z.number(),
  /** What reached the account, and what it `relieved` the debt of, in the base currency: the difference is a realised gain. */
  base: z.number(),
  /** In the currency of the account. */
  bankAmount: z.number().optional(),
  relieved: z.number(),
  reference: z.string(),
  isReconciled: z.boolean(),
  status: z.enum(['AUTHORISED', 'DELETED']),
  batch: z.string(),
  updatedMs: z.number(),
});

export const allocationRecord = z.object({
  id: z.string(),
  /** The credit: a credit note, an overpayment or a prepayment. */
  kind: z.enum(paidKinds),
  document: z.string(),
  invoice: z.string(),
  amount: z.number(),
  date: z.string(),
  /** What the invoice and the credit were relieved of, in the base currency. */
  invoiceRelieved: z.number(),
  creditRelieved: z.number(),
  isDeleted: z.boolean(),
  updatedMs: z.number(),
});

export const batchRecord = z.object({
  id: z.string(),
  type: z.enum(['PAYBATCH', 'RECBATCH']),
  account: z.string(),
  date: z.string(),
  reference: z.string(),
  narrative: z.string(),
  details: z.string(),
  particulars: z.string(),
  total: z.number(),
  payments: z.array(z.string()),
  status: z.enum(['AUTHORISED', 'DELETED']),
  updatedMs: z.number(),
});

export type PaidKind = (typeof paidKinds)[number];
export type Payment = z.output<typeof paymentRecord>;
export type Allocation = z.output<typeof allocationRecord>;
export type Batch = z.output<typeof batchRecord>;
