// From claimed changes to frozen payloads: loads the records, ties them to Xero's ids, accounts and tax types, and maps them.
import { foldKey, type Member } from '@stockbook/core';
import type { Wire } from '@stockbook/xero';
import { readAgreed } from './agreed.ts';
import type { Entity, Ids, Reader } from './entity.ts';
import type { Hold } from './hold.ts';
import { idsOf, readRows } from './rows.ts';
import { readSettled } from './settled.ts';

export interface Frozen {
  members: Member[];
  wires: Wire[];
  holds: Hold[];
  /** What was mapped, by id. */
  records: Map<string, { id: string }>;
}

interface Link {
  id: string;
  entity: string;
  number: string | null;
  /** As Xero holds it; ours where it holds none yet. */
  code: string | null;
  title: string;
  xeroId: string | null;
  isKept: boolean;
}

/** Maps the records of `claimed` in their order; those that must wait are in `holds`. On updates Xero's ids go along. */
export async function freezeClaimed(
  reader: Reader,
  organisation: string,
  entity: Entity,
  action: 'create' | 'update',
  claimed: readonly { number: string; recordId: string }[],
): Promise<Frozen> {
  const records = await entity.load(
    reader,
    organisation,
    claimed.map((change) => change.recordId),
  );
  const byId = new Map(records.map((record) => [record.id, record]));
  const frozen: Frozen = { members: [], wires: [], holds: [], records: byId };
  const ids = await readIds(
    reader,
    organisation,
    records.flatMap((record) => entity.parents(record)),
  );
  const updated = action === 'update' ? records.map((record) => record.id) : [];
  const agreed = await readAgreed(reader, organisation, updated);
  for (const change of claimed) {
    const record = byId.get(change.recordId);
    const mapped = record === undefined ? undefined : entity.toXero?.(record, ids);
    if (mapped === undefined || entity.remote === undefined) continue;
    if (mapped.kind === 'held') {
      frozen.holds.push({ recordId: change.recordId, held: mapped.held, reason: mapped.reason });
      continue;
    }
    const known = agreed.get(change.recordId);
    const wire =
      known === undefined ? mapped.wire : entity.remote.withId(mapped.wire, known.xeroId, known.agreed);
    frozen.wires.push(wire);
    frozen.members.push({ number: change.number, recordId: change.recordId, key: entity.remote.keyOf(wire) });
  }
  return frozen;
}

/** Without those whose number is another's in another case: Xero takes both for the same one, so that one request never holds two. */
export function withoutTwins(before: readonly Member[], { members, wires }: Frozen) {
  const keys = new Set(before.map(({ key }) => foldKey(key)));
  const first = members.map(({ key }) => keys.size < keys.add(foldKey(key)).size);
  const kept = (_one: unknown, index: number) => first[index] === true;
  return { members: members.filter(kept), wires: wires.filter(kept) };
}

async function readIds(reader: Reader, organisation: string, recordIds: readonly string[]): Promise<Ids> {
  const links = await readRows<Link>(
    reader,
    `SELECT id, entity, number, coalesce(accounting_code, number) AS code, title, xero_id AS "xeroId", no_export AS "isKept" FROM record
      WHERE organisation_id = $1::uuid AND id = ANY(${idsOf('$2')})`,
    organisation,
    [...new Set(recordIds)],
  );
  const settled = await readSettled(reader, organisation);
  const byId = new Map(links.map((link) => [link.id, link]));
  return {
    xeroId: (id) => byId.get(id)?.xeroId ?? undefined,
    title: (id) => titleOf(byId.get(id)),
    isKept: (id) => byId.get(id)?.isKept ?? false,
    code: (id) => byId.get(id)?.code ?? undefined,
    accountCode: settled.accountCode,
    taxType: settled.taxType,
  };
}

function titleOf(link: Link | undefined): string {
  if (link === undefined) return 'a record that is gone';
  return `${link.entity.replace(/s$/, '').replace('-', ' ')} ${link.number ?? ''} (${link.title})`;
}
