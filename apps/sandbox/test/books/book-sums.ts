// The books as a whole, read over the API: the trial balance, control accounts, stock and the list of journals.
import { Decimal } from 'decimal.js';
import { z } from 'zod';
import { type Books, cents, readBooks } from '../books.ts';
import { look, type Xero } from '../xero.ts';

const row = z.object({ RowType: z.string(), Cells: z.array(z.object({ Value: z.string() })) });
const section = z.object({ Rows: z.array(row).default([]) });

/** Everything that does not agree, as sentences; `day` is after every date of a call, within the same financial year. */
export async function bookFaults(xero: Xero, day: string): Promise<string[]> {
  const books = await readBooks(xero, day);
  const faults: string[] = [];
  const same = (what: string, found: number, meant: number): void => {
    if (found !== meant) faults.push(`${what} is ${found}, not ${meant}`);
  };
  same('the trial balance', books.sum, 0);
  same('accounts receivable', books.balance('610'), await aged(xero, 'AgedReceivablesByContact', day));
  same('accounts payable', books.balance('800'), -(await aged(xero, 'AgedPayablesByContact', day)) + 0);
  same('stock', books.balance('630'), await pools(xero));
  faults.push(...(await debtFaults(xero, books)));
  faults.push(...(await journalFaults(xero, books)));
  same('the cash basis', await cashSum(xero, day), 0);
  return faults;
}

const debt = z.object({
  Type: z.string(),
  Status: z.string(),
  CurrencyRate: z.number(),
  AmountDue: z.number().optional(),
  RemainingCredit: z.number().optional(),
  Payments: z.array(z.unknown()).default([]),
  Allocations: z.array(z.unknown()).default([]),
  CreditNotes: z.array(z.unknown()).default([]),
  Overpayments: z.array(z.unknown()).default([]),
  Prepayments: z.array(z.unknown()).default([]),
});

/**
 * What is open at the rate of its document is what the control accounts hold: to the cent in the base currency and
 * where nothing is left open, else within a cent for each part of a foreign debt that was settled.
 */
async function debtFaults(xero: Xero, books: Books): Promise<string[]> {
  const meant = { '610': new Decimal(0), '800': new Decimal(0) };
  const leeway = { '610': 0, '800': 0 };
  for (const resource of ['Invoices', 'CreditNotes', 'Overpayments', 'Prepayments']) {
    const answer = await xero.call('GET', `/${resource}?page=1&pageSize=1000`);
    for (const one of z.array(debt).parse(answer.json(resource))) {
      if (one.Status !== 'AUTHORISED' && one.Status !== 'PAID') continue;
      const account = /^(ACCREC|RECEIVE)/.test(one.Type) ? '610' : '800';
      const open = new Decimal(one.AmountDue ?? one.RemainingCredit ?? 0);
      const sign = (account === '610' ? 1 : -1) * (resource === 'Invoices' ? 1 : -1);
      const base = open.dividedBy(one.CurrencyRate).toDecimalPlaces(2, Decimal.ROUND_HALF_UP);
      meant[account] = meant[account].plus(base.times(sign));
      const { Payments, Allocations, CreditNotes, Overpayments, Prepayments } = one;
      if (one.CurrencyRate !== 1 && !open.isZero())
        leeway[account] += [Payments, Allocations, CreditNotes, Overpayments, Prepayments].flat().length;
    }
  }
  return (['610', '800'] as const).flatMap((account) => {
    const off = meant[account].times(100).minus(books.balance(account)).abs();
    return off.greaterThan(leeway[account]) ? [`${account} is off by ${off.toFixed()} cents`] : [];
  });
}

/** The closing balances of all contacts. */
async function aged(xero: Xero, report: string, day: string): Promise<number> {
  const contacts = z
    .array(z.object({ ContactID: z.string() }))
    .parse((await xero.call('GET', '/Contacts')).json('Contacts'));
  let sum = 0;
  for (const { ContactID } of contacts) {
    const answer = await xero.call('GET', `/Reports/${report}?contactId=${ContactID}&date=${day}`);
    const rows = z.array(section).parse(answer.json('Reports.0.Rows')).at(-1)?.Rows;
    sum += cents(rows?.[0]?.Cells.at(-1)?.Value);
  }
  return sum;
}

async function pools(xero: Xero): Promise<number> {
  const items = z
    .array(z.object({ TotalCostPool: z.number() }))
    .parse((await xero.call('GET', '/Items')).json('Items'));
  return items.reduce((sum, item) => sum + cents(item.TotalCostPool), 0);
}

/** Every journal balances, numbers have no gap, and all of them together are the trial balance. */
async function journalFaults(xero: Xero, books: Books): Promise<string[]> {
  const faults: string[] = [];
  const sums = new Map<string, number>();
  for (let offset = 0; ; offset += 100) {
    const list = [(await xero.call('GET', `/Journals?offset=${offset}`)).json('Journals')].flat();
    for (const [index, journal] of list.entries()) {
      if (look(journal, 'JournalNumber') !== offset + index + 1)
        faults.push(`journal ${offset + index + 1} is missing`);
      let sum = 0;
      for (const line of [look(journal, 'JournalLines')].flat()) {
        const [code, net] = [String(look(line, 'AccountCode')), cents(look(line, 'NetAmount'))];
        sum += net;
        sums.set(code, (sums.get(code) ?? 0) + net);
      }
      if (sum !== 0) faults.push(`journal ${offset + index + 1} is uneven by ${sum}`);
    }
    if (list.length < 100) break;
  }
  for (const [code, sum] of sums)
    if (sum !== books.balance(code))
      faults.push(`journals bring ${code} to ${sum}, not ${books.balance(code)}`);
  return faults;
}

async function cashSum(xero: Xero, day: string): Promise<number> {
  const answer = await xero.call('GET', `/Reports/TrialBalance?date=${day}&paymentsOnly=true`);
  return z
    .array(section)
    .parse(answer.json('Reports.0.Rows'))
    .flatMap(({ Rows }) => Rows)
    .filter(({ RowType }) => RowType === 'Row')
    .reduce((sum, { Cells }) => sum + cents(Cells[3]?.Value) - cents(Cells[4]?.Value), 0);
}
