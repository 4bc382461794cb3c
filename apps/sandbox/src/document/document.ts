// An invoice or a credit note as the sandbox keeps it; money in cents, prices and quantities in ten-thousandths.
import { z } from 'zod';

export const lineRecord = z.object({
  id: z.string(),
  description: z.string(),
  quantity: z.number().nullable(),
  price: z.number().nullable(),
  item: z.string(),
  account: z.string(),
  taxType: z.string(),
  /** The line's amount after discount, with or without tax as the document's mode says. */
  amount: z.number(),
  tax: z.number(),
  discountRate: z.number().nullable(),
  discountAmount: z.number().nullable(),
});

export const documentTypes = ['ACCREC', 'ACCPAY', 'ACCRECCREDIT', 'ACCPAYCREDIT'] as const;
export const documentStatuses = ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'PAID', 'VOIDED', 'DELETED'] as const;
export const lineAmountTypes = ['Exclusive', 'Inclusive', 'NoTax'] as const;

export const documentRecord = z.object({
  id: z.string(),
  type: z.enum(documentTypes),
  number: z.string(),
  reference: z.string(),
  contact: z.string(),
  date: z.string(),
  dueDate: z.string(),
  status: z.enum(documentStatuses),
  mode: z.enum(lineAmountTypes),
  lines: z.array(lineRecord),
  net: z.number(),
  tax: z.number(),
  total: z.number(),
  discount: z.number(),
  currency: z.string(),
  url: z.string(),
  theme: z.string(),
  sent: z.boolean(),
  plannedDate: z.string(),
  expectedDate: z.string(),
  paidOn: z.string(),
  updatedMs: z.number(),
});

export type Line = z.infer<typeof lineRecord>;
export type Document = z.infer<typeof documentRecord>;
export type DocumentType = Document['type'];
export type DocumentStatus = Document['status'];
export type LineAmountType = Document['mode'];

/** Whether the document stands: not voided and not deleted. */
export function isLive(document: Document): boolean {
  return document.status !== 'VOIDED' && document.status !== 'DELETED';
}

/** Whether the document has been approved, so that it counts in the books. */
export function isApproved(status: DocumentStatus): boolean {
  return status === 'AUTHORISED' || status === 'PAID';
}

/** Sales documents: ours to number, and unique by that number. */
export function isSales(type: DocumentType): boolean {
  return type === 'ACCREC' || type === 'ACCRECCREDIT';
}

export function isInvoice(type: DocumentType): boolean {
  return type === 'ACCREC' || type === 'ACCPAY';
}

/** What is still to be paid, or credit still to be used. */
export function openAmount(document: Document): number {
  return document.status === 'PAID' || !isLive(document) ? 0 : document.total;
}
