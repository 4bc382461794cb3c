// An invoice or a credit note as the sandbox keeps it; money in cents, prices and quantities in ten-thousandths.
import { z } from 'zod';
import { movementRecord } from '../ledger/movement.ts';
import { trackedOption } from '../manual-journal/manual-journal.ts';

/** Members that are left out, as the journal does with what is usual, are read as they are said here. */
export const lineRecord = z.object({
  id: z.string(),
  description: z.string(),
  quantity: z.number().nullable(),
  price: z.number().nullable(),
  item: z.string().default(''),
  account: z.string().default(''),
  taxType: z.string().default(''),
  /** The line's amount after discount, with or without tax as the document's mode says. */
  amount: z.number(),
  tax: z.number(),
  discountRate: z.number().nullable().default(null),
  discountAmount: z.number().nullable().default(null),
  tracking: z.array(trackedOption).optional(),
});

export const documentTypes = [
  'ACCREC',
  'ACCPAY',
  'ACCRECCREDIT',
  'ACCPAYCREDIT',
  'PURCHASEORDER',
  'QUOTE',
  'RECEIPT',
  'RECEIVE',
  'SPEND',
  'RECEIVE-OVERPAYMENT',
  'SPEND-OVERPAYMENT',
  'RECEIVE-PREPAYMENT',
  'SPEND-PREPAYMENT',
] as const;
export const documentStatuses = [
  'DRAFT',
  'SUBMITTED',
  'AUTHORISED',
  'PAID',
  'VOIDED',
  'DELETED',
  'BILLED',
  'SENT',
  'ACCEPTED',
  'DECLINED',
  'INVOICED',
] as const;
export const lineAmountTypes = ['Exclusive', 'Inclusive', 'NoTax'] as const;

export const documentRecord = z.object({
  id: z.string(),
  type: z.enum(documentTypes),
  number: z.string(),
  reference: z.string().default(''),
  contact: z.string(),
  date: z.string(),
  dueDate: z.string().default(''),
  status: z.enum(documentStatuses),
  mode: z.enum(lineAmountTypes),
  lines: z.array(lineRecord),
  net: z.number(),
  tax: z.number(),
  total: z.number(),
  discount: z.number().default(0),
  /** An adjustment of the total in cents, and the total as it was entered on a draft (XERO.md 7.2). */
  rounding: z.number().optional(),
  entered: z.number().optional(),
  currency: z.string(),
  url: z.string().default(''),
  theme: z.string().default(''),
  sent: z.boolean().default(false),
  plannedDate: z.string().default(''),
  expectedDate: z.string().default(''),
  paidOn: z.string().default(''),
  /** Units of the document's currency for one of the base currency, in millionths. */
  rate: z.number().default(1_000_000),
  /** Cents paid (or refunded) and credited (or allocated) so far, and what that relieved it of in the base currency. */
  paid: z.number().default(0),
  credited: z.number().default(0),
  relieved: z.number().default(0),
  stock: z.array(movementRecord).optional(),
  /** The bank account's id, of bank transactions and what they made. */
  bank: z.string().optional(),
  /** Plain text members that only some kinds of document have, by Xero's names. */
  texts: z.record(z.string(), z.string()).optional(),
  /** When it was approved, where the plan counts approvals. */
  approvedMs: z.number().optional(),
  /** The app that made it. */
  app: z.string().optional(),
  updatedMs: z.number(),
});

export type Line = z.output<typeof lineRecord>;
export type Document = z.output<typeof documentRecord>;
export type DocumentType = Document['type'];
export type DocumentStatus = Document['status'];
export type LineAmountType = Document['mode'];

/** Whether the document stands: not voided and not deleted. */
export function isLive(document: Pick<Document, 'status'>): boolean {
  return document.status !== 'VOIDED' && document.status !== 'DELETED';
}

/** Whether the document has been approved, so that it counts in the books. */
export function isApproved(status: DocumentStatus): boolean {
  return status === 'AUTHORISED' || status === 'PAID';
}

/** Whether the document is about selling: a customer's, with sales prices and output tax. */
export function isSales(type: DocumentType): boolean {
  return type === 'ACCREC' || type === 'ACCRECCREDIT' || type === 'QUOTE' || type.startsWith('RECEIVE');
}

/** Ours to number, and unique by that number. */
function isNumbered(type: DocumentType): boolean {
  return type === 'ACCREC' || type === 'ACCRECCREDIT' || type === 'QUOTE' || type === 'PURCHASEORDER';
}

/** Whether it keeps its number from others: bills share numbers, voided documents give theirs up. */
export function hasOwnNumber(document: Pick<Document, 'status' | 'type'>): boolean {
  return isLive(document) && isNumbered(document.type);
}

export function isInvoice(type: DocumentType): boolean {
  return type === 'ACCREC' || type === 'ACCPAY';
}

/** What is still to be paid, or credit still to be used. */
export function openAmount(document: Document): number {
  return isLive(document) ? document.total - document.paid - document.credited : 0;
}

/** Whether payments or credits stand against the document. */
export function isApplied(document: Document): boolean {
  return document.paid !== 0 || document.credited !== 0;
}
