// What an organisation is set up with: its region, currencies, lock dates, year end, chart and tax rates.
import { z } from 'zod';
import { accountRecord } from './chart/account.ts';
import { taxRateRecord } from './chart/tax-rate.ts';
import { trackingCategoryRecord } from './tracking/tracking-category.ts';

/** Plans; those that Xero has no cap or right of its own for behave alike. */
export const organisationClasses = ['DEMO', 'TRIAL', 'STARTER', 'STANDARD', 'PREMIUM', 'ULTIMATE'] as const;

export const organisationRecord = z.object({
  id: z.string(),
  name: z.string(),
  version: z.string(),
  country: z.string(),
  currency: z.string(),
  currencies: z.array(z.string()),
  timeZone: z.string(),
  wireTimeZone: z.string(),
  shortCode: z.string(),
  createdMs: z.number(),
  periodLockDate: z.string(),
  yearLockDate: z.string(),
  yearEndMonth: z.number().default(3),
  yearEndDay: z.number().default(31),
  /** Starter allows 1,000 calls a day, Core 5,000. */
  tier: z.enum(['starter', 'core']).default('core'),
  /** The plan it pays for (XERO.md 7.2, 7.10). */
  class: z.enum(organisationClasses).default('PREMIUM'),
  isDemo: z.boolean().default(false),
  tracking: z.array(trackingCategoryRecord).default([]),
  accounts: z.array(accountRecord),
  taxRates: z.array(taxRateRecord),
});

export type OrganisationRecord = z.output<typeof organisationRecord>;

/** What of it can be changed once it is there. */
export const settingsRecord = organisationRecord
  .pick({ name: true, timeZone: true, wireTimeZone: true, periodLockDate: true, yearLockDate: true })
  .extend({ tier: organisationRecord.shape.tier.unwrap(), class: organisationRecord.shape.class.unwrap() });

export type OrganisationSettings = z.output<typeof settingsRecord>;
