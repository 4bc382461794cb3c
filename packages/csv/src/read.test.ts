// Reading a file: lines, documents, and every fault of a whole file.
import { describe, expect, it } from 'vitest';
import { type FileFault, fileBytesMax } from './fault.ts';
import { type CsvRow, readCsv } from './read.ts';
import type { Template } from './template.ts';

const template: Template = {
  name: 'test',
  label: 'Test',
  columns: ['No', 'Text'],
  documentOf: (fields) => fields[0] ?? '',
  parse: () => ({ kind: 'rejected', reasons: [] }),
};

describe('a file is read', () => {
  it('with the line where each row begins, whatever ends its lines', async () => {
    const expected = [
      { line: 2, document: '1', fields: ['1', 'plain'] },
      { line: 3, document: '2', fields: ['2', 'two\nlines and "quotes", one comma'] },
      { line: 6, document: '3', fields: ['3', ''] },
    ];
    const text = 'No,Text\n1,plain\n2,"two\nlines and ""quotes"", one comma"\n\n3,\n';
    expect(await read(text)).toEqual({ rows: expected });
    const crlf = await read(`\uFEFF${text.replaceAll('\n', '\r\n')}`);
    expect(crlf.rows?.map((row) => row.line)).toEqual([2, 3, 6]);
  });

  it('the same way however its bytes are cut', async () => {
    const text = '\uFEFFNo,Text\r\n1,"£ and €\r\nand 😀"\r\n2,é\r\n';
    const whole = await read(text);
    expect(whole.rows?.map((row) => row.line)).toEqual([2, 4]);
    for (const size of [1, 2, 3, 5]) expect(await read(text, size)).toEqual(whole);
  });

  it('with its columns in any order, given back in the order of the template', async () => {
    expect((await read('Text,No\nwords,7\n')).rows).toEqual([
      { line: 2, document: '7', fields: ['7', 'words'] },
    ]);
  });

  it('without rows where there is only a header', async () => {
    expect(await read('No,Text\n')).toEqual({ rows: [] });
  });
});

describe('a file is refused', () => {
  it.each([
    ['nothing in it', '', 'empty', null, /empty/],
    ['only blank lines in it', '\n\n \n', 'empty', null, /empty/],
    ['a column missing', 'No\n1\n', 'columns', 1, /lacks “Text”.*No, Text/],
    ['a column too many', 'No,Text,More\n1,2,3\n', 'columns', 1, /has “More”/],
    ['a column twice', 'No,Text,No\n1,2,3\n', 'columns', 1, /has “No”/],
    [
      'a row that is too short',
      'No,Text\n1,a\n2\n',
      'columns',
      3,
      /Line 3 has 1 fields where the header has 2/,
    ],
    ['a row that is too long', 'No,Text\n"1\n1",a,b\n', 'columns', 2, /Line 2 has 3 fields/],
    ['a quote that is never closed', 'No,Text\n1,a\n2,"b\n3,c\n', 'quoting', 3, /row that begins at line 3/],
    ['text after a closing quote', 'No,Text\n1,"a"b\n', 'quoting', 2, /line 2/],
    ['a quote in the middle of a field', 'No,Text\n1,a"b\n', 'quoting', 2, /double the inner ones/],
    ['a byte of zero', 'No,Text\n1,a\n2,\0\n', 'encoding', 3, /Line 3 is not UTF-8/],
    ['a row without an end', `No,Text\n1,"${'x'.repeat(300_000)}`, 'quoting', 2, /longer than 100000 bytes/],
  ])('for %s', async (_name, text, kind, line, message) => {
    for (const size of [7, 100_000]) {
      const { fault } = await read(text, size);
      expect(fault).toMatchObject({ kind, line });
      expect(fault?.message).toMatch(message);
    }
  });

  it.each([
    ['Latin-1', Buffer.from('No,Text\n1,a\n2,\u00a35\n', 'latin1'), 3],
    ['UTF-16', Buffer.from('\uFEFFNo,Text\n1,a\n', 'utf16le'), 1],
    ['a character cut off at the end', Buffer.from('No,Text\n1,€').subarray(0, -1), 2],
    ['an image', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), 1],
  ])('for %s', async (_name, bytes, line) => {
    expect((await readBytes(bytes, 4)).fault).toMatchObject({ kind: 'encoding', line });
  });

  it('for being over 500 MB, without reading the rest', async () => {
    const bytesMax = 50_000;
    let given = 0;
    async function* endless() {
      yield Buffer.from('No,Text\n');
      for (;;) {
        given += 1000;
        yield Buffer.from(`1,${'x'.repeat(997)}\n`);
      }
    }
    let fault: FileFault | undefined;
    for await (const part of readCsv(endless(), template, bytesMax))
      if (part.kind === 'fault') fault = part.fault;
    expect(fault).toMatchObject({ kind: 'size', line: null });
    expect(fault?.message).toMatch(/over 500 MB: split it/);
    expect(given).toBe(bytesMax);
    expect(fileBytesMax).toBe(500_000_000);
  });
});

async function read(text: string, size = 100_000) {
  return readBytes(Buffer.from(text), size);
}

async function readBytes(bytes: Buffer, size: number): Promise<{ rows?: CsvRow[]; fault?: FileFault }> {
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  const rows: CsvRow[] = [];
  for await (const part of readCsv(chunks(), template)) {
    if (part.kind === 'fault') return { fault: part.fault };
    rows.push(...part.rows);
  }
  return { rows };
}
