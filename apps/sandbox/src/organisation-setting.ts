// The changes of how an organisation is set up: its chart, rates, currencies, tracking, settings and what it may do so often.
import { z } from 'zod';
import { accountRecord } from './chart/account.ts';
import { taxRateRecord } from './chart/tax-rate.ts';
import type { Organisation } from './organisation.ts';
import { quotaRecord } from './organisation-quota.ts';
import { type OrganisationSettings, settingsRecord } from './organisation-record.ts';
import { put, putKeyed, remove } from './store-change.ts';
import { trackingCategoryRecord } from './tracking/tracking-category.ts';

/** The change that puts a record of a kind. */
export function of<Kind extends string, Shape extends z.ZodType>(kind: Kind, record: Shape) {
  return z.object({ kind: z.literal(kind), record });
}

export const settingChanges = [
  of('account', accountRecord),
  z.object({ kind: z.literal('account-gone'), id: z.string() }),
  of('tax-rate', taxRateRecord),
  z.object({ kind: z.literal('currency'), code: z.string() }),
  of('tracking-category', trackingCategoryRecord),
  z.object({ kind: z.literal('tracking-gone'), id: z.string() }),
  of('quota', quotaRecord),
  of('settings', settingsRecord),
] as const;

export type SettingChange = z.output<(typeof settingChanges)[number]>;

/** Carries out one of them; returns what undoes it. */
export function applySetting(organisation: Organisation, change: SettingChange): () => void {
  switch (change.kind) {
    case 'account':
      return put(organisation.accounts, change.record);
    case 'account-gone':
      return remove(organisation.accounts, change.id);
    case 'tax-rate':
      return putKeyed(organisation.taxRates, change.record.taxType, change.record);
    case 'currency':
      return addCurrency(organisation, change.code);
    case 'tracking-category':
      return put(organisation.tracking, change.record);
    case 'tracking-gone':
      return remove(organisation.tracking, change.id);
    case 'quota':
      return putKeyed(organisation.quotas, change.record.id, change.record);
    case 'settings':
      return putSettings(organisation, change.record);
  }
}

function putSettings(organisation: Organisation, settings: OrganisationSettings): () => void {
  const before = organisation.record;
  organisation.record = { ...before, ...settings };
  return () => {
    organisation.record = before;
  };
}

function addCurrency(organisation: Organisation, code: string): () => void {
  if (organisation.currencies.has(code)) return () => undefined;
  organisation.currencies.add(code);
  return () => organisation.currencies.delete(code);
}
