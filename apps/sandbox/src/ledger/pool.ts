// The pool of a tracked item: a quantity and its value in cents, at average cost, without any residue (ACCOUNTING.md 3).
import { multiplyDivide } from '../exact.ts';

/** Quantity in ten-thousandths, below nought on back-order; value in cents. */
export type Pool = { readonly quantity: number; readonly value: number };

/** What taking `quantity` out is worth; what is not there is worth `price` (ten-thousandths of the unit) each. */
export function valueOut(pool: Pool, quantity: number, price: number): number {
  if (pool.quantity <= 0) return multiplyDivide(quantity, price, 1_000_000);
  if (quantity === pool.quantity) return pool.value;
  if (quantity < pool.quantity) return multiplyDivide(pool.value, quantity, pool.quantity);
  return pool.value + multiplyDivide(quantity - pool.quantity, price, 1_000_000);
}

/** What `quantity` is worth at the average of what is there; undefined where nothing is. */
export function valueAtAverage(pool: Pool, quantity: number): number | undefined {
  return pool.quantity > 0 ? multiplyDivide(pool.value, quantity, pool.quantity) : undefined;
}

/**
 * What the stock account must be changed by, beyond the cost of what comes in, because it settles a shortage that
 * left at an assumed cost; the other side is the cost of sales.
 */
export function shortageCorrection(pool: Pool, quantity: number, value: number): number {
  if (pool.quantity >= 0 || quantity <= 0) return 0;
  const shortage = -pool.quantity;
  const settled = Math.min(quantity, shortage);
  const cost = settled === quantity ? value : multiplyDivide(value, settled, quantity);
  const relieved = settled === shortage ? pool.value : multiplyDivide(pool.value, settled, shortage);
  return -relieved - cost;
}
