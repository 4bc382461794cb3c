// Reads the books of an organisation over the Accounting API, for tests: balances in cents by account code.
import { z } from 'zod';
import { connect, type Xero } from './xero.ts';

const cell = z.object({ Value: z.string() });
const row = z.object({ RowType: z.string(), Cells: z.array(cell) });
const section = z.object({ Rows: z.array(row).default([]) });

export type Books = {
  /** The year to date by account code, debits positive; 0 for an account that does not stand there. */
  readonly balance: (code: string) => number;
  /** The month's movement likewise. */
  readonly month: (code: string) => number;
  /** The sum of all accounts, which must be 0. */
  readonly sum: number;
};

/** The trial balance of a day; by default of the last day of March 2026, the end of a British year. */
export async function readBooks(xero: Xero, date = '2026-03-31'): Promise<Books> {
  const answer = await xero.call('GET', `/Reports/TrialBalance?date=${date}`);
  const sections = z.array(section).parse(answer.json('Reports.0.Rows'));
  const year = new Map<string, number>();
  const month = new Map<string, number>();
  for (const { RowType, Cells } of sections.flatMap(({ Rows }) => Rows)) {
    if (RowType !== 'Row') continue;
    const [name = '', debit, credit, yearDebit, yearCredit] = Cells.map(({ Value }) => Value);
    const code = /\((\w+)\)$/.exec(name)?.[1] ?? name;
    month.set(code, cents(debit) - cents(credit));
    year.set(code, cents(yearDebit) - cents(yearCredit));
  }
  return {
    balance: (code) => year.get(code) ?? 0,
    month: (code) => month.get(code) ?? 0,
    sum: [...year.values()].reduce((sum, one) => sum + one, 0),
  };
}

export function cents(text: unknown): number {
  return text === undefined || text === '' ? 0 : Math.round(Number(text) * 100);
}

/** Makes an organisation and lets the client in to it. */
export async function openOrganisation(
  xero: Xero,
  wish: Readonly<Record<string, unknown>>,
): Promise<Xero & { readonly made: Readonly<Record<string, unknown>> }> {
  const response = await fetch(`${xero.url}/__sandbox/organisations`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(wish),
  });
  const made = z.record(z.string(), z.unknown()).parse(await response.json());
  if (!response.ok) return { ...xero, made };
  const tenant = String(made.tenantId);
  const again = await connect(xero.url);
  return {
    ...again,
    made,
    tenant,
    call: (method, path, body, headers) =>
      again.call(method, path, body, { 'xero-tenant-id': tenant, ...headers }),
  };
}
