// What the bare loops post before their time begins: the contacts and items of the frozen batches.
import type { AccountingApi } from 'xero-node';
import type { BareWindow } from './bare-loop.ts';
import { modelsOf, summarizeErrors, unitDecimals } from './bare-post.ts';
import type { Batches } from './batches.ts';

/** Answers this sandbox's ids of contacts by those that the bodies carry. Rejects as xero-node does. */
export async function postLists(
  api: AccountingApi,
  { tenantId, name }: Pick<BareWindow, 'tenantId' | 'name'>,
  batches: Batches,
): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const [index, { body }] of batches.contacts.entries()) {
    const key = `${name}-contacts-${index}`;
    const answer = await api.createContacts(tenantId, modelsOf(body, ids), summarizeErrors, key);
    for (const one of answer.body.contacts ?? []) ids.set(one.contactNumber ?? '', one.contactID ?? '');
  }
  for (const [index, { body }] of batches.items.entries()) {
    const key = `${name}-items-${index}`;
    await api.createItems(tenantId, modelsOf(body, ids), summarizeErrors, unitDecimals, key);
  }
  return new Map(Object.entries(batches.numbers).map(([old, number]) => [old, ids.get(number) ?? old]));
}
