// The invariants I1 to I8, and F34's legal moves, of a schedule that has come to its end, in words; an empty list means that all of them hold.
import type { Db } from '@stockbook/db';
import type { Element, Wire } from '@stockbook/xero';
import { connectionApi } from '../../src/connection.ts';
import { freezeClaimed } from '../../src/freeze.ts';
import { unseal } from '../../src/seal.ts';
import { access } from '../world.ts';
import type { Books, Entry } from './books.ts';
import { kinds, versionIn } from './kinds.ts';
import { findDisorder } from './ledger-order.ts';
import { findIllegalMoves } from './moves.ts';
import type { Joined, Stage } from './stage.ts';

/** Of the calls those after `afterId` are read, where it is given. */
export async function findProblems(
  stage: Stage,
  joined: Joined,
  books: Books,
  afterId = 0,
): Promise<string[]> {
  return [
    ...(await findLost(stage.db, joined.organisation)),
    ...(await findDoubles(stage, joined)),
    ...(await findHidden(stage.db, joined.organisation)),
    ...(await compareLedger(stage, joined, books)),
    ...(await findDisorder(stage, joined, books, afterId)),
    ...(await findIllegalMoves(stage.owner, joined.organisation)),
  ];
}

/** I1: every accepted change ended sent, refused with a reason, skipped or superseded, or it waits with a reason. */
async function findLost(db: Db, organisation: string): Promise<string[]> {
  const { rows } = await db.pool.query<{ what: string; n: number }>(
    `SELECT entity || ' ' || state || coalesce(' (held: ' || held || ')', '') AS what, count(*)::int AS n FROM change
      WHERE organisation_id = $1 AND NOT (state IN ('sent', 'superseded', 'skipped') OR (state = 'rejected' AND reason <> '')
            OR (state = 'pending' AND held IS NOT NULL AND reason <> '')) GROUP BY 1
     UNION ALL
     SELECT 'export left ' || state, count(*)::int FROM export
      WHERE organisation_id = $1 AND state IN ('prepared', 'sending', 'retrying') GROUP BY 1
     UNION ALL
     SELECT 'record shown ' || sync_state || ' without a change like it', count(*)::int FROM record r
      WHERE organisation_id = $1 AND sync_state IN ('sending', 'checking') GROUP BY sync_state`,
    [organisation],
  );
  return rows.map(({ what, n }) => `I1 lost: ${n} ${what}`);
}

/** Every call stands on the page of each record it was for: by the change it carries now, or by the event of its export. */
async function findHidden(db: Db, organisation: string): Promise<string[]> {
  const { rows } = await db.pool.query<{ what: string; n: number }>(
    `SELECT e.entity || ' ' || e.action || ' ' || e.state AS what, count(*)::int AS n
       FROM attempt a JOIN export e ON e.organisation_id = a.organisation_id AND e.id = a.export_id
      WHERE a.organisation_id = $1
        AND NOT EXISTS (SELECT 1 FROM change c WHERE c.organisation_id = a.organisation_id AND c.export_id = a.export_id)
        AND NOT EXISTS (SELECT 1 FROM event v WHERE v.organisation_id = a.organisation_id AND v.export_id = a.export_id) GROUP BY 1`,
    [organisation],
  );
  return rows.map(({ what, n }) => `${n} calls of ${what} stand on no record’s page`);
}

/** I2, by the ledger's own count: nothing in it shares its natural key with another. */
export async function findDoubles(stage: Stage, { tenantId }: Joined): Promise<string[]> {
  const summary = (await stage.client.summary(tenantId)).organisations[tenantId];
  const collections = Object.entries(summary ?? {}).flatMap(([name, value]) =>
    typeof value === 'object' && 'duplicates' in value ? [{ name, duplicates: value.duplicates }] : [],
  );
  return collections
    .filter(({ duplicates }) => duplicates > 0)
    .map(({ name, duplicates }) => `I2 twice: ${duplicates} ${name}`);
}

/** I2, I3, I4 and I8 record by record: the last version is in the ledger once, to the cent, and what is shown is true. */
async function compareLedger(stage: Stage, joined: Joined, books: Books): Promise<string[]> {
  const { db } = stage;
  const shown = await db.prisma.record.findMany({ where: { organisationId: joined.organisation } });
  const rows = new Map(shown.map((row) => [row.id, row]));
  const problems: string[] = [];
  // Records that a person keeps from Xero, and those that wait for them: parents come before children.
  const kept = new Set<string>();
  for (const kind of kinds) {
    const entries = books.entries.filter((entry) => entry.kind === kind);
    const ledger = await readLedger(stage, joined, kind, entries);
    const ids = entries.map(({ id }) => id);
    const records = await kind.entity.load(db.sql, joined.organisation, ids);
    for (const entry of entries) {
      const { elements = [], wire } = ledger.get(entry.id) ?? {};
      const loaded = records.find(({ id }) => id === entry.id);
      const differs = elements.map((element) => loaded && kind.entity.check?.(loaded, element, wire));
      const row = rows.get(entry.id);
      const waits = row?.syncState === 'held' && row.problem !== null && hasKeptParent(entry, books, kept);
      if (elements.length === 0 && (waits || (entry.excluded && row?.syncState === 'skipped'))) {
        kept.add(entry.id);
        continue;
      }
      const problem = judge(entry, row?.syncState ?? 'missing', elements, differs);
      if (problem !== undefined)
        problems.push(`${problem}: ${kind.entity.name} ${entry.n} v${entry.version} ${row?.problem ?? ''}`);
    }
  }
  return problems;
}

/** Whether the record names one of those that are kept from Xero. */
function hasKeptParent({ kind, id, n, version }: Entry, { parents }: Books, kept: Set<string>): boolean {
  const text = JSON.stringify(kind.make(id, n, version, parents));
  return [...kept].some((parent) => text.includes(parent));
}

function judge(
  entry: Entry,
  state: string,
  elements: readonly Element[],
  differs: readonly (string | undefined)[],
): string | undefined {
  const [element] = elements;
  if (elements.length > 1) return `I2 ${elements.length} times in the ledger`;
  if (state === 'completed') {
    if (element === undefined) return 'I4 shown as completed and not in the ledger';
    if (versionIn(element.text) !== entry.version && !entry.excluded)
      return `I3 shown as completed and the ledger holds v${versionIn(element.text)}`;
    return differs[0] === undefined || entry.excluded ? undefined : `I8 ${differs[0]}`;
  }
  // What Xero refuses for good is said to be refused, and what it held before it still holds.
  if (entry.spoilt === true && state === 'failed' && versionIn(element?.text ?? '') < entry.version)
    return undefined;
  // Kept from Xero while an earlier version was on its way, which has arrived: the record says that Xero holds it otherwise.
  const isOlder = element !== undefined && versionIn(element.text) < entry.version;
  const isKept = entry.excluded && (state === 'skipped' || (state === 'warning' && isOlder));
  return isKept ? undefined : `I1 ends as ${state}`;
}

/** What the ledger holds of a record, and what would be sent of it. */
interface Held {
  elements: Element[];
  wire: Wire | undefined;
}

/** By the ids of the records. */
async function readLedger(
  stage: Stage,
  { organisation }: Joined,
  { entity }: Entry['kind'],
  entries: readonly Entry[],
): Promise<Map<string, Held>> {
  const { remote } = entity;
  const ready = await connectionApi(stage.db, organisation, stage.oauth, access.secret);
  if (remote === undefined || ready.kind === 'failed') throw new Error(JSON.stringify(ready));
  const claimed = entries.map(({ id }) => ({ number: '0', recordId: id }));
  const { members, wires } = await freezeClaimed(stage.db.sql, organisation, entity, 'create', claimed);
  const found = await remote.find(ready.api, wires);
  if (found.kind === 'failed') throw new Error(JSON.stringify(found.failure));
  const live = found.elements.filter(({ status }) => status !== 'VOIDED' && status !== 'DELETED');
  return new Map(
    members.map(({ recordId, key }, index) => {
      const isIt = (one: Element) => remote.keyOfElement(one)?.toLowerCase() === key.toLowerCase();
      return [recordId, { elements: live.filter(isIt), wire: wires[index] }];
    }),
  );
}

/** I7: no token stands in what was said, shown or kept in clear. */
export async function findSecrets(
  stage: Stage,
  { organisation }: Joined,
  said: readonly string[],
): Promise<string[]> {
  const row = await stage.db.prisma.connection.findUnique({ where: { organisationId: organisation } });
  const sealed = [row?.accessToken, row?.refreshToken].flatMap((text) => text ?? []);
  const secrets = sealed.flatMap((text) => unseal(access.secret, organisation, text) ?? []);
  const kept = await stage.db.pool.query<{ text: string }>(
    `SELECT text FROM event WHERE organisation_id = $1 UNION ALL
     SELECT coalesce(message, '') || coalesce(answer, '') FROM attempt WHERE organisation_id = $1 UNION ALL
     SELECT coalesce(reason, '') FROM run WHERE organisation_id = $1`,
    [organisation],
  );
  const texts = [...said, ...kept.rows.map(({ text }) => text)];
  return secrets.some((secret) => texts.some((text) => text.includes(secret)))
    ? ['I7 a token stands in clear']
    : [];
}
