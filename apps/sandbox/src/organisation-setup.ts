// Sets up an organisation: the one a new sandbox has, and those that are asked for by region and name.
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type RegionCode, regionAccounts, regionCodes, regions } from './chart/region.ts';
import { regionTaxRates } from './chart/region-tax-rates.ts';
import {
  type OrganisationRecord,
  type OrganisationSettings,
  organisationClasses,
} from './organisation-record.ts';
import { wireZone } from './organisation-zone.ts';

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a date such as 2026-03-31');

/** What can be asked for at first and changed later; what is left out stays as it is, a lock date of '' is none. */
export const settingsWish = z.strictObject({
  name: z.string().min(1).max(100).optional(),
  tier: z.enum(['starter', 'core']).optional(),
  class: z.enum(organisationClasses).optional(),
  timeZone: z.string().refine(isTimeZone, 'must be a time zone such as Europe/London').optional(),
  periodLockDate: z.union([day, z.literal('')]).optional(),
  yearLockDate: z.union([day, z.literal('')]).optional(),
});

export type SettingsWish = z.output<typeof settingsWish>;

/** What can be asked for; only the region must be. */
export const organisationWish = settingsWish.extend({
  region: z.enum(regionCodes),
  currencies: z.array(z.string().regex(/^[A-Z]{3}$/)).optional(),
  tracking: z
    .array(z.strictObject({ name: z.string().min(1).max(100), options: z.array(z.string().min(1).max(100)) }))
    .max(4)
    .optional(),
  /** Fills it with plausible contacts, items and documents, the same for the same seed. */
  demoSeed: z.number().int().optional(),
});

export type OrganisationWish = z.output<typeof organisationWish>;

/** The organisation a new sandbox has; its id is also its tenant id. */
export function newOrganisation(nowMs: number): OrganisationRecord {
  return setUp({ region: 'GB', name: 'Stockbook Trial (GB)', tracking: [] }, nowMs, '!Sb0GB');
}

/** The settings as the wish changes them. */
export function changedSettings(record: OrganisationRecord, wish: SettingsWish): OrganisationSettings {
  const { timeZone } = wish;
  return {
    name: wish.name ?? record.name,
    tier: wish.tier ?? record.tier,
    class: wish.class ?? record.class,
    timeZone: timeZone ?? record.timeZone,
    wireTimeZone: timeZone === undefined ? record.wireTimeZone : wireZone(timeZone),
    periodLockDate: wish.periodLockDate ?? record.periodLockDate,
    yearLockDate: wish.yearLockDate ?? record.yearLockDate,
  };
}

/** Unless other wishes are told, it is of tier Core, with two foreign currencies and two tracking categories. */
export function wishedOrganisation(wish: OrganisationWish, nowMs: number): OrganisationRecord {
  const shortCode = `!${randomUUID().slice(0, 5)}`;
  const { currency } = regions[wish.region];
  const currencies = wish.currencies ?? ['EUR', currency === 'USD' ? 'GBP' : 'USD'];
  const tracking = wish.tracking ?? usualTracking[wish.region];
  return setUp({ ...wish, currencies, tracking }, nowMs, shortCode);
}

const usualTracking: Readonly<Record<RegionCode, readonly { name: string; options: string[] }[]>> = {
  AU: [
    { name: 'Region', options: ['New South Wales', 'Queensland', 'Victoria'] },
    { name: 'Channel', options: ['Online', 'Shop'] },
  ],
  NZ: [
    { name: 'Region', options: ['North Island', 'South Island'] },
    { name: 'Channel', options: ['Online', 'Shop'] },
  ],
  GB: [
    { name: 'Region', options: ['England', 'Scotland', 'Wales'] },
    { name: 'Channel', options: ['Online', 'Shop'] },
  ],
  US: [
    { name: 'Region', options: ['East', 'West'] },
    { name: 'Channel', options: ['Online', 'Shop'] },
  ],
};

type Setting = Omit<OrganisationWish, 'tracking'> & {
  readonly tracking: readonly { readonly name: string; readonly options: readonly string[] }[];
};

function setUp(wish: Setting, nowMs: number, shortCode: string): OrganisationRecord {
  const region = regions[wish.region];
  const [yearEndMonth, yearEndDay] = region.yearEnd;
  return {
    id: randomUUID(),
    name: wish.name ?? `Stockbook Trial (${wish.region})`,
    version: region.version,
    country: wish.region,
    currency: region.currency,
    currencies: [...new Set([region.currency, ...(wish.currencies ?? [])])],
    timeZone: wish.timeZone ?? region.timeZone,
    wireTimeZone: wish.timeZone === undefined ? region.wireTimeZone : wireZone(wish.timeZone),
    shortCode,
    createdMs: nowMs,
    periodLockDate: wish.periodLockDate ?? '',
    yearLockDate: wish.yearLockDate ?? '',
    yearEndMonth,
    yearEndDay,
    tier: wish.tier ?? 'core',
    class: wish.class ?? 'PREMIUM',
    isDemo: wish.demoSeed !== undefined,
    tracking: wish.tracking.map(({ name, options }) => ({
      id: randomUUID(),
      name,
      status: 'ACTIVE',
      options: options.map((option) => ({ id: randomUUID(), name: option, status: 'ACTIVE' })),
      updatedMs: nowMs,
    })),
    accounts: regionAccounts(wish.region, nowMs),
    taxRates: regionTaxRates(wish.region),
  };
}

function isTimeZone(name: string): boolean {
  return Intl.supportedValuesOf('timeZone').includes(name) || name === 'UTC';
}
