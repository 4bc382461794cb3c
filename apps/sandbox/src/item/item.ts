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
  /** Codes; both are empty where the item is not tracked. */
  inventoryAccount: z.string().default(''),
  cogsAccount: z.string().default(''),
  /** Ten-thousandths in stock (below nought: on back-order), and what they are worth in cents of the base currency. */
  quantity: z.number().default(0),
  value: z.number().default(0),
  /** Of the last sale: what a return may come back at. */
  lastOutQuantity: z.number().default(0),
  lastOutValue: z.number().default(0),
});

/** That the stock of an item moved, which changes nothing else of it. */
export const stockChange = z.object({
  kind: z.literal('stock'),
  id: z.string(),
  quantity: z.number(),
  value: z.number(),
  lastOutQuantity: z.number(),
  lastOutValue: z.number(),
});

export type StockChange = z.output<typeof stockChange>;
export type Item = z.output<typeof itemRecord>;
export type ItemDetails = z.output<typeof details>;

export function isTracked(item: Item): boolean {
  return item.inventoryAccount !== '';
}

/** The item after its stock moved; written out member by member, since spreading takes long and every sale comes by here. */
export function withStock(item: Item, change: StockChange): Item {
  return {
    id: item.id,
    code: item.code,
    name: item.name,
    description: item.description,
    purchaseDescription: item.purchaseDescription,
    isSold: item.isSold,
    isPurchased: item.isPurchased,
    sales: item.sales,
    purchase: item.purchase,
    updatedMs: item.updatedMs,
    inventoryAccount: item.inventoryAccount,
    cogsAccount: item.cogsAccount,
    quantity: change.quantity,
    value: change.value,
    lastOutQuantity: change.lastOutQuantity,
    lastOutValue: change.lastOutValue,
  };
}
