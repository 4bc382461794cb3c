// Hearing what a person asks while nothing can be sent: whoever waits for Xero looks from time to time, and leaves off at once.
import type { AskedOf } from './ask.ts';
import type { Carriage } from './carriage.ts';

/** Whoever waits looks this often at least whether something was asked. */
export const hearEveryMs = 10_000;

/** Waits until that instant, or until something is asked of the run: then what. */
export async function waitHearing(
  it: Pick<Carriage, 'clock' | 'lease' | 'asked'>,
  untilMs: number,
): Promise<AskedOf | undefined> {
  for (;;) {
    const asked = await it.asked();
    const leftMs = untilMs - (await it.clock.now());
    if (asked !== undefined || leftMs <= 0 || it.lease.signal.aborted) return asked;
    await it.clock.until(untilMs - Math.max(0, leftMs - hearEveryMs), it.lease.signal);
  }
}
