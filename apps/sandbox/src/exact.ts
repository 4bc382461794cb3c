// Exact decimals as whole numbers of small units: cents for money, ten-thousandths for prices and quantities.

/** The value in units of 10^-places, rounded half away from zero; undefined when it is no number or too large. */
export function toUnits(sent: number | string, places: number): number | undefined {
  if (typeof sent === 'number') {
    const scale = powerOf(places);
    const units = Math.round(sent * scale);
    if (units / scale === sent && Number.isSafeInteger(units)) return units + 0;
  }
  const decimal = parseDecimal(sent);
  if (decimal === undefined) return undefined;
  const units =
    decimal.places <= places
      ? decimal.digits * 10n ** BigInt(places - decimal.places)
      : divide(decimal.digits, 10n ** BigInt(decimal.places - places));
  const whole = Number(units);
  return Number.isSafeInteger(whole) ? whole : undefined;
}

/** Whether more digits stand behind the point than that, trailing noughts not counted; not for what is no number. */
export function hasMorePlaces(sent: number | string, places: number): boolean {
  // A number is the nearest to its own text, and has no shorter one: what comes back whole has no more places.
  if (typeof sent === 'number') {
    const scale = powerOf(places);
    const units = Math.round(sent * scale);
    if (units / scale === sent && Number.isSafeInteger(units)) return false;
  }
  return placesOf(sent) > places;
}

/** How many digits stand behind the point, trailing noughts not counted; 0 for what is no number. */
export function placesOf(sent: number | string): number {
  if (typeof sent === 'number') {
    // The text of a number has no noughts at its end, so that counting is enough.
    const text = String(sent);
    if (!text.includes('e')) return text.includes('.') ? text.length - text.indexOf('.') - 1 : 0;
  }
  const decimal = parseDecimal(sent);
  if (decimal === undefined) return 0;
  let { digits, places } = decimal;
  while (places > 0 && digits % 10n === 0n) {
    digits /= 10n;
    places -= 1;
  }
  return places;
}

/** Where the half of a unit goes: away from zero, or to the even neighbour. */
export type Midpoint = 'away' | 'even';

/** a * b / divisor, rounded to the nearest; exact for every safe whole number. */
export function multiplyDivide(a: number, b: number, divisor: number, midpoint: Midpoint = 'away'): number {
  const product = a * b;
  if (!Number.isSafeInteger(product)) return Number(divide(BigInt(a) * BigInt(b), BigInt(divisor), midpoint));
  // Division and a correction are quicker than the remainder of large numbers: a quotient just below a whole number may have been rounded up to it.
  let quotient = Math.trunc(product / divisor);
  let remainder = product - quotient * divisor;
  if (remainder !== 0 && remainder < 0 !== product < 0) {
    quotient -= Math.sign(quotient);
    remainder = product - quotient * divisor;
  }
  const twice = Math.abs(remainder) * 2;
  if (twice < divisor || (twice === divisor && midpoint === 'even' && quotient % 2 === 0))
    return quotient + 0;
  return product < 0 ? quotient - 1 : quotient + 1;
}

/** a * b * c / divisor, rounded to the nearest, however large the product. */
export function multiplyThreeDivide(
  a: number,
  b: number,
  c: number,
  divisor: bigint,
  midpoint: Midpoint = 'away',
): number {
  return Number(divide(BigInt(a) * BigInt(b) * BigInt(c), divisor, midpoint));
}

/** Units of 10^-places as decimal text, `-12.50`. */
export function fixed(units: number, places: number): string {
  if (places === 2 && units >= 0 && units <= wholeMax) return hundredths(units);
  if (places === 4 && units >= 0 && units <= wholeMax) {
    const last = units % 100;
    const whole = (units - last) / 100;
    return last === 0 ? hundredthsAnd00(whole) : `${hundredths(whole)}${twoDigits[last]}`;
  }
  const digits = String(Math.abs(units)).padStart(places + 1, '0');
  const sign = units < 0 ? '-' : '';
  return places === 0 ? sign + digits : `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** Money and quantities of everyday size are most of what is written: they are looked up, others by two digits at a time. */
function hundredths(units: number): string {
  const known = everyday[units];
  if (known) return known;
  const last = units % 100;
  const text = `${(units - last) / 100}.${twoDigits[last]}`;
  if (units < everydayMax) everyday[units] = text;
  return text;
}

/** Prices with two decimals are most of those that are written with four. */
function hundredthsAnd00(units: number): string {
  const known = everydayAnd00[units];
  if (known) return known;
  const text = `${hundredths(units)}00`;
  if (units < everydayMax) everydayAnd00[units] = text;
  return text;
}

/** By their units, filled as they are met. */
const everydayMax = 50_000;
const everyday: string[] = Array.from({ length: everydayMax }, () => '');
const everydayAnd00: string[] = Array.from({ length: everydayMax }, () => '');

const wholeMax = 2 ** 31 - 1;
const twoDigits = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0'));

/** 10^places; looked up, since raising to a power takes long. */
function powerOf(places: number): number {
  return powers[places] ?? 10 ** places;
}

const powers = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000];

const decimalText = /^\s*([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?\s*$/;

function parseDecimal(sent: number | string): { digits: bigint; places: number } | undefined {
  const match = decimalText.exec(String(sent));
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  if (whole === '' && fraction === '') return undefined;
  const digits = BigInt(sign === '-' ? `-${whole}${fraction}` : `${whole}${fraction}`);
  const places = fraction.length - Number(exponent);
  return places >= 0 ? { digits, places } : { digits: digits * 10n ** BigInt(-places), places: 0 };
}

function divide(numerator: bigint, divisor: bigint, midpoint: Midpoint = 'away'): bigint {
  const quotient = numerator / divisor;
  const remainder = numerator % divisor;
  const twice = (remainder < 0n ? -remainder : remainder) * 2n;
  if (twice < divisor || (twice === divisor && midpoint === 'even' && quotient % 2n === 0n)) return quotient;
  return numerator < 0n ? quotient - 1n : quotient + 1n;
}
