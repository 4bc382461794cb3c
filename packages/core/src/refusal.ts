// A request that Xero refused as a whole: what is known of it, and how its culprit is found.

/**
 * Of creates: whether Xero refused the request as a whole, which may have made its good ones all the same (XERO.md 4.2), or was
 * seen to make nothing of one that it refused so.
 */
export type Refusal = 'none' | 'whole' | 'atomic';

/** Two halves; of a single one the one half is all there is. */
export function halve<T>(members: readonly T[]): T[][] {
  const middle = Math.ceil(members.length / 2);
  return [members.slice(0, middle), members.slice(middle)].filter((half) => half.length > 0);
}
