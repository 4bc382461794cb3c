// Dates as Xero writes and reads them: `/Date(ms+0000)/`, plain calendar dates and ISO texts.
import { Raw } from './json.ts';

/** A calendar date `YYYY-MM-DD` from any form Xero accepts; undefined when the text is no date. */
export function parseDate(text: string): string | undefined {
  if (knownDates.has(text)) return text;
  const date = readDate(text);
  if (date !== undefined && date === text && knownDates.size < knownDatesMax) knownDates.add(text);
  return date;
}

/** Plain dates that were read before: documents have few different ones, and reading them anew takes long. */
const knownDates = new Set<string>();
const knownDatesMax = 20_000;

function readDate(text: string): string | undefined {
  const wire = /^\\?\/Date\((-?\d+)(?:[+-]\d{4})?\)\\?\/$/.exec(text);
  if (wire !== null) return dateOf(Number(wire[1]));
  const iso = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:?\d{2})?)?$/.exec(
    text,
  );
  if (iso === null) return undefined;
  const [, date = '', time, zone] = iso;
  if (Number.isNaN(dateMs(date)) || dateOf(dateMs(date)) !== date) return undefined;
  if (time === undefined || zone === undefined || zone === 'Z') return date;
  return dateOf(Date.parse(`${date}T${time}${zone}`));
}

/** An instant in ms from ISO with or without zone (then UTC) or RFC 1123; undefined when it is none. */
export function parseInstant(text: string): number | undefined {
  const bare = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?$/.test(text);
  const ms = Date.parse(bare && text.includes('T') ? `${text}Z` : text);
  return Number.isNaN(ms) ? undefined : ms;
}

/** Midnight UTC of a calendar date, in ms. */
export function dateMs(date: string): number {
  return Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10)));
}

/** The UTC calendar date of an instant; undefined when no date can hold it. */
export function dateOf(ms: number): string | undefined {
  return Math.abs(ms) > 8.64e15 || Number.isNaN(ms) ? undefined : new Date(ms).toISOString().slice(0, 10);
}

/** `"\/Date(ms+0000)\/"` of an instant, with the escaped slashes Xero sends. */
export function wireInstant(ms: number): Raw {
  return new Raw(`"\\/Date(${ms}+0000)\\/"`);
}

/** `2022-08-02T01:02:03Z`. */
export function utcString(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/** `"\/Date(ms+0000)\/"` of a calendar date, or undefined for none. */
export function wireDate(date: string): Raw | undefined {
  return date === '' ? undefined : wireInstant(dateMs(date));
}

/** The twin of a wire date: `2022-08-02T00:00:00`, without a zone. */
export function dateString(date: string): string | undefined {
  return date === '' ? undefined : `${date}T00:00:00`;
}

/** The calendar date of an instant where the organisation is. */
export function localDate(ms: number, timeZone: string): string {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    formats.set(timeZone, format);
  }
  return format.format(ms);
}

const formats = new Map<string, Intl.DateTimeFormat>();
