// The rules of the wire, by what Xero was told: one text under a key, and a verdict for each element (GOALS 3.1, 3.4).
import type { Joined, Stage } from './stage.ts';

export async function findBrokenRules({ client }: Stage, { tenantId }: Joined): Promise<string[]> {
  const calls = await client.calls({ bodies: true });
  const sends = calls.filter(({ tenant, method }) => tenant === tenantId && method !== 'GET');
  const texts = new Map<string, string>();
  const problems = new Set<string>();
  for (const { method, path, key, request } of sends) {
    const what = `${method} ${path}`;
    if (!path.includes('summarizeErrors=false')) problems.add(`F17 one verdict is asked for all of ${what}`);
    if (key === '') problems.add(`I2 no key goes with ${what}`);
    // A call that is turned away unread has no text.
    if (request === undefined) continue;
    const text = `${what} ${request}`;
    if ((texts.get(key) ?? text) !== text) problems.add(`I2 two requests go under the key ${key}`);
    texts.set(key, text);
  }
  return [...problems];
}
