// A transfer between two bank accounts as the sandbox keeps it; money in cents of both accounts' currency.
import { z } from 'zod';

export const bankTransferRecord = z.object({
  id: z.string(),
  /** The ids of the accounts. */
  from: z.string(),
  to: z.string(),
  amount: z.number(),
  date: z.string(),
  reference: z.string(),
  /** Units of the accounts' currency for one of the base currency, in millionths. */
  rate: z.number(),
  isFromReconciled: z.boolean(),
  isToReconciled: z.boolean(),
  status: z.enum(['AUTHORISED', 'DELETED']),
  createdMs: z.number(),
  updatedMs: z.number(),
});

export type BankTransfer = z.output<typeof bankTransferRecord>;
