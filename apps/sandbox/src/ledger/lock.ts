// What the lock dates of an organisation refuse (XERO.md 7.2, ACCOUNTING.md 7).
import { type Options, option } from '../options.ts';
import type { Organisation } from '../organisation.ts';

/** The complaints about an entry in the books on this date. */
export function lockFaults(
  session: { readonly options: Options; readonly organisation: Organisation },
  date: string,
): string[] {
  const { periodLockDate, yearLockDate } = session.organisation.record;
  if (periodLockDate === '' && yearLockDate === '') return [];
  const inclusive = option(session, 'lock-date') === 'on-or-before';
  const locked = (until: string): boolean => until !== '' && (inclusive ? date <= until : date < until);
  if (locked(yearLockDate)) {
    return [`The document date cannot be before the end of year lock date, currently set at ${yearLockDate}`];
  }
  if (locked(periodLockDate) && option(session, 'adviser') === 'no') {
    return [`The document date cannot be before the period lock date, currently set at ${periodLockDate}`];
  }
  return [];
}
