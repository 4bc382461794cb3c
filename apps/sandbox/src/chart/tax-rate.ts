// A tax rate, and which classes of account it may be used with.
import { z } from 'zod';
import type { AccountClass } from './account.ts';

export const taxRateRecord = z.object({
  taxType: z.string(),
  name: z.string(),
  reportTaxType: z.string(),
  /** Ten-thousandths of a per cent: 20 % is 200,000. */
  displayRate: z.number(),
  effectiveRate: z.number(),
  /** Initials of the classes it applies to: Asset, eQuity, Expense, Liability, Revenue. */
  classes: z.string(),
  component: z.string(),
  status: z.enum(['ACTIVE', 'DELETED', 'ARCHIVED']).default('ACTIVE'),
  isNonRecoverable: z.boolean().default(false),
});

export type TaxRate = z.infer<typeof taxRateRecord>;

const initials: Readonly<Record<AccountClass, string>> = {
  ASSET: 'A',
  EQUITY: 'Q',
  EXPENSE: 'E',
  LIABILITY: 'L',
  REVENUE: 'R',
};

/** Whether the rate may stand on a line of an account of this class. */
export function appliesTo(rate: TaxRate, accountClass: AccountClass): boolean {
  return rate.classes.includes(initials[accountClass]);
}
