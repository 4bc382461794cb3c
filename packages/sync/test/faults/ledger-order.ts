// I3, by what Xero was told: no version of a record after a newer one, and no child before its parents.
import type { Books } from './books.ts';
import { versionIn } from './kinds.ts';
import type { Joined, Stage } from './stage.ts';

type Told = Awaited<ReturnType<Stage['client']['calls']>>[number];

/** Of the calls those after `afterId` are read; a parent that is not among them was there before. */
export async function findDisorder(
  stage: Stage,
  { tenantId }: Joined,
  books: Books,
  afterId: number,
): Promise<string[]> {
  const calls = await stage.client.calls({ afterId, bodies: true });
  const told = calls.filter(({ tenant, request }) => tenant === tenantId && request !== undefined);
  return [...findOldVersions(told), ...findOrphans(told, books)];
}

/** No request of ours carries an older version of a record after a newer one; a person in Xero writes into whatever is held there. */
function findOldVersions(told: readonly Told[]): string[] {
  const last = new Map<string, number>();
  const problems: string[] = [];
  const ours = told.filter(({ status, key }) => status === 200 && key.startsWith('stockbook-'));
  for (const call of ours) {
    for (const part of partsOf(call.request)) {
      const key = `${call.path.split('/')[1]} ${keyIn(part)}`;
      const version = versionIn(JSON.stringify(part));
      if (version < (last.get(key) ?? 0)) problems.push(`I3 ${key}: v${version} after v${last.get(key)}`);
      last.set(key, Math.max(version, last.get(key) ?? 0));
    }
  }
  return problems;
}

/** No child was taken by a call before the first that carried its parent. */
function findOrphans(told: readonly Told[], { entries, parents }: Books): string[] {
  const taken = firstsOf(told.filter(({ status }) => status === 200));
  // A parent may be there though its call was not answered.
  const carried = firstsOf(told.filter(({ status }) => status === 200 || status === 0 || status >= 500));
  const keys = new Map<string, string>();
  const problems: string[] = [];
  for (const { kind, id, n, version } of entries) {
    const made = kind.make(id, n, version, parents);
    const key = keyOf(made);
    keys.set(id, key);
    const child = taken.get(key);
    for (const parent of kind.entity.parents(made)) {
      const first = carried.get(keys.get(parent) ?? '');
      if (child !== undefined && first !== undefined && first > child)
        problems.push(`I3 ${key} was in Xero before its parent ${keys.get(parent)}`);
    }
  }
  return problems;
}

/** The first call of each record, by its natural key. */
function firstsOf(told: readonly Told[]): Map<string, number> {
  const firsts = new Map<string, number>();
  for (const { id, request } of told)
    for (const part of partsOf(request)) if (!firsts.has(keyIn(part))) firsts.set(keyIn(part), id);
  return firsts;
}

function partsOf(request: string | undefined): Record<string, unknown>[] {
  const body: Record<string, Record<string, unknown>[]> = request?.startsWith('{') ? JSON.parse(request) : {};
  return Object.values(body).flat();
}

function keyIn(part: Record<string, unknown>): string {
  return String(part.InvoiceNumber ?? part.CreditNoteNumber ?? part.Code ?? part.ContactNumber);
}

function keyOf(made: { id: string }): string {
  const key = 'number' in made ? made.number : 'code' in made ? made.code : made.id;
  return String(key);
}
