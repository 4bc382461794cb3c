// Making, changing and voiding manual journals (XERO.md 7.6, 4.2, 10.2).
import { randomUUID } from 'node:crypto';
import { change, type Matching, type Session } from '../call/visit.ts';
import { isAbsoluteUrl } from '../document/document-rules.ts';
import { fixed } from '../exact.ts';
import { readDate, readFlag, readGuid, readList, readText, readWord, type Source } from '../fields.ts';
import { lockFaults } from '../ledger/lock.ts';
import { option } from '../options.ts';
import { localDate } from '../wire-date.ts';
import { journalLine } from './journal-line.ts';
import type { JournalLine, ManualJournal } from './manual-journal.ts';

export type MadeJournal =
  | { readonly kind: 'made'; readonly journal: ManualJournal; readonly warnings: readonly string[] }
  | { readonly kind: 'refused'; readonly id: string; readonly messages: readonly string[] }
  | { readonly kind: 'missing' };

const statuses = ['DRAFT', 'POSTED', 'DELETED', 'VOIDED'] as const;

const steps: Readonly<Record<ManualJournal['status'], readonly ManualJournal['status'][]>> = {
  DRAFT: ['DRAFT', 'POSTED', 'DELETED'],
  POSTED: ['POSTED', 'VOIDED'],
  DELETED: [],
  VOIDED: [],
};

export function writeJournal(session: Session, source: Source, matching: Matching): MadeJournal {
  const id = matching.kind === 'id' ? matching.id.toLowerCase() : readGuid(source, 'ManualJournalID');
  const before =
    matching.kind === 'create' || id === undefined ? undefined : session.organisation.manualJournals.get(id);
  if (matching.kind === 'id' && before === undefined) return { kind: 'missing' };
  const warnings: string[] = [];
  const messages: string[] = [];
  const journal = readJournal(session, source, before, warnings, messages);
  const legal =
    before === undefined
      ? journal.status === 'DRAFT' || journal.status === 'POSTED'
      : steps[before.status].includes(journal.status);
  if (!legal) {
    const what = before === undefined ? 'creation' : 'modification';
    return { kind: 'refused', id: id ?? '', messages: [`Manual journal not of valid status for ${what}`] };
  }
  messages.push(...faultsOf(session, journal, before));
  if (messages.length > 0) return { kind: 'refused', id: before?.id ?? '', messages: [...new Set(messages)] };
  change(session, { kind: 'manual-journal', record: journal });
  return { kind: 'made', journal, warnings };
}

function readJournal(
  session: Session,
  source: Source,
  before: ManualJournal | undefined,
  warnings: string[],
  messages: string[],
): ManualJournal {
  const mode =
    readWord(source, 'LineAmountTypes', ['Exclusive', 'Inclusive', 'NoTax'], 'LineAmountType') ??
    before?.mode ??
    'NoTax';
  const lines = readList(source, 'JournalLines');
  const { timeZone } = session.organisation.record;
  return {
    id: before?.id ?? randomUUID(),
    narration: readText(source, 'Narration') ?? before?.narration ?? '',
    date: readDate(source, 'Date') ?? before?.date ?? localDate(session.nowMs, timeZone),
    status: readWord(source, 'Status', statuses, 'ManualJournalStatus') ?? before?.status ?? 'DRAFT',
    mode,
    url: readText(source, 'Url') ?? before?.url ?? '',
    onCashBasis: readFlag(source, 'ShowOnCashBasisReports') ?? before?.onCashBasis ?? true,
    lines:
      lines === undefined
        ? (before?.lines ?? [])
        : lines.flatMap((line) => journalLine(session, line, mode, warnings, messages)),
    updatedMs: session.nowMs,
  };
}

function faultsOf(session: Session, journal: ManualJournal, before: ManualJournal | undefined): string[] {
  const messages: string[] = [];
  if (journal.narration.trim() === '') messages.push('Narration must be specified');
  if (journal.narration.length > 4_000)
    messages.push('The field Narration must be a string with a maximum length of 4000.');
  if (journal.url !== '' && !isAbsoluteUrl(journal.url)) messages.push('Url must be a valid absolute url');
  const ends = journal.status === 'DELETED' || journal.status === 'VOIDED';
  if (!ends) {
    const hasLines = journal.lines.length > 1 && journal.lines.some((line) => line.amount !== 0);
    if (!hasLines && option(session, 'journal-of-nothing') === 'refuse')
      messages.push('A manual journal must have at least 2 lines with amounts');
    messages.push(...balanceFaults(journal));
  }
  if (journal.status === 'POSTED' || journal.status === 'VOIDED')
    messages.push(...lockFaults(session, journal.date));
  if (before?.status === 'POSTED') messages.push(...lockFaults(session, before.date));
  return messages;
}

/** Debits and credits with their tax must be equal. */
function balanceFaults(journal: ManualJournal): string[] {
  const total = (line: JournalLine): number =>
    journal.mode === 'Exclusive' ? line.amount + line.tax : line.amount;
  let [debits, credits] = [0, 0];
  for (const line of journal.lines) {
    if (total(line) > 0) debits += total(line);
    else credits += total(line);
  }
  return debits + credits === 0
    ? []
    : [`The total debits (${fixed(debits, 2)}) must equal total credits (${fixed(credits, 2)})`];
}
