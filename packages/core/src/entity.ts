// What an entity says of itself: its columns, its form, whose word counts, and what it comes after.

/** Whose word counts for a field. */
export type Owner = 'ours' | 'theirs' | 'either';

export type ColumnKind = 'text' | 'date' | 'time' | 'money' | 'state' | 'flag';

export type ColumnKey =
  | 'number'
  | 'title'
  | 'date'
  | 'total'
  | 'currency'
  | 'status'
  | 'syncState'
  | 'accountingCode'
  | 'lastExportAt'
  | 'lastImportAt'
  | 'noExport'
  | 'noExportReason'
  | 'noImport'
  | 'noImportReason'
  | 'xeroId';

export interface Column {
  key: ColumnKey;
  label: string;
  kind: ColumnKind;
  filterable: boolean;
  sortable: boolean;
}

export interface FormField {
  key: string;
  label: string;
  kind: 'text' | 'email' | 'date' | 'money' | 'quantity' | 'record' | 'lines';
  required: boolean;
  maxLength?: number;
}

/** A label and a text, as a record's page shows them. */
export interface Detail {
  label: string;
  text: string;
  /** The id of a record it names: shown by that record's title, as a link. */
  recordId?: string;
}

/** Whether an entity reaches Xero: 'not yet' has no map, remote or fixtures; 'read only' has no send. */
export type Exports = 'yes' | 'not yet' | 'read only';

/** What a list and the sync know of any record; written with it in one transaction. */
export interface Listed {
  id: string;
  number: string | null;
  title: string;
  /** A plain calendar date, 'YYYY-MM-DD'. */
  date: string | null;
  total: string | null;
  currency: string | null;
  status: string;
}

/** The columns every entity has after its own: what a person asks of the sync (A66 to A74). */
export const syncColumns: readonly Column[] = [
  { key: 'syncState', label: 'Sync', kind: 'state', filterable: true, sortable: false },
  { key: 'accountingCode', label: 'Accounting code', kind: 'text', filterable: true, sortable: true },
  { key: 'lastExportAt', label: 'Last export date', kind: 'time', filterable: true, sortable: true },
  { key: 'lastImportAt', label: 'Last import date', kind: 'time', filterable: true, sortable: false },
  { key: 'noExport', label: 'Do not export', kind: 'flag', filterable: true, sortable: false },
  { key: 'noExportReason', label: 'Why not exported', kind: 'text', filterable: false, sortable: false },
  { key: 'noImport', label: 'Do not import', kind: 'flag', filterable: true, sortable: false },
  { key: 'noImportReason', label: 'Why not imported', kind: 'text', filterable: false, sortable: false },
];
