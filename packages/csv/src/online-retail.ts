// The template `online-retail`: the UCI files, whose rows are invoice lines, credits and corrections of stock.
import { lineAmounts, sumTotals } from '@stockbook/core';
import { columns, parseRow, type RetailRow } from './online-retail-row.ts';
import { currency, daysToPay, natureOf, partyOf, taxOf } from './online-retail-rules.ts';
import type {
  Adjustment,
  Parsed,
  Reason,
  Rejected,
  Sale,
  SaleLine,
  SourceRow,
  Template,
} from './template.ts';

const numberMax = 255;

export const onlineRetail: Template = {
  name: 'online-retail',
  label: 'Online retail (UCI)',
  columns,
  documentOf: (fields) => (fields[0] ?? '').trim().slice(0, numberMax + 1),
  parse: parseDocument,
};

/** `C` + digits is a credit note, digits an invoice or, where every price is 0, a stock adjustment; nothing else is taken. */
function parseDocument(number: string, sources: readonly SourceRow[]): Parsed {
  const badNumber = faultOfNumber(number);
  if (badNumber !== undefined) return rejected(sources, () => badNumber);
  const rows: RetailRow[] = [];
  const reasons: Reason[] = [];
  for (const source of sources) {
    const parsed = parseRow(source.fields);
    if (parsed.kind === 'row') rows.push(parsed.row);
    else reasons.push({ file: source.file, line: source.line, reason: parsed.reasons.join('; ') });
  }
  if (reasons.length > 0) return { kind: 'rejected', reasons };
  const credit = number.startsWith('C');
  const prices = rows.map((row) => row.price);
  if (!credit && prices.every((price) => price.isZero())) return adjustment(number, rows);
  if (!credit && !prices.some((price) => price.greaterThan(0))) {
    return rejected(sources, (index) =>
      prices[index]?.isZero()
        ? undefined
        : 'UnitPrice is below 0 and no row of the document has a price above 0',
    );
  }
  return parseSale(credit ? 'credit-note' : 'invoice', number, sources, rows);
}

function faultOfNumber(number: string): string | undefined {
  if (number === '') return 'InvoiceNo is blank: give the row the number of its document';
  if (number.length > numberMax) return `InvoiceNo is longer than ${numberMax} characters`;
  if (/^C?\d+$/.test(number)) return undefined;
  return `InvoiceNo “${number.slice(0, 40)}” is neither digits (an invoice) nor C and digits (a credit note)`;
}

function parseSale(
  kind: Sale['kind'],
  number: string,
  sources: readonly SourceRow[],
  rows: readonly RetailRow[],
): Parsed {
  const [first] = rows;
  if (first === undefined) throw new Error(`The document ${number} has no rows.`);
  const faults = rejected(sources, (index) => faultInSale(kind, first, rows[index] ?? first));
  if (faults.reasons.length > 0) return faults;
  const lines = rows.map((row) => saleLine(kind, row));
  if (rows.some((row) => row.price.lessThan(0)) && totalOf(lines).startsWith('-')) {
    return rejected(
      sources.slice(0, 1),
      () => `The document comes to ${totalOf(lines)}: Xero takes no total below 0`,
    );
  }
  return {
    kind,
    number,
    date: first.date,
    dueDate: addDays(first.date, daysToPay),
    currency,
    party: partyOf(first.customer, first.country),
    lines,
  };
}

/** One document has one customer in one country, and quantities of one sign, because Xero takes none below 0. */
function faultInSale(kind: Sale['kind'], first: RetailRow, row: RetailRow): string | undefined {
  const faults: string[] = [];
  if (row.country === '') faults.push('Country is blank');
  if (row.customer !== first.customer || row.country !== first.country) {
    faults.push(`The row is for ${nameOf(row)}, the document's first row for ${nameOf(first)}`);
  }
  if (kind === 'invoice' && row.quantity.lessThan(0)) {
    faults.push(`Quantity is ${row.quantity.toFixed()}: an invoice takes none below 0`);
  }
  if (kind === 'credit-note' && row.quantity.greaterThan(0)) {
    faults.push(`Quantity is ${row.quantity.toFixed()}: a credit note has its quantities below 0`);
  }
  return faults.length > 0 ? faults.join('; ') : undefined;
}

function nameOf(row: RetailRow): string {
  return `${row.customer === null ? 'no customer' : `customer ${row.customer}`} in ${row.country || 'no country'}`;
}

function saleLine(kind: Sale['kind'], row: RetailRow): SaleLine {
  const quantity = kind === 'credit-note' && !row.quantity.isZero() ? row.quantity.negated() : row.quantity;
  return {
    item: row.item,
    description: row.description,
    quantity: quantity.toFixed(),
    unitPrice: row.price.toFixed(),
    nature: natureOf(row.item.code),
    ...taxOf(row.country),
  };
}

function totalOf(lines: readonly SaleLine[]): string {
  return sumTotals(lines.map(lineAmounts)).total;
}

function adjustment(number: string, rows: readonly RetailRow[]): Adjustment {
  return {
    kind: 'stock-adjustment',
    number,
    date: rows[0]?.date ?? '',
    reason: rows.find((row) => row.description !== '')?.description ?? null,
    lines: rows.map((row) => ({ item: row.item, quantity: row.quantity.toFixed() })),
  };
}

function rejected(sources: readonly SourceRow[], faultOf: (index: number) => string | undefined): Rejected {
  const reasons = sources.flatMap(({ file, line }, index) => {
    const reason = faultOf(index);
    return reason === undefined ? [] : [{ file, line, reason }];
  });
  return { kind: 'rejected', reasons };
}

/** Calendar arithmetic: no hours, no time zone. */
function addDays(date: string, days: number): string {
  const dayMs = 86_400_000;
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}
