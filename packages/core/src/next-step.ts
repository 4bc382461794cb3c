// How an export is carried on: sent, looked for, or compared with what Xero holds, by what is known of it and by the age of its key.
import type { ExportView } from './export.ts';

/** A key lives six minutes in Xero; a resend later than this looks first. */
export const keyTrustMs = 5 * 60_000;

export type Step =
  | { kind: 'send' }
  /** The key may be forgotten and the work done: ask Xero before anything is sent again. */
  | { kind: 'look' }
  /** Before an update: does Xero still hold what both sides last held? While its key is `trusted` it goes again under that key, which carries it out once. */
  | { kind: 'compare'; trusted: boolean }
  /** Sending again does no harm, but only under a new key. */
  | { kind: 'send-anew' };

/** What to do with an export that is to be carried on; `sameText` is whether the kept text still has the hash it was frozen with. */
export function nextStep(view: ExportView, sameText: boolean, nowMs: number): Step {
  if (view.action === 'update') return nextOfUpdate(view, sameText, nowMs);
  if (!view.unknown && sameText) return { kind: 'send' };
  const trusted = isTrusted(view, nowMs);
  return trusted && sameText && view.looks === 0 ? { kind: 'send' } : { kind: 'look' };
}

/** A clock that was set back since makes no old key a young one. */
function isTrusted({ firstSentAtMs }: ExportView, nowMs: number): boolean {
  const ageMs = nowMs - (firstSentAtMs ?? Number.POSITIVE_INFINITY);
  return ageMs >= 0 && ageMs < keyTrustMs;
}

/** An update goes over nothing unseen: each sending is preceded by a comparison, which also tells what of a lost one landed. */
function nextOfUpdate(view: ExportView, sameText: boolean, nowMs: number): Step {
  const trusted = sameText && isTrusted(view, nowMs);
  if (!view.compared) return { kind: 'compare', trusted };
  return sameText && (trusted || !view.unknown) ? { kind: 'send' } : { kind: 'send-anew' };
}
