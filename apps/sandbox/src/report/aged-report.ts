// Reports/AgedReceivablesByContact and AgedPayablesByContact: the open documents of one contact and how late they are.
import type { Visit } from '../call/visit.ts';
import { type Document, isApproved, isSales, openAmount } from '../document/document.ts';
import { fixed } from '../exact.ts';
import { isGuid } from '../fields.ts';
import { dateMs, dateString, localDate } from '../wire-date.ts';
import { cells, dateParameter, longDate, plainCells, type ReportMade, type Row } from './report.ts';

const dayMs = 86_400_000;

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
    const documents = [...organisation.invoices.ordered(), ...organisation.creditNotes.ordered()].filter(
      (document) =>
        document.contact === contact.id &&
        isSales(document.type) === sales &&
        isApproved(document.status) &&
        openAmount(document) !== 0 &&
        document.date >= from &&
        document.date <= to,
    );
    const type = sales ? 'AgedReceivablesByContact' : 'AgedPayablesByContact';
    const name = sales ? 'Aged Receivables By Contact' : 'Aged Payables By Contact';
    const titles = [`Invoices for ${contact.name}`, `As at ${longDate(date)}`];
    return { kind: 'report', report: { type, name, titles, rows: rowsOf(documents, date) } };
  };
}

function rowsOf(documents: readonly Document[], date: string): Row[] {
  const sums = [0, 0, 0, 0];
  const rows: Row[] = [...documents].sort(byDate).map((document) => {
    const sign = document.type.endsWith('CREDIT') ? -1 : 1;
    const amounts = [document.total, document.paid, document.credited, openAmount(document)];
    for (const [index, cents] of amounts.entries()) sums[index] = (sums[index] ?? 0) + sign * cents;
    const late = document.dueDate === '' ? 0 : Math.floor((dateMs(date) - dateMs(document.dueDate)) / dayMs);
    const values = [
      dateString(document.date) ?? '',
      document.number,
      dateString(document.dueDate) ?? '',
      late > 0 ? `${late} days overdue` : '',
      ...amounts.map((cents) => fixed(sign * cents, 2)),
    ];
    return { RowType: 'Row', Cells: cells(values, 'invoiceID', document.id) };
  });
  const header = ['Date', 'Number', 'Due Date', '', 'Total', 'Paid', 'Credited', 'Due'];
  const total = (word: string): Row => ({
    RowType: 'SummaryRow',
    Cells: plainCells([word, '', '', '', ...sums.map((cents) => fixed(cents, 2))]),
  });
  return [
    { RowType: 'Header', Cells: plainCells(header) },
    { RowType: 'Section', Title: '', Rows: [...rows, total('Total')] },
    { RowType: 'Section', Title: '', Rows: [total('Closing Balance')] },
  ];
}

function byDate(a: Document, b: Document): number {
  return a.date < b.date ? -1 : a.date > b.date ? 1 : 0;
}
