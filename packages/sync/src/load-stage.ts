// The stage of a load: an uploaded file goes row by row into load_row by COPY, or not at all.
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type CsvRow, type FileFault, readCsv, type Template, templateOf } from '@stockbook/csv';
import type { Db } from '@stockbook/db';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

export type Staged =
  | { kind: 'staged'; rows: number }
  /** The file has a fault and nothing of it is kept; the load's other files go on. */
  | { kind: 'refused'; problem: string }
  | { kind: 'missing'; message: string }
  | { kind: 'closed'; message: string };

interface Place {
  organisation: string;
  loadId: string;
  file: number;
}

/** Stages file `file` (from 1) of a load, in place of what was staged of it before. Throws when the upload breaks off: nothing changes then. */
export async function stageFile(
  db: Db,
  organisation: string,
  loadId: string,
  file: number,
  source: AsyncIterable<Uint8Array>,
): Promise<Staged> {
  const place = { organisation, loadId, file };
  const client = await db.pool.connect();
  let broken: Error | undefined;
  // A connection that dies in the middle fails the statement that waits on it; the event alone must not end the process.
  const onError = (error: Error) => {
    broken = error;
  };
  client.on('error', onError);
  try {
    return await stage(client, place, source);
  } catch (error) {
    await client.query('ROLLBACK').catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    client.off('error', onError);
    client.release(broken);
  }
}

async function stage(client: PoolClient, place: Place, source: AsyncIterable<Uint8Array>): Promise<Staged> {
  await client.query('BEGIN');
  const opened = await openPlace(client, place);
  if (opened.kind !== 'open') {
    await client.query('ROLLBACK');
    return opened;
  }
  await emptyPlace(client, place);
  const copied = await copy(client, place, opened.template, source);
  if (copied.fault !== undefined) {
    await client.query('ROLLBACK');
    return refuse(client, place, copied.fault.message);
  }
  await client.query(
    `UPDATE load_file SET state = 'staged', problem = NULL, rows = $4, bytes = $5
      WHERE organisation_id = $1 AND load_id = $2 AND file = $3`,
    [place.organisation, place.loadId, place.file, copied.rows, copied.bytes],
  );
  await client.query('COMMIT');
  return { kind: 'staged', rows: copied.rows };
}

type Opened = { kind: 'open'; template: Template } | Extract<Staged, { kind: 'missing' | 'closed' }>;

/** Locks the file against a second upload of it, and the load against being closed in the middle. */
async function openPlace(client: PoolClient, { organisation, loadId, file }: Place): Promise<Opened> {
  const { rows } = await client.query<{ state: string; template: string }>(
    `SELECT l.state, l.template FROM load l JOIN load_file f ON f.organisation_id = l.organisation_id AND f.load_id = l.id
      WHERE l.organisation_id = $1 AND l.id = $2 AND f.file = $3 FOR UPDATE OF f FOR SHARE OF l`,
    [organisation, loadId, file],
  );
  const [load] = rows;
  const template = templateOf(load?.template ?? '');
  if (load === undefined)
    return { kind: 'missing', message: `There is no file ${file} in a load ${loadId}.` };
  if (load.state !== 'receiving' || template === undefined) {
    return { kind: 'closed', message: 'The load is closed and takes no more files: make a new one.' };
  }
  return { kind: 'open', template };
}

async function emptyPlace(client: PoolClient, { organisation, loadId, file }: Place): Promise<void> {
  await client.query('DELETE FROM load_row WHERE organisation_id = $1 AND load_id = $2 AND file = $3', [
    organisation,
    loadId,
    file,
  ]);
}

async function refuse(client: PoolClient, place: Place, problem: string): Promise<Staged> {
  await client.query('BEGIN');
  const opened = await openPlace(client, place);
  if (opened.kind === 'open') {
    await emptyPlace(client, place);
    await client.query(
      `UPDATE load_file SET state = 'refused', problem = $4, rows = 0 WHERE organisation_id = $1 AND load_id = $2 AND file = $3`,
      [place.organisation, place.loadId, place.file, problem],
    );
  }
  await client.query('COMMIT');
  return opened.kind === 'open' ? { kind: 'refused', problem } : opened;
}

interface Copied {
  rows: number;
  bytes: number;
  fault: FileFault | undefined;
}

/** COPY is always brought to its end, and what must not stay is rolled back; a stream that breaks off is thrown afterwards. */
async function copy(
  client: PoolClient,
  place: Place,
  template: Template,
  source: AsyncIterable<Uint8Array>,
): Promise<Copied> {
  const copied: Copied = { rows: 0, bytes: 0, fault: undefined };
  let failure: { error: unknown } | undefined;
  const start = `${place.organisation}\t${place.loadId}\t${place.file}\t`;
  async function* text(): AsyncGenerator<string> {
    try {
      for await (const part of readCsv(counted(source, copied), template)) {
        if (part.kind === 'fault') {
          copied.fault = part.fault;
          return;
        }
        copied.rows += part.rows.length;
        yield part.rows.map((row) => copyLine(start, row)).join('');
      }
    } catch (error) {
      failure = { error };
    }
  }
  const into = client.query(
    copyFrom('COPY load_row (organisation_id, load_id, file, line, document, text) FROM STDIN'),
  );
  await pipeline(Readable.from(text(), { objectMode: false }), into);
  if (failure !== undefined) throw failure.error;
  return copied;
}

async function* counted(source: AsyncIterable<Uint8Array>, copied: Copied): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) {
    copied.bytes += chunk.length;
    yield chunk;
  }
}

function copyLine(start: string, { line, document, fields }: CsvRow): string {
  return `${start}${line}\t${escaped(document)}\t${escaped(JSON.stringify(fields))}\n`;
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** The text format of COPY. */
function escaped(text: string): string {
  return text.replace(/[\\\t\n\r]/g, (found) => escapes[found] ?? found);
}
