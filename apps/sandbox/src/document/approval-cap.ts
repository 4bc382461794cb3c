// The old Early plan approves so many invoices and bills a month (XERO.md 7.2, 10.2).
import type { Session } from '../call/visit.ts';
import { option } from '../options.ts';
import { localDate } from '../wire-date.ts';
import { type Document, isApproved } from './document.ts';
import type { Head } from './document-sums.ts';

const approvalsMax = { ACCREC: 20, ACCPAY: 5 } as const;

/** Notes the approval on the head, and complains where the month has had its number; voids give none back. */
export function approvalFaults(session: Session, head: Head, before: Document | undefined): string[] {
  const { type } = head;
  const hasCap = option(session, 'approval-cap') === 'on' || session.organisation.record.class === 'STARTER';
  if (!hasCap || (type !== 'ACCREC' && type !== 'ACCPAY')) return [];
  if (before?.approvedMs !== undefined) head.approvedMs = before.approvedMs;
  if (!isApproved(head.status) || (before !== undefined && isApproved(before.status))) return [];
  head.approvedMs = session.nowMs;
  const { invoices, record } = session.organisation;
  const monthOf = (ms: number): string => localDate(ms, record.timeZone).slice(0, 7);
  const month = monthOf(session.nowMs);
  const approved = invoices
    .ordered()
    .filter(({ approvedMs, ...one }) => one.type === type && approvedMs && monthOf(approvedMs) === month);
  return approved.length < approvalsMax[type]
    ? []
    : ['You have reached the limit of invoices you can approve'];
}
