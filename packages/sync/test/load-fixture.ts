// Makes loads as a client does: files of text or bytes, uploaded and worked on to the end.
import { createId, type Db } from '@stockbook/db';
import { closeLoad, createLoad } from '../src/load.ts';
import { type Staged, stageFile } from '../src/load-stage.ts';
import { workLoad } from '../src/load-work.ts';

export const header = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';

export interface RowFields {
  no: string;
  code: string;
  words: string;
  quantity: string;
  date: string;
  price: string;
  customer: string;
  country: string;
}

const plainRow: RowFields = {
  no: '536365',
  code: '85123A',
  words: 'WHITE HEART',
  quantity: '6',
  date: '2010-12-01 08:26:00',
  price: '2.55',
  customer: '17850.0',
  country: 'United Kingdom',
};

/** A file of these rows, each differing from a plain one. */
export function csv(...rows: Partial<RowFields>[]): string {
  const lines = rows.map((row) => {
    const { no, code, words, quantity, date, price, customer, country } = { ...plainRow, ...row };
    return [no, code, words, quantity, date, price, customer, country].join(',');
  });
  return `${[header, ...lines].join('\n')}\n`;
}

export type Source = string | Uint8Array | (() => AsyncIterable<Uint8Array>);

export async function openLoad(db: Db, organisation: string, names: readonly string[]): Promise<string> {
  const created = await createLoad(db, organisation, 'Tester', 'online-retail', names);
  if (created.kind !== 'created') throw new Error(created.message);
  return created.loadId;
}

export async function upload(
  db: Db,
  organisation: string,
  files: Record<string, Source>,
): Promise<{ loadId: string; staged: Staged[] }> {
  const loadId = await openLoad(db, organisation, Object.keys(files));
  const staged: Staged[] = [];
  for (const [index, source] of Object.values(files).entries()) {
    staged.push(await stageFile(db, organisation, loadId, index + 1, chunks(source)));
  }
  return { loadId, staged };
}

function chunks(source: Source): AsyncIterable<Uint8Array> {
  if (typeof source === 'function') return source();
  return pieces(typeof source === 'string' ? Buffer.from(source) : source);
}

const pieceBytes = 65_536;

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
}

/** Uploads the files as one load, works on it, and reads its report. */
export async function importFiles(db: Db, organisation: string, files: Record<string, Source>) {
  const { loadId } = await upload(db, organisation, files);
  const closed = await closeLoad(db, organisation, loadId);
  if (closed.kind !== 'closed') throw new Error(closed.message);
  const worked = await workLoad(db, `test ${createId()}`);
  if (worked.kind !== 'done') throw new Error(`The load ended as ${worked.kind}.`);
  return report(db, organisation, loadId);
}

export async function report(db: Db, organisation: string, loadId: string) {
  const of = { organisationId: organisation, loadId };
  const load = await db.prisma.load.findFirstOrThrow({ where: { organisationId: organisation, id: loadId } });
  const order = [{ file: 'asc' as const }, { line: 'asc' as const }];
  const rejections = await db.prisma.loadRejection.findMany({ where: of, orderBy: order });
  const files = await db.prisma.loadFile.findMany({ where: of, orderBy: { file: 'asc' } });
  const left = await db.prisma.loadRow.count({ where: of });
  return { load, rejections, files, left };
}

/** How many there are of everything a load can make. */
export async function counts(db: Db, organisationId: string) {
  const where = { organisationId };
  const [contacts, items, invoices, creditNotes, adjustments, movements, changes, records] =
    await Promise.all([
      db.prisma.contact.count({ where }),
      db.prisma.item.count({ where }),
      db.prisma.invoice.count({ where }),
      db.prisma.creditNote.count({ where }),
      db.prisma.stockAdjustment.count({ where }),
      db.prisma.stockMovement.count({ where }),
      db.prisma.change.count({ where }),
      db.prisma.record.count({ where }),
    ]);
  return { contacts, items, invoices, creditNotes, adjustments, movements, changes, records };
}
