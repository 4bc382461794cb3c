// The lines of an update: each keeps Xero's id of the line it was, so that what a person did to a line in Xero is not lost with it.
import { lineIdsOf, type Wire, type WireLine } from '@stockbook/xero';

/** Names the lines that stay; a line without a counterpart is a new one, and those that are not named are deleted (XERO.md 7.2). */
export function withLineIds(wire: Wire, agreed: string): Wire {
  if (!('LineItems' in wire)) return wire;
  const kept = lineIdsOf(JSON.parse(agreed));
  const texts = lineTexts(wire.LineItems);
  const ids: (string | undefined)[] = wire.LineItems.map(() => undefined);
  // A line with the same item and words is the same line, wherever it stands; the rest are matched where they stand.
  for (const [index, text] of texts.entries()) ids[index] = take(kept, (line) => line.text === text);
  for (const [index, id] of ids.entries()) ids[index] = id ?? take(kept, () => true);
  const LineItems = wire.LineItems.map((line, index): WireLine => {
    const id = ids[index];
    return id === undefined ? line : { LineItemID: id, ...line };
  });
  return { ...wire, LineItems };
}

type Kept = ReturnType<typeof lineIdsOf>;

/** The words of lines, as an answer's lines have them. */
function lineTexts(lines: readonly WireLine[]): (string | undefined)[] {
  return lineIdsOf({ LineItems: lines.map((line) => ({ ...line, LineItemID: 'x' })) }).map(
    ({ text }) => text,
  );
}

function take(kept: Kept, fits: (line: Kept[number]) => boolean): string | undefined {
  const place = kept.findIndex(fits);
  return place < 0 ? undefined : kept.splice(place, 1)[0]?.id;
}
