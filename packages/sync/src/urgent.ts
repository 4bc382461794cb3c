// Send now: a person lets a record go before all else, and with it the parents that it waits for.
import type { Db, ModelTx, Tx } from '@stockbook/db';
import type { Entity } from './entity.ts';
import { releaseChanges } from './hold.ts';
import { idsOf, lockedRecords, writeRows } from './rows.ts';

export type Hurried =
  /** `words`: when it goes. */
  { kind: 'urgent'; words: string } | { kind: 'missing' } | { kind: 'stays'; reason: string };

/** Makes the change of a record that waits urgent; `stays` where none waits, or where it would not go all the same. */
export async function hurryRecord(
  db: Db,
  entities: readonly Entity[],
  organisation: string,
  actor: string,
  recordId: string,
): Promise<Hurried> {
  return db.write(organisation, async (tx): Promise<Hurried> => {
    const key = { organisationId_id: { organisationId: organisation, id: recordId } };
    const found = await tx.prisma.record.findUnique({ where: key });
    const entity = entities.find((one) => one.name === found?.entity);
    if (entity === undefined) return { kind: 'missing' };
    const needed = await readParents(tx, entity, [recordId]);
    // Before its own: whoever settles a parent lets go of it last.
    await lockRecords(tx, needed);
    await lockRecords(tx, [recordId]);
    const row = await tx.prisma.record.findUnique({ where: key });
    if (row === null) return { kind: 'missing' };
    const connection = await tx.prisma.connection.findUnique({ where: { organisationId: organisation } });
    if (connection?.state !== 'connected')
      return stays(connection?.problem ?? 'No Xero organisation is connected: connect one first');
    if (row.noExport) return stays('It is kept from Xero by “Do not sync”: let it sync first');
    const waiting = await readPending(tx, recordId);
    if (waiting === undefined) return stays(idle[row.syncState] ?? 'Nothing of it waits to be sent');
    const { held, reason, urgent } = waiting;
    const parents = held === 'parent' ? needed : [];
    if (held !== null && (held !== 'parent' || (await isStuck(tx, parents))))
      return stays(`It is held. ${reason ?? 'It waits for something else'}`);
    // What lacks a parent still is held again when it is claimed.
    await hurryChanges(tx, parents);
    if (held !== null) await releaseChanges(tx, 'parent', [recordId]);
    await hurryChanges(tx, [recordId]);
    if (!urgent)
      tx.events.push({
        ...{ kind: 'urgent', actor, entity: entity.name, records: [recordId] },
        text: 'To be sent before all else',
      });
    for (const id of [recordId, ...parents]) tx.records.add(id);
    tx.topics.set('queue', undefined);
    const isBehind = await hasClaimed(tx, [recordId, ...parents]);
    return { kind: 'urgent', words: await wordsFor(tx, connection.autoSync, isBehind) };
  });
}

/** An urgent change that waits for its parents makes them urgent, too. */
export async function hurryParents(tx: Tx, entity: Entity, recordIds: readonly string[]): Promise<void> {
  if (recordIds.length > 0) await hurryChanges(tx, await readParents(tx, entity, recordIds));
}

const stays = (reason: string): Hurried => ({ kind: 'stays', reason });

/** Why nothing of a record waits, by how it is shown. */
const idle: { [syncState: string]: string | undefined } = {
  sending: 'It is on its way already',
  checking: 'It is on its way already: Stockbook looks whether Xero has it',
  failed: 'Xero refused it: have it tried again first',
};

interface Pending {
  held: string | null;
  reason: string | null;
  urgent: boolean;
}

async function readPending(tx: Tx, recordId: string): Promise<Pending | undefined> {
  const [waiting] = await tx.sql.query<Pending>(
    `SELECT held, reason, urgent FROM change WHERE organisation_id = $1::uuid AND record_id = $2::uuid AND state = 'pending'
      ORDER BY number DESC LIMIT 1`,
    tx.organisation,
    recordId,
  );
  return waiting;
}

async function lockRecords(tx: Tx, recordIds: readonly string[]): Promise<void> {
  await tx.sql.query(lockedRecords('$2'), tx.organisation, JSON.stringify(recordIds));
}

async function readParents(tx: Tx, entity: Entity, recordIds: readonly string[]): Promise<string[]> {
  const records = await entity.load(tx.sql, tx.organisation, recordIds);
  return [...new Set(records.flatMap((record) => entity.parents(record)))];
}

/** Whether one of `parents` is not in Xero and not about to be. */
async function isStuck(tx: Tx, parents: readonly string[]): Promise<boolean> {
  const stuck = await tx.sql.query<unknown>(
    `SELECT 1 FROM record r WHERE r.organisation_id = $1::uuid AND r.id = ANY(${idsOf('$2')}) AND r.xero_id IS NULL
        AND NOT EXISTS (SELECT 1 FROM change c WHERE c.organisation_id = r.organisation_id AND c.record_id = r.id
          AND (c.state = 'claimed' OR (c.state = 'pending' AND c.held IS NULL))) LIMIT 1`,
    tx.organisation,
    JSON.stringify(parents),
  );
  return stuck.length > 0;
}

function hurryChanges(tx: Tx, recordIds: readonly string[]): Promise<void> {
  return writeRows(
    tx,
    `UPDATE change SET urgent = true WHERE organisation_id = $1::uuid AND state = 'pending' AND record_id = ANY(${idsOf('$2')})`,
    recordIds,
  );
}

/** Whether something of these records was sent, or is about to be, of which nobody knows yet whether Xero has it: until then nothing more of them goes. */
async function hasClaimed(tx: Tx, recordIds: readonly string[]): Promise<boolean> {
  const claimed = await tx.sql.query<unknown>(
    `SELECT 1 FROM change WHERE organisation_id = $1::uuid AND state = 'claimed' AND record_id = ANY(${idsOf('$2')}) LIMIT 1`,
    tx.organisation,
    JSON.stringify(recordIds),
  );
  return claimed.length > 0;
}

const onceKnown = 'once it is known whether Xero has what was sent before it';

async function wordsFor(tx: ModelTx, autoSync: boolean, isBehind: boolean): Promise<string> {
  const { organisation: organisationId } = tx;
  const after = isBehind ? `, ${onceKnown}` : '';
  const run = await tx.prisma.run.findFirst({
    where: { organisationId, state: { in: ['waiting', 'running', 'parked'] } },
  });
  if (run === null || run.asked === 'stop') {
    if (!autoSync) return `It goes first in the next sync${after}: automatic sync is off`;
    if (isBehind) return `It goes first in the next sync${after}`;
    const load = await tx.prisma.load.findFirst({
      where: { organisationId, state: { in: ['waiting', 'working'] } },
    });
    return load === null ? 'A sync begins with it' : 'A sync begins with it when the file is loaded';
  }
  if (run.asked === 'pause') return `It goes first when the sync is resumed${after}`;
  // The sync under way need not be the one that finds it out.
  if (run.state !== 'parked')
    return isBehind ? `It goes first ${onceKnown}` : 'It goes first in the sync that is under way';
  if (run.hindrance !== 'reserve') return `It goes first when the sync goes on${after}`;
  return isBehind
    ? `It goes first ${onceKnown}`
    : 'It goes now, with calls of the day that are kept for urgent work';
}
