// Numbers, money and times as people read them; every formatter is made once.

const integer = new Intl.NumberFormat('en-GB');
const decimal = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 4 });
const price = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 4 });
const calendarDate = new Intl.DateTimeFormat('en-GB', {
  day: '2-digit',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});
const dayTime = new Intl.DateTimeFormat('en-GB', {
  day: '2-digit',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});
const fullTime = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'long' });
const clockTime = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const relative = new Intl.RelativeTimeFormat('en-GB', { numeric: 'auto', style: 'short' });
const moneyFormats = new Map<string, Intl.NumberFormat>();

export function formatCount(value: number): string {
  return integer.format(value);
}

export function formatDecimal(value: string): string {
  return decimal.format(Number(value));
}

/** A unit price: at least two places, at most the four that Xero keeps. */
export function formatPrice(value: string): string {
  return price.format(Number(value));
}

/** Decimal text with the currency's own places; the text itself is exact, only its grouping is added here. */
export function formatMoney(value: string, currency: string | null): string {
  return moneyFormat(currency).format(Number(value));
}

/** A plain calendar date, never shifted by a time zone. */
export function formatDate(value: string): string {
  return calendarDate.format(new Date(`${value.slice(0, 10)}T00:00:00Z`));
}

export function formatDayTime(value: string): string {
  return dayTime.format(new Date(value));
}

export function formatClock(value: string): string {
  return clockTime.format(new Date(value));
}

/** A moment to wait for: the clock alone when it is today, with its day otherwise. */
export function formatUntil(value: string, currentMs: number): string {
  const sameDay = new Date(value).toDateString() === new Date(currentMs).toDateString();
  return sameDay ? formatClock(value) : formatDayTime(value);
}

/** A moment that is near, in seconds: 'in 40 s'; 'at 14:03:10' beyond a minute and a half. */
export function formatSoon(value: string, currentMs: number): string {
  const waitMs = new Date(value).getTime() - currentMs;
  if (waitMs > 90_000) return `at ${formatUntil(value, currentMs)}`;
  return waitMs > 0 ? `in ${Math.ceil(waitMs / 1000)} s` : 'now';
}

export function formatFullTime(value: string): string {
  return fullTime.format(new Date(value));
}

const steps: readonly { unit: Intl.RelativeTimeFormatUnit; seconds: number }[] = [
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3_600 },
  { unit: 'minute', seconds: 60 },
];

/** 'just now', '5 min ago', 'yesterday'. */
export function formatAgo(value: string, currentMs: number): string {
  const seconds = Math.round((new Date(value).getTime() - currentMs) / 1000);
  const step = steps.find((candidate) => Math.abs(seconds) >= candidate.seconds);
  if (step === undefined) return 'just now';
  return relative.format(Math.trunc(seconds / step.seconds), step.unit);
}

/** '1 min 05 s', '2 h 10 min'. */
export function formatSpan(milliseconds: number): string {
  if (milliseconds < 1000) return 'under 1 s';
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${String(seconds % 60).padStart(2, '0')} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** '1 invoice', '3 invoices' with the plural given. */
export function formatPlural(count: number, singular: string, plural: string): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`;
}

function moneyFormat(currency: string | null): Intl.NumberFormat {
  const key = currency ?? '';
  const known = moneyFormats.get(key);
  if (known !== undefined) return known;
  const made =
    currency === null
      ? new Intl.NumberFormat('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
      : new Intl.NumberFormat('en-GB', { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
  moneyFormats.set(key, made);
  return made;
}
