// Parts that the pages of several kinds of records have: files, notes, and what was paid and set off.
import type { Organisation } from '../organisation.ts';
import { type Cell, instant, link, money, table } from './html.ts';
import { recordAddress } from './list.ts';

/** Nothing where no files hang on the record. */
export function files(organisation: Organisation, parent: string): string {
  const found = organisation.attachments.findAll('parent', parent);
  if (found.length === 0) return '';
  const rows = found.map((file) => [
    link(recordAddress(organisation, 'attachments', file.id), file.name),
    file.mediaType,
    file.length,
  ]);
  return `<h2>Files</h2>${table([['File'], ['Type'], ['Bytes', 'count']], rows, '')}`;
}

export function notes(organisation: Organisation, parent: string): string {
  const found = organisation.history.findAll('parent', parent);
  if (found.length === 0) return '';
  const rows = found.map((note) => [instant(note.updatedMs), note.user, note.details]);
  return `<h2>History</h2>${table([['At'], ['By'], ['Details']], rows, '')}`;
}

/** The payments of a document, and the credits set off against it or by it. */
export function settlements(organisation: Organisation, id: string): string {
  const { payments, allocations } = organisation;
  const paid = payments
    .findAll('document', id)
    .map((one): Cell[] => [
      one.date,
      link(recordAddress(organisation, 'payments', one.id), one.type),
      money(one.amount),
      one.status,
    ]);
  const setOff = [...allocations.findAll('document', id), ...allocations.findAll('invoice', id)].map(
    (one): Cell[] => [
      one.date,
      link(`/record/${one.document === id ? one.invoice : one.document}`, 'Allocation'),
      money(one.amount),
      one.isDeleted ? 'DELETED' : '',
    ],
  );
  if (paid.length + setOff.length === 0) return '';
  const columns = [['Date'], ['What'], ['Amount', 'money'], ['Status']] as const;
  return `<h2>Payments and allocations</h2>${table(columns, [...paid, ...setOff], '')}`;
}
