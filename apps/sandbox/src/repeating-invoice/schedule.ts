// When a repeating invoice is due to be made; the sandbox keeps and shows it, and makes no invoices of it.
import { readChild, readDate, readNumber, readWord, type Source } from '../fields.ts';
import { wireDate } from '../wire-date.ts';

/** The members of a schedule by Xero's names, as they are kept. */
export type Schedule = Readonly<Record<string, string>>;

const units = ['WEEKLY', 'MONTHLY'] as const;
const dueTypes = [
  'DAYSAFTERBILLDATE',
  'DAYSAFTERBILLMONTH',
  'DAYSAFTERINVOICEDATE',
  'DAYSAFTERINVOICEMONTH',
  'OFCURRENTMONTH',
  'OFFOLLOWINGMONTH',
] as const;

/** What was sent replaces the schedule as a whole; it begins today unless it says otherwise. */
export function readSchedule(
  source: Source,
  before: Schedule | undefined,
  today: string,
  messages: string[],
): Schedule {
  const sent = readChild(source, 'Schedule');
  if (sent === undefined) {
    if (before === undefined) messages.push('A Schedule must be specified');
    return before ?? {};
  }
  const start = readDate(sent, 'StartDate') ?? before?.StartDate ?? today;
  const end = readDate(sent, 'EndDate');
  if (end !== undefined && end < start) messages.push('The EndDate cannot be before the StartDate');
  const unit = readWord(sent, 'Unit', units, 'ScheduleUnit');
  if (unit === undefined) messages.push('The Unit of the Schedule must be specified');
  const dueType = readWord(sent, 'DueDateType', dueTypes, 'PaymentTermType');
  if (dueType === undefined) messages.push('The DueDateType of the Schedule must be specified');
  return {
    Period: countOf(sent, 'Period', 1, messages),
    Unit: unit ?? '',
    DueDate: countOf(sent, 'DueDate', 0, messages),
    DueDateType: dueType ?? '',
    StartDate: start,
    ...(end === undefined ? {} : { EndDate: end }),
  };
}

function countOf(sent: Source, name: string, min: number, messages: string[]): string {
  const count = Number(readNumber(sent, name));
  if (!Number.isInteger(count) || count < min)
    messages.push(`The ${name} of the Schedule must be a whole number of at least ${min}`);
  return String(count);
}

export function scheduleView(schedule: Schedule): Readonly<Record<string, unknown>> {
  const { StartDate = '', EndDate = '' } = schedule;
  return {
    Period: Number(schedule.Period),
    Unit: schedule.Unit,
    DueDate: Number(schedule.DueDate),
    DueDateType: schedule.DueDateType,
    StartDate: wireDate(StartDate),
    NextScheduledDate: wireDate(StartDate),
    EndDate: wireDate(EndDate),
  };
}
