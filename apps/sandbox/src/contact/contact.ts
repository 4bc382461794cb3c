// A contact as the sandbox keeps it.
import { z } from 'zod';

/** The plain text members of a contact with the most characters each may have (XERO.md 7.1). */
export const contactTexts: readonly (readonly [name: string, charactersMax: number])[] = [
  ['AccountNumber', 50],
  ['FirstName', 255],
  ['LastName', 255],
  ['EmailAddress', 255],
  ['CompanyNumber', 50],
  ['TaxNumber', 50],
  ['BankAccountDetails', 100],
  ['SkypeUserName', 50],
  ['Website', 255],
  ['AccountsReceivableTaxType', 50],
  ['AccountsPayableTaxType', 50],
  ['SalesDefaultAccountCode', 10],
  ['PurchasesDefaultAccountCode', 10],
  ['DefaultCurrency', 3],
  ['SalesDefaultLineAmountType', 10],
  ['PurchasesDefaultLineAmountType', 10],
];

const texts = z.record(z.string(), z.string());
const term = z.object({ Day: z.number(), Type: z.string() });

export const contactRecord = z.object({
  id: z.string(),
  status: z.enum(['ACTIVE', 'ARCHIVED', 'GDPRREQUEST']),
  name: z.string(),
  number: z.string(),
  /** The members of `contactTexts` that are not empty, by Xero's names. */
  texts,
  addresses: z.array(texts),
  phones: z.array(texts),
  persons: z.array(z.object({ texts, inEmails: z.boolean() })),
  terms: z.object({ Bills: term.optional(), Sales: term.optional() }),
  isSupplier: z.boolean(),
  isCustomer: z.boolean(),
  updatedMs: z.number(),
});

export type Contact = z.infer<typeof contactRecord>;

/** How names, numbers and codes are compared: without regard to case. */
export function fold(text: string): string {
  return text.toLowerCase();
}
