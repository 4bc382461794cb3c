// The shape Xero gives every report: titles, a header, sections of rows, cells of text.
import type { Visit } from '../call/visit.ts';
import { fixed } from '../exact.ts';
import { parseDate, wireInstant } from '../wire-date.ts';

export type Cell = { readonly Value: string; readonly Attributes?: readonly { Value: string; Id: string }[] };
export type Row =
  | { readonly RowType: 'Header' | 'Row' | 'SummaryRow'; readonly Cells: readonly Cell[] }
  | { readonly RowType: 'Section'; readonly Title: string; readonly Rows: readonly Row[] };

export type Report = {
  readonly type: string;
  readonly name: string;
  /** Stand in the place of the report's and the organisation's name. */
  readonly heading?: readonly string[];
  readonly titles: readonly string[];
  readonly rows: readonly Row[];
};

export type ReportMade =
  | { readonly kind: 'report'; readonly report: Report }
  | { readonly kind: 'refused'; readonly message: string };

export function reportView(visit: Visit, report: Report): Readonly<Record<string, unknown>> {
  const { organisation, nowMs } = visit;
  return {
    ReportID: report.type,
    ReportName: report.name,
    ReportType: report.type,
    ReportTitles: [...(report.heading ?? [report.name, organisation.record.name]), ...report.titles],
    ReportDate: longDate(new Date(nowMs).toISOString().slice(0, 10)),
    UpdatedDateUTC: wireInstant(nowMs),
    Fields: [],
    Rows: report.rows,
  };
}

/** Cells with the id of what they are about. */
export function cells(values: readonly string[], id: string, about: string): Cell[] {
  return values.map((Value) => ({ Value, Attributes: [{ Value: about, Id: id }] }));
}

export function plainCells(values: readonly string[]): Cell[] {
  return values.map((Value) => ({ Value }));
}

/** A debit and a credit column of one balance: the other one is empty. */
export function twoColumns(cents: number): [string, string] {
  return cents >= 0 ? [cents === 0 ? '' : fixed(cents, 2), ''] : ['', fixed(-cents, 2)];
}

/** `31 March 2026`. */
export function longDate(date: string): string {
  const format = new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
  return format.format(new Date(`${date}T00:00:00Z`));
}

/** A date parameter; the fallback where it was not sent, undefined where it is none. */
export function dateParameter(visit: Visit, name: string, otherwise: string): string | undefined {
  const sent = visit.query.get(name);
  return sent === null || sent === '' ? otherwise : parseDate(sent);
}
