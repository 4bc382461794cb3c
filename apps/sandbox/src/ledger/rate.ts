// Exchange rates, and money in the base currency.
import { fixed, multiplyDivide } from '../exact.ts';
import type { Organisation } from '../organisation.ts';

const whole = 1_000_000;

/** Cents of the base currency for cents of a document, at its rate in millionths, rounded half away from zero. */
export function toBase(cents: number, rate: number): number {
  return rate === whole ? cents : multiplyDivide(cents, whole, rate);
}

/** Units for one US dollar; the sandbox's days all have the same rates. */
const perDollar: Readonly<Record<string, number>> = {
  USD: 1,
  EUR: 0.92,
  GBP: 0.79,
  AUD: 1.52,
  NZD: 1.65,
  CAD: 1.36,
  CHF: 0.88,
  JPY: 151.2,
  SGD: 1.34,
  HKD: 7.82,
  CNY: 7.24,
  INR: 83.4,
  SEK: 10.4,
  NOK: 10.7,
  DKK: 6.86,
  ZAR: 18.4,
};

/** The rate of the day in millionths: units of `currency` for one of `base`. */
export function dayRate(base: string, currency: string): number {
  if (base === currency) return whole;
  return Math.round(((perDollar[currency] ?? 1) / (perDollar[base] ?? 1)) * whole);
}

/** Since April 2026 Xero warns of odd rates (XERO.md 7.10): here of less than half or more than twice the day's, in its own words. */
export function rateWarnings(organisation: Organisation, currency: string, rate: number): string[] {
  const day = dayRate(organisation.record.currency, currency);
  const isOdd = rate * 2 < day || rate > day * 2;
  return isOdd
    ? [`The currency rate ${fixed(rate, 6)} of ${currency} differs much from the rate of the day`]
    : [];
}
