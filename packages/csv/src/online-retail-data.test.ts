// The eight days of real trading data come to the figures that are known of them.
import { createReadStream, existsSync, readdirSync } from 'node:fs';
import { lineAmounts, sumTotals } from '@stockbook/core';
import { expect, it } from 'vitest';
import { onlineRetail } from './online-retail.ts';
import { readCsv } from './read.ts';
import type { SourceRow } from './template.ts';

const folder = new URL('../../../../shared/data/online-retail/', import.meta.url);
const present = existsSync(folder);

it.skipIf(!present)(
  `the eight files parse to the known figures${present ? '' : ' (skipped: no ../shared)'}`,
  async () => {
    const documents = await readAll();
    const counts = { rows: 0, invoice: 0, 'credit-note': 0, 'stock-adjustment': 0, rejected: 0 };
    const lines = { invoice: [] as Amounts[], 'credit-note': [] as Amounts[] };
    const contacts = new Set<string>();
    const items = new Set<string>();
    for (const [number, rows] of documents) {
      const parsed = onlineRetail.parse(number, rows);
      counts.rows += rows.length;
      counts[parsed.kind] += 1;
      if (parsed.kind === 'rejected') continue;
      for (const line of parsed.lines) items.add(line.item.code);
      if (parsed.kind === 'stock-adjustment') continue;
      contacts.add(parsed.party.number);
      lines[parsed.kind].push(...parsed.lines.map(lineAmounts));
    }
    expect(counts).toEqual({
      rows: 22_523,
      invoice: 834,
      'credit-note': 136,
      'stock-adjustment': 118,
      rejected: 0,
    });
    expect(sumTotals(lines.invoice)).toMatchObject({ total: '519861.89', totalTax: '81009.24' });
    expect(sumTotals(lines['credit-note'])).toMatchObject({ total: '73584.05', totalTax: '12219.85' });
    expect([contacts.size, items.size]).toEqual([624, 2434]);
  },
);

type Amounts = ReturnType<typeof lineAmounts>;

async function readAll(): Promise<Map<string, SourceRow[]>> {
  const documents = new Map<string, SourceRow[]>();
  const names = readdirSync(folder).filter((name) => name.endsWith('.csv'));
  for (const [index, name] of names.sort().entries()) {
    for await (const part of readCsv(createReadStream(new URL(name, folder)), onlineRetail)) {
      if (part.kind === 'fault') throw new Error(part.fault.message);
      for (const { line, document, fields } of part.rows) {
        const rows = documents.get(document) ?? [];
        rows.push({ file: index + 1, line, fields });
        documents.set(document, rows);
      }
    }
  }
  return documents;
}
