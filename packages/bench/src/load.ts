// The load's goals: rows a second from first byte to last document, and memory that stays flat, on a long made-up file.

import { createId, type Db } from '@stockbook/db';
import { closeLoad, createLoad, stageFile, workLoad } from '@stockbook/sync';
import type { Endings } from './endings.ts';
import { loadFile } from './load-file.ts';
import { startDatabase } from './postgres.ts';
import type { Result } from './table.ts';

const rows = 542_000;
const lookEachMs = 500;

export async function measureLoad(
  endings: Endings,
  say: (line: string) => void,
): Promise<Pick<Result, 'versions' | 'rows' | 'notes'>> {
  say('Starting PostgreSQL ...');
  const { db, version } = await startDatabase(endings);
  const measured = await loadOnce(db, say);
  return {
    versions: { Node: process.versions.node, PostgreSQL: version },
    rows: [
      {
        measure: 'Rows a second, from first byte to last document',
        unit: 'rows/s',
        stockbook: rows / (measured.stagedSeconds + measured.workedSeconds),
        baseline: 'the same file parsed and staged by COPY only',
        beside: rows / measured.stagedSeconds,
        ratio: measured.stagedSeconds / (measured.stagedSeconds + measured.workedSeconds),
        goal: 'at least 5,000 rows/s',
      },
      {
        measure: 'Resident memory at the end',
        unit: 'MB',
        stockbook: measured.endMb,
        baseline: 'after the first tenth of the documents',
        beside: measured.tenthMb,
        ratio: measured.endMb / measured.tenthMb,
        goal: 'at most 50 MB more',
      },
    ],
    notes: [
      `One file of ${rows.toLocaleString('en-GB')} rows in ${measured.documents.toLocaleString('en-GB')} documents, into an empty database; reading, staging and making run in one process, without HTTP, and PostgreSQL on the same cores.`,
    ],
  };
}

async function loadOnce(db: Db, say: (line: string) => void) {
  const organisation = createId();
  const created = await createLoad(db, organisation, 'bench', 'online-retail', ['made-up.csv']);
  if (created.kind !== 'created') throw new Error(created.message);
  const beganMs = performance.now();
  const staged = await stageFile(db, organisation, created.loadId, 1, bytes());
  if (staged.kind !== 'staged') throw new Error(`The file was ${staged.kind}.`);
  const stagedSeconds = (performance.now() - beganMs) / 1000;
  say(`Staged in ${stagedSeconds.toFixed(1)} s`);
  await closeLoad(db, organisation, created.loadId);
  const memory = watchMemory(db, created.loadId, say);
  const workMs = performance.now();
  const worked = await workLoad(db, 'bench');
  const workedSeconds = (performance.now() - workMs) / 1000;
  const tenthMb = await memory.stop();
  const load = await db.prisma.load.findFirstOrThrow({ where: { id: created.loadId } });
  if (worked.kind !== 'done' || load.rowsImported !== rows) {
    throw new Error(`The load ended as ${worked.kind}, with ${load.rowsImported} rows imported.`);
  }
  return { stagedSeconds, workedSeconds, tenthMb, endMb: residentMb(), documents: load.documents };
}

async function* bytes(): AsyncGenerator<Uint8Array> {
  for (const text of loadFile(rows)) yield Buffer.from(text);
}

/** Looks at the load now and then, and notes the memory when it has passed a tenth of its documents. */
function watchMemory(db: Db, id: string, say: (line: string) => void) {
  let tenthMb: number | undefined;
  let looking: Promise<void> = Promise.resolve();
  async function look(): Promise<void> {
    const { position, documents } = await db.prisma.load.findFirstOrThrow({ where: { id } });
    if (tenthMb !== undefined || documents === 0 || position < documents / 10) return;
    tenthMb = residentMb();
    say(`A tenth of ${documents} documents, ${tenthMb.toFixed(0)} MB`);
  }
  const timer = setInterval(() => {
    looking = looking.then(look);
  }, lookEachMs);
  return {
    async stop(): Promise<number> {
      clearInterval(timer);
      await looking;
      if (tenthMb === undefined) throw new Error('The load ended before its memory was looked at.');
      return tenthMb;
    },
  };
}

function residentMb(): number {
  return process.memoryUsage().rss / 1_000_000;
}
