// The scopes a client may ask for, what each is for, and which of them open a resource (XERO.md 1.3).
import { type Options, option } from '../options.ts';
import type { App } from './app.ts';
import { tierOf } from './tier.ts';

const meanings: readonly (readonly [scope: string, meaning: string])[] = [
  ['openid', 'know who you are'],
  ['profile', 'see your name'],
  ['email', 'see your email address'],
  ['offline_access', 'keep access while you are away'],
  ['accounting.transactions', 'see and change invoices, credit notes, payments and bank transactions'],
  ['accounting.transactions.read', 'see invoices, credit notes, payments and bank transactions'],
  ['accounting.invoices', 'see and change invoices, credit notes, purchase orders, quotes and items'],
  ['accounting.invoices.read', 'see invoices, credit notes, purchase orders, quotes and items'],
  ['accounting.payments', 'see and change payments'],
  ['accounting.payments.read', 'see payments'],
  ['accounting.banktransactions', 'see and change bank transactions'],
  ['accounting.banktransactions.read', 'see bank transactions'],
  ['accounting.manualjournals', 'see and change manual journals'],
  ['accounting.manualjournals.read', 'see manual journals'],
  ['accounting.contacts', 'see and change contacts'],
  ['accounting.contacts.read', 'see contacts'],
  ['accounting.settings', 'see and change accounts, items, tax rates and settings'],
  ['accounting.settings.read', 'see accounts, items, tax rates and settings'],
  ['accounting.attachments', 'see and add files'],
  ['accounting.attachments.read', 'see files'],
  ['accounting.journals.read', 'see the journals'],
  ['accounting.budgets.read', 'see budgets'],
  ['accounting.reports.read', 'see all reports'],
  ['accounting.reports.aged.read', 'see the aged reports'],
  ['accounting.reports.balancesheet.read', 'see the balance sheet'],
  ['accounting.reports.banksummary.read', 'see the bank summary'],
  ['accounting.reports.budgetsummary.read', 'see the budget summary'],
  ['accounting.reports.executivesummary.read', 'see the executive summary'],
  ['accounting.reports.profitandloss.read', 'see profit and loss'],
  ['accounting.reports.trialbalance.read', 'see the trial balance'],
  ['accounting.reports.taxreports.read', 'see tax reports'],
  ['accounting.reports.tenninetynine.read', 'see the 1099 report'],
];

const meaningOf = new Map(meanings);

export const knownScopes: readonly string[] = [...meaningOf.keys()];

/** The words of a scope parameter, each once. */
export function splitScope(scope: string): string[] {
  return [...new Set(scope.split(/[\s+]+/).filter((word) => word !== ''))];
}

/** What a scope lets the client do, for the consent page; undefined when Xero knows no such scope. */
export function scopeMeaning(scope: string): string | undefined {
  return meaningOf.get(scope);
}

/** Whether the granted scopes open a resource that any of `families` covers; reading is also opened by `.read`. */
export function opens(
  granted: string,
  families: readonly string[],
  reading: boolean,
  nowMs: number,
): boolean {
  const words = new Set(granted.split(' '));
  if (nowMs >= broadEndMs) for (const scope of retired) words.delete(scope);
  return families.some((family) => words.has(family) || (reading && words.has(`${family}.read`)));
}

/** Broad scopes that granular ones have replaced. */
const retired = new Set([
  'accounting.transactions',
  'accounting.transactions.read',
  'accounting.reports.read',
]);

/** When Xero stops broad scopes for everybody, and from when on new apps get granular ones only. */
const broadEndMs = Date.UTC(2027, 8, 13);
const granularSinceMs = {
  web: Date.UTC(2026, 2, 2),
  pkce: Date.UTC(2026, 2, 2),
  custom: Date.UTC(2026, 3, 29),
};

/** Whether this app is given the scope: Xero knows it, broad ones go by its age, the journals by its age and tier. */
export function isGiven(
  holder: { readonly options: Options },
  app: Pick<App, 'kind' | 'tier' | 'isCertified' | 'createdMs'>,
  scope: string,
  nowMs: number,
): boolean {
  if (scopeMeaning(scope) === undefined) return false;
  const isOld = app.createdMs < granularSinceMs[app.kind];
  if (retired.has(scope)) return isOld && nowMs < broadEndMs && option(holder, 'scope-kind') === 'both';
  if (scope !== 'accounting.journals.read') return true;
  // New custom connections cannot get it (XERO.md 1.5).
  if (app.kind === 'custom') return false;
  return tierOf(app).isAdvanced || (isOld && option(holder, 'journals-scope') === 'older');
}

/** Whether it opens the API, so that it adds up over consents; the others go by each request. */
export function isApiScope(scope: string): boolean {
  return scope.startsWith('accounting.');
}
