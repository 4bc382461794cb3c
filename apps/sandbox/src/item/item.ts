// An item as the sandbox keeps it.
import { z } from 'zod';

const details = z.object({
  /** Ten-thousandths of the currency unit, or null for no price. */
  price: z.number().nullable(),
  account: z.string(),
  taxType: z.string(),
});

export const itemRecord = z.object({
  id: z.string(),
  code: z.string(),
  name: z.string(),
  description: z.string(),
  purchaseDescription: z.string(),
  isSold: z.boolean(),
  isPurchased: z.boolean(),
  sales: details,
  purchase: details,
  updatedMs: z.number(),
});

export type Item = z.infer<typeof itemRecord>;
export type ItemDetails = z.infer<typeof details>;
