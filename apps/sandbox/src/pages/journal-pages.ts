// The journals: everything that was ever posted, by number, and what one of them posted.
import { journalAt, type NumberedJournal } from '../journal/numbered-journal.ts';
import type { Organisation } from '../organisation.ts';
import { type Cell, facts, html, instant, link, money, table } from './html.ts';
import { type List, recordAddress } from './list.ts';
import type { RecordPage } from './record-page.ts';

export const journalList: List = {
  name: 'journals',
  title: 'Journals',
  columns: [['Number'], ['Date'], ['From'], ['Reference'], ['Debits', 'money'], ['Posted']],
  records: (one) =>
    one.journalBook.booked.map(({ createdMs }, at) => ({ id: String(at + 1), updatedMs: createdMs })),
  rows: (one, records) =>
    records.map(({ id }) => {
      const journal = journalAt(one, Number(id));
      const { date, reference, createdMs, postings } = journal.entry;
      const debits = postings.reduce((sum, { amount }) => sum + Math.max(0, amount), 0);
      const number = link(recordAddress(one, 'journals', id), id);
      return [number, date, source(one, journal), reference, money(debits), instant(createdMs)];
    }),
};

/** Undefined where there is no journal of this number. */
export function journalPage(organisation: Organisation, number: string): RecordPage | undefined {
  const { booked } = organisation.journalBook;
  if (!/^\d{1,9}$/.test(number) || booked[Number(number) - 1] === undefined) return undefined;
  const journal = journalAt(organisation, Number(number));
  const { date, reference, createdMs, postings } = journal.entry;
  const reverses = booked[Number(number) - 1]?.reverses;
  const pairs: [string, Cell][] = [
    ['Date', date],
    ['From', source(organisation, journal)],
    ['Takes back', reverses === undefined ? '' : journalLink(organisation, reverses)],
    ['Reference', reference],
    ['Posted', instant(createdMs)],
  ];
  const rows = postings.map((posting) => postingRow(organisation, posting));
  return {
    title: `Journal ${number}`,
    body: facts(pairs) + table(postingColumns, rows, 'It posted nothing.'),
  };
}

/** What a record has posted: each journal of it, also those that took one back. */
export function postedBy(organisation: Organisation, id: string): string {
  const rows = organisation.journalBook.booked.flatMap((one, at) => {
    if (one.source !== id) return [];
    const { entry } = journalAt(organisation, at + 1);
    return entry.postings.map((posting) => [
      journalLink(organisation, at + 1),
      ...postingRow(organisation, posting),
    ]);
  });
  const columns = [['Journal'], ...postingColumns] as const;
  return `<h2>In the books</h2>${table(columns, rows, 'It has posted nothing.')}`;
}

const postingColumns = [['Account'], ['Description'], ['Debit', 'money'], ['Credit', 'money']] as const;

function postingRow(
  organisation: Organisation,
  { account, amount, description }: NumberedJournal['entry']['postings'][number],
): Cell[] {
  const { code = '', name = '' } = organisation.accounts.get(account) ?? {};
  const [debit, credit] = [amount > 0 ? money(amount) : '', amount < 0 ? money(-amount) : ''];
  return [`${code} ${name}`.trim(), description, debit, credit];
}

function journalLink(organisation: Organisation, number: number): Cell {
  return link(recordAddress(organisation, 'journals', String(number)), String(number));
}

/** An allocation has no page of its own; that of its credit shows it. */
function source(organisation: Organisation, { entry }: NumberedJournal): Cell {
  const allocation = organisation.allocations.get(entry.source);
  const id = allocation?.document ?? entry.source;
  return html(link(`/record/${id}`, entry.sourceType).html);
}
