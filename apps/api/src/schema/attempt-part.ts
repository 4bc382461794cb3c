// A record's part of what went to Xero and came back, as people may see it: indented, and without what is private.
import { redact } from '@stockbook/xero';
import { z } from 'zod';

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

/** What a failed call was answered with: indented where it is whole and JSON, as it is where it is not. */
export function shownBody(kept: string | null): string | null {
  if (kept === null) return null;
  const { body } = bodyForm.parse(JSON.parse(kept));
  return shownPart(body) ?? body;
}

const bodyForm = z.object({ body: z.string() });
