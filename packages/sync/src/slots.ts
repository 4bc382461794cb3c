// An organisation's calls: as many at once as Xero lets through, each carrying one export after the other.
import type { Carriage, Carried } from './carriage.ts';
import { carryExport } from './export.ts';
import type { Left } from './resume.ts';

/** Calls at once in one organisation: Xero's limit (XERO.md 2). */
const slotMax = 5;

/** Works `next` in up to five calls at once; when one must wait long or breaks, the others settle what they have and end too. */
export async function inSlots(
  of: Carriage,
  next: Left['next'],
  isUrgent: Left['isUrgent'],
): Promise<Carried> {
  const broken = new AbortController();
  const signal = AbortSignal.any([of.lease.signal, broken.signal]);
  const it: Carriage = { ...of, lease: { ...of.lease, signal } };
  let ending: Carried = { kind: 'settled' };
  async function slot(): Promise<void> {
    while (ending.kind === 'settled') {
      const entry = await it.governor.ready(signal, isUrgent);
      if (entry.kind === 'park' || entry.kind === 'asked') ending = entry;
      if (entry.kind === 'stop') ending = { kind: 'stopped' };
      if (entry.kind !== 'go') return;
      const asked = await it.asked();
      if (asked !== undefined) ending = { kind: 'asked', ...asked };
      if (asked !== undefined) return;
      const claimed = await next(entry.fromReserve);
      if (claimed === undefined) return;
      const carried = await carryExport(it, claimed.entity, claimed.row);
      if (carried.kind !== 'settled') ending = carried;
    }
  }
  /** The others wait for nothing more: what broke is carried on by whoever takes the run next. */
  function breakOff(error: unknown): never {
    broken.abort();
    throw error;
  }
  const slots = await Promise.allSettled(Array.from({ length: slotMax }, () => slot().catch(breakOff)));
  for (const one of slots) if (one.status === 'rejected') throw one.reason;
  return ending;
}
