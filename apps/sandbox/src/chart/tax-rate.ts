// A tax rate, and which classes of account it may be used with.
import { z } from 'zod';
import type { AccountClass } from './account.ts';

const taxComponentRecord = z.object({
  name: z.string(),
  rate: z.number(),
  isCompound: z.boolean(),
  isNonRecoverable: z.boolean(),
});

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
  /** What it is made of, where that is more than the one component; rates in ten-thousandths of a per cent. */
  components: z.array(taxComponentRecord).optional(),
  status: z.enum(['ACTIVE', 'DELETED', 'ARCHIVED']).default('ACTIVE'),
  isNonRecoverable: z.boolean().default(false),
});

export type TaxRate = z.infer<typeof taxRateRecord>;
export type TaxComponent = z.infer<typeof taxComponentRecord>;

const initials: Readonly<Record<AccountClass, string>> = {
  ASSET: 'A',
  EQUITY: 'Q',
  EXPENSE: 'E',
  LIABILITY: 'L',
  REVENUE: 'R',
};

/** The components, of which a rate of the chart has one. */
export function componentsOf(rate: TaxRate, effectiveRate: number): readonly TaxComponent[] {
  const { component: name, isNonRecoverable } = rate;
  return rate.components ?? [{ name, rate: effectiveRate, isCompound: false, isNonRecoverable }];
}

/** Rates of an automated service do not work on documents of the API (ACCOUNTING.md 0, N21). */
export function worksByApi(rate: TaxRate): boolean {
  return rate.reportTaxType !== 'AVALARA' && rate.reportTaxType !== 'USSALESTAX';
}

/** Whether the rate may stand on a line of an account of this class. */
export function appliesTo(rate: TaxRate, accountClass: AccountClass): boolean {
  return rate.classes.includes(initials[accountClass]);
}
