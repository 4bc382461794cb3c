// Calendar dates stay what the file says, from CSV to Xero, whatever time zone the machine is in.
import { afterAll, expect, it } from 'vitest';
import { type RetailRow, writeRetail } from './retail.ts';
import { type Stack, startStack } from './stack.ts';
import { openXero } from './xero.ts';

let stack: Stack | undefined;
afterAll(() => stack?.remove());

const dates = [
  { number: '610001', at: '2026-03-29 00:00:00', date: '2026-03-29', due: '2026-04-28' },
  { number: '610002', at: '2026-03-29 23:59:59', date: '2026-03-29', due: '2026-04-28' },
  { number: '610003', at: '2026-09-27 00:00:00', date: '2026-09-27', due: '2026-10-27' },
  { number: '610004', at: '2026-12-31 23:59:59', date: '2026-12-31', due: '2027-01-30' },
  { number: '610005', at: '2028-02-29 00:00:00', date: '2028-02-29', due: '2028-03-30' },
];
const credit = { number: 'C610006', at: '2026-10-25 23:59:59', date: '2026-10-25' };

it('dates of documents are the calendar dates of the file, in Stockbook and in Xero', async () => {
  const running = await startStack({ SANDBOX_LIMITS: 'off' });
  stack = running;
  const rows = [...dates.map(({ number, at }) => row(number, at, '2')), row(credit.number, credit.at, '-1')];
  const file = writeRetail(running.dataDir, 'midnight.csv', rows);
  await json(running, 'connect', '--sandbox');
  await json(running, 'import', 'csv', '--template', 'online-retail', file);
  await json(running, 'sync', '--wait');

  const xero = await openXero(running.sandboxUrl);
  const invoices = dates.map(({ number, date, due }) => ({
    InvoiceNumber: number,
    Date: xeroDate(date),
    DateString: `${date}T00:00:00`,
    DueDate: xeroDate(due),
    DueDateString: `${due}T00:00:00`,
  }));
  expect(await xero.get('/Invoices?order=InvoiceNumber')).toMatchObject({ Invoices: invoices });
  expect(await xero.get('/CreditNotes')).toMatchObject({
    CreditNotes: [{ CreditNoteNumber: credit.number, Date: xeroDate(credit.date) }],
  });

  const shown = await json(running, 'records', 'invoices');
  expect(datesOf(shown)).toEqual(Object.fromEntries(dates.map(({ number, date }) => [number, date])));
  expect(datesOf(await json(running, 'records', 'credit-notes'))).toEqual({ [credit.number]: credit.date });
});

function row(invoice: string, at: string, quantity: string): RetailRow {
  const sold = { code: '21044', description: 'Slate Jug', price: '7.25', customer: '14007.0' };
  return { invoice, at, quantity, country: 'United Kingdom', ...sold };
}

/** Xero writes a date as the milliseconds of its midnight in UTC. */
function xeroDate(date: string): string {
  return `/Date(${Date.parse(`${date}T00:00:00Z`)}+0000)/`;
}

function datesOf({ records }: { records: { number: string; date: string }[] }): Record<string, string> {
  return Object.fromEntries(records.map(({ number, date }) => [number, date]));
}

async function json(running: Stack, ...args: string[]) {
  const ran = await running.cli(...args, '--json');
  if (ran.code !== 0)
    throw new Error(`stockbook ${args[0]} ended with ${ran.code}: ${ran.stderr}${ran.stdout}`);
  return JSON.parse(ran.stdout);
}
