// A column of text that holds one of a few words.

/** The word as its type; what is none of them is an error of ours. */
export function parseWord<const Word extends string>(words: readonly Word[], text: string): Word {
  const known = words.find((word) => word === text);
  if (known === undefined) throw new Error(`“${text}” is none of ${words.join(', ')}.`);
  return known;
}
