// Hears a subscription: everything that came, and waiting for something to come.
import type { Client } from 'graphql-ws';
import { expect, vi } from 'vitest';
import type { Json } from './api.ts';

export interface Hearing {
  heard: Json[];
  errors: unknown[];
  /** Waits until one of those heard looks like this. */
  until(pattern: object): Promise<void>;
  /** Waits until the server has ended it. */
  ended(): Promise<void>;
  stop(): void;
}

/** The subscription names its one field `result`. */
export function hear(client: Client, query: string, variables: Record<string, unknown> = {}): Hearing {
  const heard: Json[] = [];
  const errors: unknown[] = [];
  let done = false;
  const stop = client.subscribe<{ result: Json }>(
    { query, variables },
    {
      next: ({ data, errors: failed }) => {
        if (failed) errors.push(...failed);
        if (data) heard.push(data.result);
      },
      error: (error) => {
        errors.push(error);
        done = true;
      },
      complete: () => {
        done = true;
      },
    },
  );
  const options = { timeout: 20_000, interval: 20 };
  return {
    heard,
    errors,
    until: (pattern) =>
      vi.waitFor(
        () => expect(heard).toEqual(expect.arrayContaining([expect.objectContaining(pattern)])),
        options,
      ),
    ended: () => vi.waitFor(() => expect(done).toBe(true), options),
    stop,
  };
}
