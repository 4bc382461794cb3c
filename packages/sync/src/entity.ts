// What the sync needs of an entity; each folder under entities/ fills it, and engine files know no entity by name.
import type { Column, Detail, Exports, Fields, FormField, Owner } from '@stockbook/core';
import type { ModelTx, Sql, Tx } from '@stockbook/db';
import type {
  CallResult,
  Element,
  ReadResult,
  SendCall,
  SendResult,
  Wire,
  XeroApi,
  XeroLists,
} from '@stockbook/xero';

/** What rows are read with, inside or outside a transaction. */
export type Reader = Pick<Sql, 'query'>;

/** What a map may know of other records: Xero's ids of its parents, and what natures and treatments are sent with. */
export interface Ids {
  xeroId(recordId: string): string | undefined;
  /** A parent in words, such as 'contact C-17 (Smith Ltd)'. */
  title(recordId: string): string;
  /** Whether a person keeps it from going to Xero. */
  isKept(recordId: string): boolean;
  accountCode(nature: string): string | undefined;
  /** For the rate, in percent, that the line was reckoned with. */
  taxType(treatment: string, rate: string): string | undefined;
  /** An item's code by its id, as Xero holds it: a new one may not have gone yet. */
  code(recordId: string): string | undefined;
}

export type Mapped =
  | { kind: 'ready'; wire: Wire }
  | { kind: 'held'; held: 'parent' | 'account'; reason: string };

export interface Remote {
  /** Sends a frozen batch. */
  send(api: XeroApi, call: Omit<SendCall, 'resource'>): Promise<SendResult>;
  /** Looks the members of a batch up by their natural keys. */
  find(api: XeroApi, wires: Wire[]): Promise<CallResult>;
  /** The text as it goes on the wire, and its SHA-256 in hex. */
  freeze(wires: Wire[]): { body: string; hash: string };
  /** The natural key of a payload, and of an answer's element: number or code; never the position. */
  keyOf(wire: Wire): string;
  keyOfElement(element: Element): string | undefined;
  /** The payloads of a frozen text. */
  thaw(body: string): Wire[];
  /** Makes a payload an update: sets Xero's id, and on lines the ids of those that stay, from `agreed`, Xero's last answer as text. */
  withId(wire: Wire, xeroId: string, agreed: string): Wire;
  /** Reads what Xero holds now of the members of an update. */
  current(api: XeroApi, wires: Wire[]): Promise<CallResult>;
  /** What a payload, or an element of an answer, says field by field. */
  fields(payload: unknown): Fields;
}

/** A list that is only read from Xero, and always as a whole. */
export interface WholeList<R> {
  list(api: XeroLists): Promise<ReadResult<R[]>>;
  /** Marks as deleted what the last reading no longer held. */
  retire(tx: Tx, records: readonly R[]): Promise<void>;
}

/** A change that is to be held for a parent, or one that is. */
export type Waiting = 'pending' | 'held for a parent';

/** A record that needs another one. */
export interface Dependant {
  id: string;
  parent: string;
}

export interface Entity<R extends { id: string } = { id: string }> {
  name: string;
  label: string;
  singular: string;
  /** Entities that must be in Xero before this one. */
  after: readonly string[];
  exports: Exports;
  /** Changes of documents are sent to the ledger; lists are not. */
  owner: Readonly<Record<string, Owner>>;
  columns: readonly Column[];
  form: readonly FormField[];
  batchMax: number;
  /** Reads records in our canonical shape, in the order of `ids`; unknown ids are left out. */
  load(reader: Reader, organisation: string, ids: readonly string[]): Promise<R[]>;
  /** Writes records with their `record` rows and stock movements; the caller calls outbox.record where they must reach Xero. */
  apply(tx: ModelTx, records: readonly R[]): Promise<void>;
  /** Label and text pairs of the record's page. */
  details(record: R): Detail[];
  /** Ids of the records this one cannot go without. */
  parents(record: R): string[];
  /** This entity's records that need one of `parents` and have a change that waits, once for each that they need. */
  dependants(
    reader: Reader,
    organisation: string,
    parents: readonly string[],
    waiting: Waiting,
  ): Promise<Dependant[]>;
  toXero?(record: R, ids: Ids): Mapped;
  /** What of Xero's answer differs from what was planned and sent, in words; undefined when it agrees (X17). */
  check?(record: R, element: Element, wire: Wire | undefined): string | undefined;
  /** The record with what Xero holds of it, where that can be taken over whole; undefined where it cannot. */
  adopt?(record: R, theirs: Fields): R | undefined;
  remote?: Remote;
  /** Of a read-only list. */
  wholeList?: WholeList<R>;
  graphql?: () => Promise<unknown>;
}

/** Keeps an entity's own record type while it is described. */
export function defineEntity<R extends { id: string }>(entity: Entity<R>): Entity<R> {
  return entity;
}
