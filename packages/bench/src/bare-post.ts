// How the bare loops post a frozen batch: xero-node's AccountingApi with its models, and nothing else.
import type { AccountingApi } from 'xero-node';
import type { Batch } from './batches.ts';

export const summarizeErrors = false;
export const unitDecimals = 4;

export type Models = { [name: string]: object[] };

export interface Post {
  entity: string;
  models: Models;
  key: string;
}

/** Answers how many elements came back. Rejects as xero-node does. */
export async function post(api: AccountingApi, tenantId: string, batch: Post): Promise<number> {
  const { entity, models, key } = batch;
  if (entity === 'invoices') {
    const answer = await api.createInvoices(tenantId, models, summarizeErrors, unitDecimals, key);
    return answer.body.invoices?.length ?? 0;
  }
  const answer = await api.createCreditNotes(tenantId, models, summarizeErrors, unitDecimals, key);
  return answer.body.creditNotes?.length ?? 0;
}

/** The models of a frozen text: names begin in lower case, and contacts have the ids of this sandbox. */
export function modelsOf(body: Batch['body'], contactIds: ReadonlyMap<string, string>): Models {
  return JSON.parse(body, (name: string, value: unknown) => {
    if (name === 'ContactID' && typeof value === 'string') return contactIds.get(value) ?? value;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [lowerFirst(key), part]));
  });
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
