// A record's part of what went to Xero and came back, as people may see it: indented, and without what is private.

const privateNames = /email|phone|bank|taxnumber|token|secret|password|authorization/i;
const hidden = '•••';
const shownMax = 20_000;

/** Null for no text; what cannot be read is not shown. */
export function shownPart(text: string | null): string | null {
  if (text === null) return null;
  try {
    return JSON.stringify(JSON.parse(text, redact), null, 2).slice(0, shownMax);
  } catch {
    return null;
  }
}

/** Values of private names give way to dots, however deep they stand; empty ones tell nothing and stay. */
function redact(name: string, value: unknown): unknown {
  if (!privateNames.test(name) || value === '' || value === null) return value;
  return typeof value === 'string' || typeof value === 'number' ? hidden : value;
}
