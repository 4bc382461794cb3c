// A load is a row: made with the names of its files, closed when they are all in, then taken by a worker.
import { templateOf, templates } from '@stockbook/csv';
import { createId, type Db, type Tx } from '@stockbook/db';
import { refuseTwins } from './load-twin.ts';
import { writeRows } from './rows.ts';

export type CreatedLoad =
  | { kind: 'created'; loadId: string }
  | { kind: 'invalid'; field: string; message: string };

const filesMax = 1000;
const nameLengthMax = 500;

/** Makes a load that waits for `names.length` files, numbered from 1 in this order. */
export async function createLoad(
  db: Db,
  organisation: string,
  actor: string,
  template: string,
  names: readonly string[],
): Promise<CreatedLoad> {
  if (templateOf(template) === undefined) {
    const known = templates.map(({ name }) => name).join(', ');
    return {
      kind: 'invalid',
      field: 'template',
      message: `There is no template “${template}”: choose one of ${known}.`,
    };
  }
  if (names.length === 0)
    return { kind: 'invalid', field: 'files', message: 'No file is named: choose at least one.' };
  if (names.length > filesMax) {
    return {
      kind: 'invalid',
      field: 'files',
      message: `A load takes ${filesMax} files at most: load them in parts.`,
    };
  }
  const loadId = createId();
  const files = names.map((name, index) => ({
    file: index + 1,
    name: name.replaceAll('\0', '').slice(0, nameLengthMax),
  }));
  await db.write(organisation, async (tx) => {
    await forgetUnfinishedLoads(tx);
    await tx.prisma.load.create({
      data: {
        organisationId: organisation,
        id: loadId,
        template,
        state: 'receiving',
        fileCount: files.length,
        createdBy: actor,
      },
    });
    await writeRows(
      tx,
      `INSERT INTO load_file (organisation_id, load_id, file, name, state)
       SELECT $1::uuid, x.load, x.file, x.name, 'receiving' FROM json_to_recordset($2::json) AS x(load uuid, file int, name text)`,
      files.map((file) => ({ ...file, load: loadId })),
    );
    tx.topics.set('load', loadId);
  });
  return { kind: 'created', loadId };
}

/** An upload that has not ended after a day never will: what it staged goes. One that is being received now is locked and passed over. Answers how many. */
export async function forgetUnfinishedLoads(tx: Tx): Promise<number> {
  const ids = await tx.sql.query<{ id: string }>(
    `UPDATE load SET state = 'failed', ended_at = stockbook_now(), problem = 'Its files never all arrived: load them again'
      WHERE organisation_id = $1::uuid AND id IN (SELECT id FROM load WHERE organisation_id = $1::uuid AND state = 'receiving'
            AND created_at < stockbook_now() - interval '1 day' FOR UPDATE SKIP LOCKED) RETURNING id`,
    tx.organisation,
  );
  for (const { id } of ids) await dropStage(tx, id);
  return ids.length;
}

/** Empties the stage of a load that will not be worked on any more. */
export async function dropStage(tx: Tx, loadId: string): Promise<void> {
  for (const table of ['load_row', 'load_document'] as const) {
    await tx.sql.execute(
      `DELETE FROM ${table} WHERE organisation_id = $1::uuid AND load_id = $2::uuid`,
      tx.organisation,
      loadId,
    );
  }
}

export type ClosedLoad =
  | { kind: 'closed' }
  | { kind: 'missing'; message: string }
  | { kind: 'incomplete'; message: string };

/** All files are in: from here the worker goes on. Closing twice is closing once. */
export async function closeLoad(db: Db, organisation: string, loadId: string): Promise<ClosedLoad> {
  return db.write(organisation, async (tx): Promise<ClosedLoad> => {
    const [load] = await tx.sql.query<{ state: string; problem: string | null }>(
      `SELECT state, problem FROM load WHERE organisation_id = $1::uuid AND id = $2::uuid FOR UPDATE`,
      organisation,
      loadId,
    );
    if (load === undefined) return { kind: 'missing', message: `There is no load ${loadId}.` };
    if (load.state === 'failed')
      return { kind: 'incomplete', message: load.problem ?? 'The load failed: load its files again' };
    if (load.state !== 'receiving') return { kind: 'closed' };
    const unfinished = await tx.prisma.loadFile.findMany({
      where: { organisationId: organisation, loadId, state: 'receiving' },
      orderBy: { file: 'asc' },
    });
    if (unfinished.length > 0) {
      const names = unfinished.map(({ file, name }) => `${name} (file ${file})`).join(', ');
      return {
        kind: 'incomplete',
        message: `Not all files have arrived: ${names}. Send them, then close the load.`,
      };
    }
    await refuseTwins(tx, loadId);
    await tx.sql.execute(
      `UPDATE load SET state = 'waiting', rows = (SELECT coalesce(sum(rows), 0) FROM load_file
              WHERE organisation_id = $1::uuid AND load_id = $2::uuid AND state = 'staged')
        WHERE organisation_id = $1::uuid AND id = $2::uuid`,
      organisation,
      loadId,
    );
    tx.topics.set('load', loadId);
    return { kind: 'closed' };
  });
}
