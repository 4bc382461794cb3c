// A manual journal as the sandbox keeps it; debits positive, money in cents.
import { z } from 'zod';

export const trackedOption = z.object({ category: z.string(), option: z.string() });

export const journalLineRecord = z.object({
  id: z.string(),
  description: z.string(),
  amount: z.number(),
  tax: z.number(),
  account: z.string(),
  taxType: z.string(),
  tracking: z.array(trackedOption),
});

export const manualJournalRecord = z.object({
  id: z.string(),
  narration: z.string(),
  date: z.string(),
  status: z.enum(['DRAFT', 'POSTED', 'DELETED', 'VOIDED']),
  mode: z.enum(['Exclusive', 'Inclusive', 'NoTax']),
  url: z.string(),
  onCashBasis: z.boolean(),
  lines: z.array(journalLineRecord),
  updatedMs: z.number(),
});

export type ManualJournal = z.output<typeof manualJournalRecord>;
export type JournalLine = z.output<typeof journalLineRecord>;
export type TrackedOption = z.output<typeof trackedOption>;
