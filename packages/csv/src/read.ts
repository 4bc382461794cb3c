// Reads a CSV file as it streams: rows with their line and document, or the fault that makes the whole file useless.
import { CsvError, type Parser, parse } from 'csv-parse';
import {
  emptyFault,
  encodingFault,
  type FileFault,
  fileBytesMax,
  headerFault,
  quotingFault,
  rowBytesMax,
  sizeFault,
  widthFault,
} from './fault.ts';
import type { Template } from './template.ts';
import { createTextCheck } from './text.ts';

export interface CsvRow {
  /** The physical line where the row begins; the header is line 1. */
  line: number;
  document: string;
  /** In the order of the template's columns. */
  fields: string[];
}

/** Rows as they become complete, or as the last thing a fault. */
export type Read = { kind: 'rows'; rows: CsvRow[] } | { kind: 'fault'; fault: FileFault };

/** UTF-8 with or without a byte order mark, lines ended by LF or CRLF, columns in any order, blank lines passed over. */
export async function* readCsv(
  source: AsyncIterable<Uint8Array>,
  template: Template,
  bytesMax = fileBytesMax,
): AsyncGenerator<Read, void> {
  const rows = createRows(template);
  const parser = createParser(rows.take);
  const text = createTextCheck();
  let bytes = 0;
  for await (const chunk of source) {
    bytes += chunk.length;
    if (bytes > bytesMax) return yield { kind: 'fault', fault: sizeFault() };
    const badLine = text.take(chunk);
    if (badLine !== undefined) return yield { kind: 'fault', fault: encodingFault(badLine) };
    const fault = (await parseChunk(parser, chunk, rows.line)) ?? rows.fault();
    if (fault !== undefined) return yield { kind: 'fault', fault };
    const complete = rows.drain();
    if (complete.length > 0) yield { kind: 'rows', rows: complete };
  }
  const cutLine = text.end();
  if (cutLine !== undefined) return yield { kind: 'fault', fault: encodingFault(cutLine) };
  const fault = (await parseChunk(parser, undefined, rows.line)) ?? rows.fault() ?? rows.end();
  if (fault !== undefined) return yield { kind: 'fault', fault };
  const complete = rows.drain();
  if (complete.length > 0) yield { kind: 'rows', rows: complete };
}

/** The parser passes every record to `take` and keeps none; it accepts any number of fields, which are counted by `take`. */
function createParser(take: (record: string[]) => void): Parser {
  const parser = parse({
    bom: true,
    relax_column_count: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    max_record_size: rowBytesMax,
    on_record: (record: string[]) => {
      take(record);
      return null;
    },
  });
  parser.on('error', () => undefined);
  return parser;
}

/** Parses a chunk, or the end where there is none; a quoting error becomes a fault, anything else is thrown. */
async function parseChunk(
  parser: Parser,
  chunk: Uint8Array | undefined,
  line: () => number,
): Promise<FileFault | undefined> {
  const error = await new Promise<Error | null | undefined>((resolve) => {
    if (chunk === undefined) parser.end(resolve);
    else parser.write(chunk, resolve);
  });
  if (error === null || error === undefined) return undefined;
  if (!(error instanceof CsvError)) throw error;
  return quotingFault(line(), error.code === 'CSV_MAX_RECORD_SIZE');
}

/** Counts lines itself: the parser counts line ends inside quotes differently. */
function createRows(template: Template) {
  let line = 1;
  let order: number[] | undefined;
  let found: FileFault | undefined;
  let complete: CsvRow[] = [];
  function take(record: string[]): void {
    const begins = line;
    line += 1 + record.reduce((sum, field) => sum + lineEnds(field), 0);
    if (found !== undefined || isBlank(record)) return;
    if (order === undefined) {
      const header = record.map((name) => name.trim());
      found = headerFault(header, template.columns);
      order = template.columns.map((column) => header.indexOf(column));
    } else if (record.length !== order.length) {
      found = widthFault(begins, record.length, order.length);
    } else {
      const fields = order.map((index) => record[index] ?? '');
      complete.push({ line: begins, document: template.documentOf(fields), fields });
    }
  }
  return {
    take,
    line: () => line,
    fault: () => found,
    end: () => (order === undefined ? emptyFault() : undefined),
    drain() {
      const drained = complete;
      complete = [];
      return drained;
    },
  };
}

function isBlank(record: readonly string[]): boolean {
  return record.length === 1 && record[0]?.trim() === '';
}

function lineEnds(field: string): number {
  if (!field.includes('\n') && !field.includes('\r')) return 0;
  return field.match(/\r\n|\n|\r/g)?.length ?? 0;
}
