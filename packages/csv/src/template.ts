// What a template is: the columns of a file, which document a row belongs to, and what the rows of one document mean.
import type { Money } from '@stockbook/core';

export interface Template {
  name: string;
  label: string;
  /** The columns a file must have; `fields` are always in this order. */
  columns: readonly string[];
  /** The number of the document a row belongs to, at most 256 characters of it. */
  documentOf(fields: readonly string[]): string;
  /** What the rows of one document mean; at least one row, in the order of the files and their lines. */
  parse(number: string, rows: readonly SourceRow[]): Parsed;
}

export interface SourceRow {
  /** Which file of the load, from 1. */
  file: number;
  /** The line of the file where the row begins; the header is line 1. */
  line: number;
  fields: readonly string[];
}

export type Parsed = Sale | Adjustment | Rejected;

/** An invoice or a credit note; quantities are positive on both, prices without tax. */
export interface Sale {
  kind: 'invoice' | 'credit-note';
  number: string;
  /** 'YYYY-MM-DD' */
  date: string;
  dueDate: string;
  currency: string;
  party: Party;
  lines: SaleLine[];
}

/** The customer as the file names them. */
export interface Party {
  number: string;
  name: string;
  country: string;
}

export interface SaleLine {
  item: ItemMention;
  /** The row's own words; empty where the item's name is to stand. */
  description: string;
  quantity: Money;
  unitPrice: Money;
  nature: string;
  treatment: string;
  /** Percent. */
  taxRate: Money;
}

/** A change of levels: positive quantities raise. */
export interface Adjustment {
  kind: 'stock-adjustment';
  number: string;
  date: string;
  reason: string | null;
  lines: { item: ItemMention; quantity: Money }[];
}

/** How good a name is: from a row with a price, from a free row, or only the code. */
export type NameSource = 'priced' | 'free' | 'code';

/** An item as one row names it. */
export interface ItemMention {
  code: string;
  name: string;
  nameSource: NameSource;
  kind: 'goods' | 'service';
}

/** The document leaves nothing behind; the rows named here are the culprits. */
export interface Rejected {
  kind: 'rejected';
  reasons: Reason[];
}

export interface Reason {
  file: number;
  line: number;
  reason: string;
}
