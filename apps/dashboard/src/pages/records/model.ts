// Filter and order of a list of records, as they stand in the address bar.
import { dayOf, endOfDay, startOfDay } from '../../day.ts';
import type { UrlFilter } from '../../url-filter.ts';
import type { RecordFilter, RecordSort } from './query.ts';

export const syncStates = [
  'NEW',
  'PENDING',
  'HELD',
  'CONFLICT',
  'SENDING',
  'CHECKING',
  'COMPLETED',
  'WARNING',
  'FAILED',
  'SKIPPED',
] as const;

/** Column keys that the server can order by, with what it calls them. */
const sortKeys: Readonly<Record<string, RecordSort['key']>> = {
  number: 'NUMBER',
  date: 'DATE',
  title: 'TITLE',
  lastExportAt: 'LAST_EXPORT',
  accountingCode: 'ACCOUNTING_CODE',
};

export const filterKeys = [
  'q',
  'state',
  'status',
  'exported',
  'code',
  'dateFrom',
  'dateTo',
  'exportFrom',
  'exportTo',
  'importFrom',
  'importTo',
  'noExport',
  'noImport',
] as const;

export function recordFilterOf(url: UrlFilter): RecordFilter {
  return {
    q: url.get('q') ?? null,
    syncState: url.pick('state', syncStates) ?? null,
    status: url.get('status') ?? null,
    exported: url.flag('exported') ?? null,
    accountingCode: url.get('code') ?? null,
    dateFrom: dayOf(url.get('dateFrom')) ?? null,
    dateTo: dayOf(url.get('dateTo')) ?? null,
    lastExportFrom: startOfDay(url.get('exportFrom')) ?? null,
    lastExportTo: endOfDay(url.get('exportTo')) ?? null,
    lastImportFrom: startOfDay(url.get('importFrom')) ?? null,
    lastImportTo: endOfDay(url.get('importTo')) ?? null,
    noExport: url.flag('noExport') ?? null,
    noImport: url.flag('noImport') ?? null,
  };
}

/** `sort=-date` in the address: by date, from the latest. */
export function sortOf(text: string | undefined): { column: string; sort: RecordSort } | undefined {
  if (text === undefined) return undefined;
  const descending = text.startsWith('-');
  const column = descending ? text.slice(1) : text;
  const key = sortKeys[column];
  return key === undefined ? undefined : { column, sort: { key, descending } };
}

/** A click sorts upwards, a second one downwards, a third gives the list's own order back. */
export function nextSort(current: string | undefined, column: string): string | undefined {
  if (current === column) return `-${column}`;
  return current === `-${column}` ? undefined : column;
}

export function canSort(column: string): boolean {
  return sortKeys[column] !== undefined;
}
