// What keeps calls to Xero from going, named for whoever shows it.

/**
 * `limit`, `day`, `reserve`: Xero's minute, its day, or the day less what is kept for urgent work is used up. `outage`: Xero is down.
 * `network`: it cannot be reached from here. `answer`: it gave none that can be trusted, so an outcome is to be found out.
 * `connection`: it no longer lets us in, until a person connects anew.
 */
export const hindrances = ['limit', 'day', 'reserve', 'outage', 'network', 'answer', 'connection'] as const;
export type Hindrance = (typeof hindrances)[number];
