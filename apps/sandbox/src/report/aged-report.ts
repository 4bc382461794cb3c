// Reports/AgedReceivablesByContact and AgedPayablesByContact: what was open with a contact on a day, and how late it was.
import type { Visit } from '../call/visit.ts';
import { type Document, isApproved, isSales } from '../document/document.ts';
import { fixed } from '../exact.ts';
import { isGuid } from '../fields.ts';
import { type Standing, standingAt } from '../ledger/as-at.ts';
import type { Organisation } from '../organisation.ts';
import { dateMs, dateString, localDate } from '../wire-date.ts';
import { cells, dateParameter, longDate, plainCells, type ReportMade, type Row } from './report.ts';

const dayMs = 86_400_000;

/** `date` is the day whose open amounts are shown; documents may be limited to those from `fromDate` to `toDate`. */
export function agedReport(sales: boolean): (visit: Visit) => ReportMade {
  return (visit) => {
    const { organisation } = visit;
    const id = visit.query.get('contactID') ?? visit.query.get('contactId') ?? '';
    const contact = isGuid(id) ? organisation.contacts.get(id.toLowerCase()) : undefined;
    if (contact === undefined)
      return { kind: 'refused', message: 'You must specify the contactID of an existing contact' };
    const today = localDate(visit.nowMs, organisation.record.timeZone);
    const date = dateParameter(visit, 'date', today);
    const from = dateParameter(visit, 'fromDate', '0000-01-01');
    const to = dateParameter(visit, 'toDate', date ?? today);
    if (date === undefined || from === undefined || to === undefined)
      return { kind: 'refused', message: 'The date parameter is not a valid date' };
    const open = openDocuments(organisation, contact.id, sales, to, date);
    const [first] = open;
    const begin = visit.query.get('fromDate') ? from : (first?.document.date ?? date);
    return {
      kind: 'report',
      report: {
        type: sales ? 'AgedReceivablesByContact' : 'AgedPayablesByContact',
        name: sales ? 'Aged Receivables By Contact' : 'Aged Payables By Contact',
        heading: [
          sales ? 'Invoices' : 'Bills',
          contact.name,
          `From ${longDate(begin)} to ${longDate(to)}`,
          `Showing payments to ${longDate(date)}`,
        ],
        titles: [],
        rows: rowsOf(open, begin, date),
      },
    };
  };
}

type Open = { readonly document: Document; readonly standing: Standing; readonly sign: 1 | -1 };

/** Everything of the contact that had something open at the end of `date`; credits count against invoices. */
function openDocuments(
  organisation: Organisation,
  contact: string,
  sales: boolean,
  to: string,
  date: string,
): Open[] {
  const { invoices, creditNotes, overpayments, prepayments } = organisation;
  return [invoices, creditNotes, overpayments, prepayments]
    .flatMap((store) => store.ordered())
    .filter((document) => document.contact === contact && isSales(document.type) === sales)
    .filter((document) => isApproved(document.status) && document.date <= to && document.date <= date)
    .map((document): Open => {
      const isInvoice = document.type === 'ACCREC' || document.type === 'ACCPAY';
      return { document, standing: standingAt(organisation, document, date), sign: isInvoice ? 1 : -1 };
    })
    .filter(({ standing }) => standing.open !== 0)
    .sort((a, b) => (a.document.date < b.document.date ? -1 : a.document.date > b.document.date ? 1 : 0));
}

/** Money in the base currency. What is older than `begin` stands in the opening balance. */
function rowsOf(open: readonly Open[], begin: string, date: string): Row[] {
  const sums = [0, 0, 0, 0];
  let opening = 0;
  const rows: Row[] = [];
  for (const { document, standing, sign } of open) {
    const amounts = [standing.total, standing.paid, standing.credited, standing.due].map((one) => sign * one);
    if (document.date < begin) {
      opening += sign * standing.due;
      continue;
    }
    for (const [index, cents] of amounts.entries()) sums[index] = (sums[index] ?? 0) + cents;
    rows.push({ RowType: 'Row', Cells: cells(valuesOf(document, amounts, date), 'invoiceID', document.id) });
  }
  const header = ['Date', 'Number', 'Due Date', '', 'Total', 'Paid', 'Credited', 'Due'];
  const openingRow: Row = {
    RowType: 'Row',
    Cells: plainCells([dateString(begin) ?? '', 'Opening Balance', '', '', '', '', '', fixed(opening, 2)]),
  };
  const total = (word: string, amounts: readonly number[]): Row => ({
    RowType: 'SummaryRow',
    Cells: plainCells([word, '', '', '', ...amounts.map((cents) => fixed(cents, 2))]),
  });
  const closing = sums.map((cents, index) => (index === 3 ? cents + opening : cents));
  return [
    { RowType: 'Header', Cells: plainCells(header) },
    { RowType: 'Section', Title: '', Rows: [openingRow] },
    { RowType: 'Section', Title: '', Rows: [...rows, total('Total', sums)] },
    { RowType: 'Section', Title: '', Rows: [total('Closing Balance', closing)] },
  ];
}

function valuesOf(document: Document, amounts: readonly number[], date: string): string[] {
  const late = document.dueDate === '' ? 0 : Math.floor((dateMs(date) - dateMs(document.dueDate)) / dayMs);
  return [
    dateString(document.date) ?? '',
    document.number,
    dateString(document.dueDate) ?? '',
    late > 0 ? `${late} days overdue` : '',
    ...amounts.map((cents) => fixed(cents, 2)),
  ];
}
