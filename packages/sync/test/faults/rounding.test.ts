// F36: amounts that do not come out even, in several currencies: Xero's totals, and its net and tax of each tax type, are ours to the cent, or the difference is shown.
import { lineAmounts, sumTotals } from '@stockbook/core';
import { createId } from '@stockbook/db';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { creditNotes, invoices } from '../../src/entities/index.ts';
import { record } from '../../src/outbox.ts';
import { ask, finish } from './batch.ts';
import { createDraw } from './draw.ts';
import { findDoubles } from './invariants.ts';
import { type Ground, prepareGround } from './kill-points.ts';
import { createMortalDb, type MortalDb } from './mortal.ts';
import { replayedBy } from './replay.ts';
import { openStage, type Stage } from './stage.ts';

/** Half of them where Xero rounds half a cent away from zero as we do, half where it rounds to the even cent. */
const documents = process.env.STOCKBOOK_NIGHTLY === '1' ? 100_000 : 2_000;
const chunk = 500;
const timeout = 3_600_000;

let stage: Stage;
let living: MortalDb;
let ground: Ground;
beforeAll(async () => {
  stage = await openStage();
  living = createMortalDb(stage.database.url);
  ground = await prepareGround(stage, living, living);
  await ask(ground);
  await finish(ground);
});
afterAll(async () => {
  await living.db.close();
  await stage.close();
});

const draw = createDraw(36);
const below = (count: number) => Math.floor(draw() * count);
const currencies = ['GBP', 'EUR', 'USD'];

/** Prices of up to four decimals and quantities of up to four: often just half a cent, and often what a float gets wrong. */
function makeLine() {
  const quantity = ['1', '3', '0.5', '1.5', '2.25', '0.125', '7', '12.3456'][below(8)] ?? '1';
  const price = [
    () => `${below(300)}.${String(below(100)).padStart(2, '0')}`,
    () => `${below(100)}.${String(below(1_000)).padStart(3, '0')}`,
    () => `${below(20)}.${String(below(10_000)).padStart(4, '0')}`,
    () => `${below(9)}.${String(below(100)).padStart(2, '0')}5`,
  ][below(4)];
  const isExport = below(4) === 0;
  const priced = { quantity, unitPrice: price?.() ?? '1.005', taxRate: isExport ? '0' : '20' };
  const treatment = isExport ? 'zero-rated-export' : 'domestic-standard';
  const itemId = ground.books.parents.get('items')?.[below(2)] ?? null;
  return {
    ...priced,
    ...{ itemId, description: 'Sold', nature: 'goods', treatment },
    ...lineAmounts(priced),
  };
}

function makeDocument(number: string) {
  const lines = Array.from({ length: 1 + below(4) }, makeLine);
  return {
    ...{ id: createId(), number, contactId: ground.books.parents.get('contacts')?.[below(2)] ?? '' },
    ...{ date: '2027-02-13', dueDate: '2027-03-15', currency: currencies[below(3)] ?? 'GBP' },
    ...{ reference: null, status: 'authorised' as const, sourceHash: null },
    ...sumTotals(lines),
    lines,
  };
}

type Made = ReturnType<typeof makeDocument>;

/** Reckoned once more in whole numbers, by other means than the code that is tried. */
function expectExact({ lines, subTotal, totalTax, total }: Made): void {
  const net = lines.map((line) => half(whole(line.quantity) * whole(line.unitPrice), 1_000_000n));
  const tax = lines.map((line, index) => half((net[index] ?? 0n) * BigInt(line.taxRate), 100n));
  const sum = (amounts: readonly bigint[]) => amounts.reduce((all, one) => all + one, 0n);
  const cents = [subTotal, totalTax, total].map((text) => BigInt(text.replace('.', '')));
  expect(cents).toEqual([sum(net), sum(tax), sum(net) + sum(tax)]);
}

/** In ten-thousandths. */
function whole(text: string): bigint {
  const [before = '0', after = ''] = text.split('.');
  return BigInt(before + after.padEnd(4, '0'));
}

/** Divided, with halves away from zero; of what is not negative. */
function half(value: bigint, by: bigint): bigint {
  return (value * 2n + by) / (by * 2n);
}

async function sendMany(mode: string, count: number): Promise<void> {
  for (let from = 0; from < count; from += chunk) {
    const some = Array.from({ length: Math.min(chunk, count - from) }, (_, n) =>
      makeDocument(`${mode}-${from + n}`),
    );
    some.forEach(expectExact);
    const notes = some.filter((_, n) => n % 5 === 0);
    const sales = some.filter((_, n) => n % 5 !== 0);
    await stage.db.write(ground.joined.organisation, async (tx) => {
      await invoices.apply(tx, sales);
      for (const { id } of sales) record(tx, { entity: 'invoices', id });
      await creditNotes.apply(tx, notes);
      for (const { id } of notes) record(tx, { entity: 'credit-notes', id });
    });
  }
  await ask(ground);
  await finish(ground, { leaseMs: 3_600_000 });
}

interface Compared {
  state: string;
  same: boolean;
  count: number;
}

/** The tax types of which Xero's lines do not come to our net or our tax: ours are added, Xero's taken off. */
const partedOf = (table: string) => `SELECT array_agg(type) AS types FROM (
      SELECT type FROM (
        SELECT t.tax_type AS type, l.net, l.tax FROM ${table}_line l
          JOIN treatment t ON t.organisation_id = l.organisation_id AND t.treatment = l.treatment
         WHERE l.organisation_id = d.organisation_id AND l.document_id = d.id
        UNION ALL
        SELECT x->>'TaxType', -(x->>'LineAmount')::numeric, -(x->>'TaxAmount')::numeric
          FROM json_array_elements(m.agreed::json->'LineItems') x) y
       GROUP BY type HAVING sum(net) <> 0 OR sum(tax) <> 0) z`;

/** What is shown of each document, beside whether Xero's own answer about it has our totals, and our net and tax of each tax type, to the cent. */
async function compare(mode: string): Promise<Compared[]> {
  const of = (table: string) => `SELECT r.sync_state AS state,
      r.problem ~ 'net total|tax|total' AND (p.types IS NULL
        OR (SELECT bool_and(r.problem ~ ('(net|tax) of ' || type || ' ')) FROM unnest(p.types) type)) AS told,
      (m.agreed::json->>'SubTotal')::numeric = d.sub_total AND (m.agreed::json->>'TotalTax')::numeric = d.total_tax
        AND (m.agreed::json->>'Total')::numeric = d.total AND m.agreed::json->>'CurrencyCode' = d.currency
        AND p.types IS NULL AS same
    FROM ${table} d JOIN record r ON r.organisation_id = d.organisation_id AND r.id = d.id
    LEFT JOIN mapping m ON m.organisation_id = d.organisation_id AND m.record_id = d.id
    CROSS JOIN LATERAL (${partedOf(table)}) p
    WHERE d.organisation_id = $1 AND d.number LIKE $2`;
  const { rows } = await stage.db.pool.query<Compared>(
    `SELECT state, same, count(*)::int AS count FROM (${of('invoice')} UNION ALL ${of('credit_note')}) x
      WHERE NOT (state = 'warning' AND told IS NOT TRUE) GROUP BY 1, 2 ORDER BY 1`,
    [ground.joined.organisation, `${mode}-%`],
  );
  return rows;
}

it.each(['away', 'even'] as const)(
  `F36: ${documents / 2} documents, half a cent going %s: no cent goes astray unseen`,
  { timeout, meta: { runs: documents / 2 } },
  async (midpoint) => {
    replayedBy(36, 'npm run faults -- rounding');
    const count = documents / 2;
    await stage.client.setOptions({ midpoint });
    await sendMany(midpoint, count);
    const compared = await compare(midpoint);
    console.log(`F36 half a cent ${midpoint}: ${JSON.stringify(compared)}`);
    expect(compared.reduce((sum, one) => sum + one.count, 0)).toBe(count);
    // What agrees is completed, what does not is shown with its difference, and nothing else is.
    expect(compared.filter(({ state, same }) => state !== (same ? 'completed' : 'warning'))).toEqual([]);
    expect(compared.some(({ same }) => !same)).toBe(midpoint === 'even');
    expect(await findDoubles(stage, ground.joined)).toEqual([]);
  },
);
