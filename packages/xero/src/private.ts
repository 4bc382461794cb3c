// What of a body may be kept and shown: no value of a private name, no address, no token, and of an answer that failed only its beginning.

const privateNames = /email|phone|bank|taxnumber|token|secret|password|authorization/i;
const hidden = '•••';
/** In JSON that was cut off, which cannot be read: the value may be cut, too. The name is looked through once, however many private words it holds. */
const privateValues = new RegExp(
  String.raw`"(?=[^"]*(?:${privateNames.source}))([^"]*)"\s*:\s*(?:"(?:[^"\\]|\\.)+"?|[-\d.]+)`,
  'gi',
);

/** For JSON.parse and JSON.stringify: values of private names give way to dots, however deep they stand; empty ones tell nothing and stay. */
export function redact(name: string, value: unknown): unknown {
  if (!privateNames.test(name) || value === '' || value === null) return value;
  return typeof value === 'string' || typeof value === 'number' ? hidden : value;
}

const bodyMax = 4_000;
/** Masked at most: a page of HTML may be long. */
const maskMax = 200_000;
/** What stands before the @ has at most 64 characters (RFC 5321). */
const addresses = /[\w.+-]{1,64}@[\w-]+\.[\w.-]+/g;
const tokens = /\bBearer\s+\S+|\b[\w-]{40,}(\.[\w-]+)*/gi;

/** The beginning of a body, at most 4,000 characters, whole ones alone; undefined where there is none. */
export function beginningOf(body: unknown): string | undefined {
  if (body === undefined || body === null || body === '') return undefined;
  const text = typeof body === 'string' ? redactText(body) : JSON.stringify(body, redact);
  const masked = text.slice(0, maskMax).replace(addresses, hidden).replace(tokens, hidden);
  // Zeros cannot be stored, halves of characters not be read again.
  return Buffer.from(masked.replaceAll('\0', '').slice(0, bodyMax)).toString();
}

function redactText(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text, redact));
  } catch {
    return text.slice(0, maskMax).replace(privateValues, `"$1":"${hidden}"`);
  }
}
