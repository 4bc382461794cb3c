// Answers a list request: which records, in which order, which page of them.
import { type Options, option } from '../options.ts';
import { plainText, queryException, type Reply } from '../reply.ts';
import type { Stored } from '../store.ts';
import { parseInstant } from '../wire-date.ts';
import type { FieldTable } from './field.ts';
import { type HighVolume, highVolumeException, isOptimised, volumeMax } from './high-volume.ts';
import { parseOrder } from './order.ts';
import { parseWhere } from './where.ts';

export type ListRequest = {
  readonly options: Options;
  readonly query: URLSearchParams;
  readonly ifModifiedSince: string | undefined;
};

export type Selection<T> =
  | { readonly kind: 'selected'; readonly records: readonly T[]; readonly page: Page | undefined }
  | { readonly kind: 'refused'; readonly reply: Reply };

/** The lower-case `pagination` member of paged replies. */
export type Page = {
  readonly page: number;
  readonly pageSize: number;
  readonly pageCount: number;
  readonly itemCount: number;
};

export type Listing<T> = {
  readonly resource: string;
  readonly fields: FieldTable<T>;
  /** The records to choose from, oldest change first. */
  readonly records: readonly T[];
  /** Tests that belong to the resource, such as `Statuses`. */
  readonly tests: readonly ((record: T) => boolean)[];
  readonly isPaged: boolean;
  /** Some lists have no `where`: there it means nothing. */
  readonly takesWhere?: boolean;
  /** Of resources whose large lists Xero guards. */
  readonly highVolume?: HighVolume | undefined;
};

export function select<T extends Stored>(request: ListRequest, listing: Listing<T>): Selection<T> {
  const tests = [...listing.tests];
  const refuse = (reply: Reply): Selection<T> => ({ kind: 'refused', reply });
  const expression = listing.takesWhere === false ? '' : (request.query.get('where') ?? '');
  const order = request.query.get('order') ?? '';
  let optimised = isOptimised(listing.highVolume, order);
  if (expression.trim() !== '') {
    const guids = option(request, 'where-guid') === 'known';
    const where = parseWhere(expression, listing.fields, listing.resource, guids);
    if (where.kind === 'fault') return refuse(queryException(where.message));
    tests.push(where.test);
    optimised = optimised && isOptimised(listing.highVolume, order, where);
  }
  if (request.ifModifiedSince !== undefined) {
    const sinceMs = parseInstant(request.ifModifiedSince);
    if (sinceMs === undefined)
      return refuse(plainText(412, 'The If-Modified-Since header is not a valid date'));
    // Xero counts whole seconds here.
    const secondMs = Math.floor(sinceMs / 1_000) * 1_000;
    tests.push((record) => record.updatedMs > secondMs);
  }
  const recordsMax = volumeMax(request, listing.highVolume);
  if (!optimised && listing.records.length > recordsMax) return refuse(highVolumeException());
  let records =
    tests.length === 0
      ? listing.records
      : listing.records.filter((record) => tests.every((test) => test(record)));
  if (order.trim() !== '') {
    const parsed = parseOrder(order, listing.fields, listing.resource);
    if (parsed.kind === 'fault') return refuse(queryException(parsed.message));
    records = [...records].sort(parsed.compare);
  }
  if (!listing.isPaged) {
    if (records.length > recordsMax) return refuse(highVolumeException());
    return { kind: 'selected', records, page: undefined };
  }
  const page = pageOf(request.query, records.length);
  const from = (page.page - 1) * page.pageSize;
  return { kind: 'selected', records: records.slice(from, from + page.pageSize), page };
}

const pageSizeDefault = 100;
const pageSizeMax = 1_000;

/** Page and page size out of range are clamped. */
function pageOf(query: URLSearchParams, itemCount: number): Page {
  const pageSize = Math.min(Math.max(wholeNumber(query.get('pageSize'), pageSizeDefault), 1), pageSizeMax);
  const page = Math.max(wholeNumber(query.get('page'), 1), 1);
  return { page, pageSize, pageCount: Math.ceil(itemCount / pageSize), itemCount };
}

function wholeNumber(text: string | null, otherwise: number): number {
  return text !== null && /^-?\d{1,9}$/.test(text.trim()) ? Number(text) : otherwise;
}

/** The values of a comma-joined parameter, in lower case; undefined when it was not sent. */
export function commaList(query: URLSearchParams, name: string): Set<string> | undefined {
  const text = query.get(name);
  if (text === null || text.trim() === '') return undefined;
  return new Set(
    text
      .split(',')
      .map((part) => part.trim().toLowerCase())
      .filter((part) => part !== ''),
  );
}

/** Whether any of the parameters was sent. */
export function isSent(query: URLSearchParams, names: readonly string[]): boolean {
  return names.some((name) => (query.get(name) ?? '') !== '');
}
