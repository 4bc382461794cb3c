// Reads whole lists that are only ever read: the organisation, its chart of accounts and its tax rates (none of them has pages, XERO.md 5).
import type { Allowance, Failure } from '@stockbook/core';
import type { AccountingApi } from 'xero-node';
import { z } from 'zod';
import type { XeroOptions } from './api.ts';
import { callXero, unreadable } from './call.ts';

export type ReadResult<T> =
  | { kind: 'read'; value: T; allowance: Allowance }
  | { kind: 'failed'; failure: Failure; allowance: Allowance };

const text = z.string();
const optional = z
  .string()
  .nullish()
  .transform((value) => value || null);

const organisationForm = z.object({
  OrganisationID: text,
  Name: text,
  CountryCode: optional,
  BaseCurrency: optional,
  Timezone: optional,
});
const accountForm = z.object({
  AccountID: text,
  Code: optional,
  Name: text,
  Type: text,
  Class: optional,
  Status: optional,
  TaxType: optional,
  SystemAccount: optional,
  EnablePaymentsToAccount: z
    .boolean()
    .nullish()
    .transform((value) => value ?? false),
});
const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? false);
const taxRateForm = z.object({
  Name: text,
  TaxType: text,
  ReportTaxType: optional,
  Status: optional,
  DisplayTaxRate: z.number().nullish(),
  EffectiveRate: z.number().nullish(),
  CanApplyToAssets: flag,
  CanApplyToEquity: flag,
  CanApplyToExpenses: flag,
  CanApplyToLiabilities: flag,
  CanApplyToRevenue: flag,
});

export type XeroOrganisation = z.infer<typeof organisationForm>;
export type XeroAccount = z.infer<typeof accountForm>;
export type XeroTaxRate = z.infer<typeof taxRateForm>;

/** What can be read of one tenant. */
export interface XeroLists {
  organisation(): Promise<ReadResult<XeroOrganisation>>;
  accounts(): Promise<ReadResult<XeroAccount[]>>;
  taxRates(): Promise<ReadResult<XeroTaxRate[]>>;
}

/** Opens the lists of one tenant; each reading is one call. */
export function createXeroLists(options: XeroOptions): XeroLists {
  return {
    organisation: () => readOrganisation(options),
    accounts: () => readAccounts(options),
    taxRates: () => readTaxRates(options),
  };
}

export async function readOrganisation(options: XeroOptions): Promise<ReadResult<XeroOrganisation>> {
  const read = await readList(options, 'Organisations', organisationForm, (api) =>
    api.getOrganisations(options.tenantId),
  );
  if (read.kind === 'failed') return read;
  const [organisation] = read.value;
  if (organisation !== undefined) return { ...read, value: organisation };
  const message = 'Xero answered with no organisation.';
  return {
    kind: 'failed',
    failure: { kind: 'unknown-outcome', status: 200, message },
    allowance: read.allowance,
  };
}

/** The whole chart, archived accounts included. */
export function readAccounts(options: XeroOptions): Promise<ReadResult<XeroAccount[]>> {
  return readList(options, 'Accounts', accountForm, (api) => api.getAccounts(options.tenantId));
}

export function readTaxRates(options: XeroOptions): Promise<ReadResult<XeroTaxRate[]>> {
  return readList(options, 'TaxRates', taxRateForm, (api) => api.getTaxRates(options.tenantId));
}

type Read = (api: AccountingApi) => Promise<{ response: { status: number; headers: object } }>;

/** One reading of a list without pages; an element that cannot be understood fails it with its place and the reason. */
async function readList<F extends z.ZodType>(
  options: XeroOptions,
  name: string,
  form: F,
  read: Read,
): Promise<ReadResult<z.infer<F>[]>> {
  const answer = await callXero(options, 'read', read);
  if (answer.kind === 'failed') return answer;
  const { allowance, status } = answer;
  const envelope = z.record(z.string(), z.unknown()).safeParse(answer.data);
  const list = envelope.success ? envelope.data[name] : undefined;
  if (!Array.isArray(list)) return { kind: 'failed', ...unreadable(name, answer), allowance };
  const parsed = z.array(form).safeParse(list);
  if (parsed.success) return { kind: 'read', value: parsed.data, allowance };
  const message = `Xero's list of ${name} cannot be understood: ${z.prettifyError(parsed.error).slice(0, 500)}`;
  return { kind: 'failed', failure: { kind: 'unknown-outcome', status, message }, allowance };
}

/** The accounts of an answer's envelope; throws where one cannot be understood. */
export function parseAccounts(data: unknown): XeroAccount[] {
  return z.object({ Accounts: z.array(accountForm) }).parse(data).Accounts;
}

/** The tax rates of an answer's envelope; throws where one cannot be understood. */
export function parseTaxRates(data: unknown): XeroTaxRate[] {
  return z.object({ TaxRates: z.array(taxRateForm) }).parse(data).TaxRates;
}
