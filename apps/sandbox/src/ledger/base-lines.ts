// What the lines of a document come to in the base currency, to the cent of what the document itself comes to.
import type { Document } from '../document/document.ts';
import { toBase } from './rate.ts';

/** Net and tax of each line, cents of the base currency. */
export type BaseLines = {
  readonly nets: readonly number[];
  readonly taxes: readonly number[];
  readonly total: number;
  /** The document's own rounding, which stands on an account of its own. */
  readonly rounding: number;
};

/** What rounding leaves over stands on the last line. */
export function baseLines(document: Document): BaseLines {
  const { rate, lines } = document;
  const inclusive = document.mode === 'Inclusive';
  const nets = lines.map((line) => toBase(inclusive ? line.amount - line.tax : line.amount, rate));
  const taxes = lines.map((line) => toBase(line.tax, rate));
  const total = toBase(document.total, rate);
  const rounding = toBase(document.rounding ?? 0, rate);
  if (rate === 1_000_000) return { nets, taxes, total, rounding };
  let rest = total - rounding;
  for (const cents of nets) rest -= cents;
  for (const cents of taxes) rest -= cents;
  const last = lines.findLastIndex((line) => line.amount !== 0);
  const lastNet = nets[last];
  if (rest !== 0 && lastNet !== undefined) nets[last] = lastNet + rest;
  return { nets, taxes, total, rounding };
}
