// What a document did to the stock of a tracked item, kept with the document so that it can be taken back exactly.
import { z } from 'zod';

export const movementRecord = z.object({
  /** The item's id. */
  item: z.string(),
  /** Ten-thousandths, positive into stock. */
  quantity: z.number(),
  /** Cents of the base currency, positive into stock. */
  value: z.number(),
  /** The code of the inventory account. */
  account: z.string(),
  /** The code of the account the value is posted against; empty where a line of the document posts it itself. */
  contra: z.string(),
});

export type Movement = z.output<typeof movementRecord>;
