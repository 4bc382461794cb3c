// Exact decimals as whole numbers of small units: cents for money, ten-thousandths for prices and quantities.

/** The value in units of 10^-places, rounded half away from zero; undefined when it is no number or too large. */
export function toUnits(sent: number | string, places: number): number | undefined {
  if (typeof sent === 'number') {
    const scale = 10 ** places;
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
  const remainder = product % divisor;
  const quotient = (product - remainder) / divisor;
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
  const digits = String(Math.abs(units)).padStart(places + 1, '0');
  const sign = units < 0 ? '-' : '';
  return places === 0 ? sign + digits : `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

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
