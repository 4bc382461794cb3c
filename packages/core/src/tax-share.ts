// What a document has under each tax type: a tax return is made of these, so sums that agree by chance do not pass for the same (X17).
import { Decimal } from 'decimal.js';
import { type Money, sameMoney } from './money.ts';

/** A line's tax type, its amount without tax, and its tax. */
export interface TaxedLine {
  /** Xero's code, such as 'OUTPUT2'; empty where a line has none. */
  taxType: string;
  net: Money;
  tax: Money;
}

/** What two sides hold of one tax type, where they do not hold the same. */
export interface ShareDifference {
  taxType: string;
  what: 'net' | 'tax';
  ours: Money;
  theirs: Money;
}

/** The tax types under which the lines of both do not come to the same net and the same tax; one that a side lacks is 0.00 there. */
export function compareShares(ours: readonly TaxedLine[], theirs: readonly TaxedLine[]): ShareDifference[] {
  // Line by line the same is what nearly all are, and needs no sums.
  if (ours.length === theirs.length && ours.every((line, index) => isSame(line, theirs[index]))) return [];
  const held = { ours: sumShares(ours), theirs: sumShares(theirs) };
  const taxTypes = new Set([...held.ours.keys(), ...held.theirs.keys()]);
  return [...taxTypes].flatMap((taxType) => {
    const mine = held.ours.get(taxType) ?? nothing;
    const other = held.theirs.get(taxType) ?? nothing;
    return (['net', 'tax'] as const).flatMap((what): ShareDifference[] =>
      mine[what].equals(other[what])
        ? []
        : [{ taxType, what, ours: shown(mine[what]), theirs: shown(other[what]) }],
    );
  });
}

function isSame(line: TaxedLine, other: TaxedLine | undefined): boolean {
  return (
    other !== undefined &&
    line.taxType === other.taxType &&
    (line.net === other.net || sameMoney(line.net, other.net)) &&
    (line.tax === other.tax || sameMoney(line.tax, other.tax))
  );
}

interface Share {
  net: Decimal;
  tax: Decimal;
}

const nothing: Share = { net: new Decimal(0), tax: new Decimal(0) };

/** A line of 0.00 adds nothing, whatever tax type it lost on its way (ACCOUNTING.md N5). */
function sumShares(lines: readonly TaxedLine[]): Map<string, Share> {
  const shares = new Map<string, Share>();
  for (const { taxType, net, tax } of lines) {
    const before = shares.get(taxType) ?? nothing;
    shares.set(taxType, { net: before.net.plus(net), tax: before.tax.plus(tax) });
  }
  return shares;
}

/** In cents, or with all its places where it has more. */
function shown(value: Decimal): Money {
  return value.toFixed(Math.max(2, value.decimalPlaces()));
}
