// An export that must wait before it goes again: kept, explained on the run, waited for, and handed back.
import type { Settlement } from '@stockbook/core';
import type { Carriage, Next } from './carriage.ts';
import { showMembers } from './export-row.ts';
import { waitHearing } from './hearing.ts';
import { parkAfterMs } from './permit.ts';
import { standstillOf } from './reason.ts';
import type { ElementReply } from './settle.ts';
import { type Heard, settling } from './verdict.ts';

export type Retry = Extract<Settlement<ElementReply>, { kind: 'retry' }>;

/** A look takes no attempt, so none is given back for it. */
export async function writeRetry(it: Carriage, heard: Heard, retry: Retry): Promise<Next> {
  const { row, attempt } = heard;
  const untilMs = (await it.clock.now()) + retry.waitMs;
  const returned = retry.counts || attempt.look ? 0 : 1;
  // Before it is settled, so that whoever carries on after a crash waits as well.
  if (retry.closesBudget) it.governor.close(untilMs);
  await settling(it, heard, 'retry', async (tx) => {
    await tx.sql.execute(
      `UPDATE export SET state = 'retrying', unknown = $3, not_before = $4, attempts = attempts - $5,
              first_sent_at = CASE WHEN $6 THEN NULL ELSE first_sent_at END
        WHERE organisation_id = $1::uuid AND id = $2::uuid`,
      tx.organisation,
      row.id,
      retry.unknown,
      new Date(untilMs),
      returned,
      retry.distrust,
    );
    await showMembers(tx, row, retry.unknown);
    tx.topics.set('run', it.run.id);
  });
  const { hindrance, why } = retry;
  if (retry.waitMs > parkAfterMs) return { kind: 'park', untilMs, hindrance, reason: why };
  if (retry.waitMs > 0) await it.explain(standstillOf(it.governor.budget(), retry), untilMs);
  const asked = await waitHearing(it, untilMs);
  if (asked !== undefined) return { kind: 'asked', ...asked };
  const firstSentAtMs = retry.distrust ? null : row.firstSentAtMs;
  const refusal = retry.distrust && !row.unknown ? 'whole' : row.refusal;
  return {
    kind: 'again',
    row: {
      ...row,
      unknown: retry.unknown,
      attempts: row.attempts - returned,
      firstSentAtMs,
      compared: false,
      refusal,
    },
  };
}
