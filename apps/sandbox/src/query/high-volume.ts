// Lists that would touch too many records are refused, unless they go by fields Xero has optimised (XERO.md 2, 5).
import { type Options, option } from '../options.ts';
import { apiException, type Reply } from '../reply.ts';

/** The fields by which a resource can be filtered and ordered however many records there are. */
export type HighVolume = { readonly where: ReadonlySet<string>; readonly order: ReadonlySet<string> };

/** Of resources of which no list of optimised fields is known: the id, the dates and the status. */
export function usualOptimised(idField: string): HighVolume {
  return {
    where: new Set([idField, 'Status', 'Date', 'UpdatedDateUTC']),
    order: new Set([idField, 'Date', 'UpdatedDateUTC']),
  };
}

type Filter = { readonly names: ReadonlySet<string>; readonly calls: boolean };

/** The most records a guarded list may touch; without a limit where the resource is not guarded. */
export function volumeMax(holder: { readonly options: Options }, guard: HighVolume | undefined): number {
  const limit = option(holder, 'high-volume');
  return guard === undefined || limit === 'off' ? Number.POSITIVE_INFINITY : Number(limit);
}

/** Whether order and filter name optimised fields only; methods such as `Contains` never are. */
export function isOptimised(guard: HighVolume | undefined, order: string, filter?: Filter): boolean {
  if (guard === undefined) return true;
  const names = order.split(',').map((part) => part.trim().split(/\s+/)[0] ?? '');
  if (names.some((name) => name !== '' && !guard.order.has(name))) return false;
  return filter === undefined || (!filter.calls && [...filter.names].every((name) => guard.where.has(name)));
}

/** 400 with ErrorNumber 51; Xero's words for it are not known. */
export function highVolumeException(): Reply {
  const message =
    'The request would touch too many records: ask for pages and use optimised filters and orders only';
  return apiException(400, 51, 'HighVolumeException', message);
}
