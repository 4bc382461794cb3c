// A load's report: what came in, what was there already, what was rejected and why.
import type { Load, Rejection } from '../documents/load.ts';
import { count, table } from '../table.ts';

const SHOWN_MAX = 20;

/** Documents are counted by imported, unchanged and rejected; the same of rows have names of their own. */
export function loadJson({ position: _, ...load }: Load, rejections: readonly Rejection[]) {
  return { ...load, rejections };
}

export function loadText(load: Load, rejections: readonly Rejection[]): string {
  const lines = load.files
    .filter(({ problem }) => problem !== null)
    .map(({ name, problem }) => `${name}: ${problem}`);
  if (load.problem !== null) lines.push(load.problem);
  lines.push(
    table(
      ['', 'IMPORTED', 'UNCHANGED', 'REJECTED', 'ALL'],
      [
        ['Documents', ...[load.imported, load.unchanged, load.rejected, load.documents].map(count)],
        ['Rows', ...[load.rowsImported, load.rowsUnchanged, load.rowsRejected, load.rows].map(count)],
      ],
    ),
  );
  if (rejections.length > 0) lines.push('', rejectionText(rejections));
  return lines.join('\n');
}

function rejectionText(rejections: readonly Rejection[]): string {
  const shown = rejections
    .slice(0, SHOWN_MAX)
    .map(({ file, line, document, reason }) => [`${file}:${line}`, document, reason]);
  const left = rejections.length - shown.length;
  const more = left > 0 ? `\nand ${count(left)} more; --json lists all.` : '';
  return table(['REJECTED', 'DOCUMENT', 'REASON'], shown) + more;
}
