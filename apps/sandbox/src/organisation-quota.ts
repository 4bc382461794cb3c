// What an organisation may do only so often: emails a day (XERO.md 2).
import { z } from 'zod';
import { change, type Session } from './call/visit.ts';
import type { OrganisationRecord } from './organisation-record.ts';

/** How often something was done in a period, which is a day where the organisation is. */
export const quotaRecord = z.object({
  id: z.enum(['email']),
  period: z.string(),
  count: z.number(),
});

export type Quota = z.output<typeof quotaRecord>;

/** Counts one more; returns false, and counts nothing, where `most` is reached in the period. */
export function takeQuota(session: Session, id: Quota['id'], period: string, most: number): boolean {
  const known = session.organisation.quotas.get(id);
  const count = known?.period === period ? known.count : 0;
  if (count >= most) return false;
  change(session, { kind: 'quota', record: { id, period, count: count + 1 } });
  return true;
}

/** How many invoices may be sent by email in a day. */
export function emailsMax(record: OrganisationRecord): number {
  if (record.isDemo || record.class === 'DEMO') return 0;
  return record.class === 'TRIAL' ? 20 : 1_000;
}
