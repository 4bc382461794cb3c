// What Xero's messages mean: its prose has no codes, so this is the one place that compares its words (XERO.md 10.2).
import { catalogue } from './catalogue.ts';

export interface Explanation {
  class: ProblemClass;
  /** What happened, in plain words. */
  cause: string;
  /** What to do about it. */
  fix: string;
  link?: string;
  /** Xero's own words, always kept. */
  raw: string;
}

export type ProblemClass =
  | 'duplicate'
  | 'archived'
  | 'account'
  | 'tax'
  | 'locked'
  | 'not-editable'
  | 'contact'
  | 'field'
  | 'amount'
  | 'stock'
  | 'plan-limit'
  | 'payment'
  | 'permission'
  | 'offline'
  | 'key-reused'
  | 'malformed'
  | 'missing'
  | 'unknown';

/** A line of the catalogue: an anchored pattern and what it stands for; `cause` and `fix` name what its named groups caught, as in '{account}'. */
export interface Entry {
  pattern: RegExp;
  class: ProblemClass;
  cause: string;
  fix: string;
  link?: string;
}

/** Explains one message; of several joined ones, the first that is known. What nobody knows is of class 'unknown'. */
export function explain(message: string): Explanation {
  const raw = message.trim();
  for (const part of [raw, ...sentences(raw)]) {
    const entry = catalogue.find(({ pattern }) => pattern.test(part));
    if (entry) {
      const { pattern, ...meaning } = entry;
      const caught = pattern.exec(part)?.groups ?? {};
      return { ...meaning, cause: named(entry.cause, caught), fix: named(entry.fix, caught), raw };
    }
  }
  return {
    class: 'unknown',
    cause: 'Xero refused this record for a reason that Stockbook does not know.',
    fix: unknownFix,
    raw,
  };
}

function named(text: string, caught: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => caught[name] ?? whole);
}

const unknownFix = 'Read what Xero said, correct the record here or in Xero, and press Retry.';

/** Xero joins several messages of one record with a space or a line. */
function sentences(text: string): string[] {
  return text.split(/(?<=[.!])\s+|\n/).map((each) => each.trim());
}
