// The history's filter in the address bar, and the words for the kinds of events.
import { endOfDay, startOfDay } from '../../day.ts';
import type { EntityName } from '../../entity-path.ts';
import type { UrlFilter } from '../../url-filter.ts';

export const eventKinds = [
  'export',
  'run',
  'load',
  'edit',
  'conflict',
  'retry',
  'urgent',
  'do-not-sync',
  'connection',
  'settings',
] as const;

const kindWords: Readonly<Record<string, string>> = {
  export: 'Export',
  import: 'Import',
  run: 'Sync',
  load: 'CSV import',
  edit: 'Edit',
  conflict: 'Changed in Xero',
  retry: 'Retry',
  urgent: 'Send now',
  'do-not-sync': 'Do not sync',
  connection: 'Connection',
  settings: 'Settings',
};

/** A kind this page does not know yet still reads as words. */
export function kindWord(kind: string): string {
  const known = kindWords[kind];
  if (known !== undefined) return known;
  const spaced = kind.replaceAll('-', ' ');
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

export interface HistoryFilter {
  entity: EntityName | null;
  kind: string | null;
  q: string | null;
  from: string | null;
  to: string | null;
}

export const filterKeys = ['entity', 'kind', 'q', 'from', 'to'] as const;

/** Days are days of the person who looks: from their first to their last instant. */
export function historyFilterOf(url: UrlFilter, entities: readonly EntityName[]): HistoryFilter {
  return {
    entity: url.pick('entity', entities) ?? null,
    kind: url.get('kind') ?? null,
    q: url.get('q') ?? null,
    from: startOfDay(url.get('from')) ?? null,
    to: endOfDay(url.get('to')) ?? null,
  };
}
