// A subscription's stream over hints, which stops hearing the moment its client leaves.
import type { Heard } from '@stockbook/sync/graphql';

export type Hearing = AsyncGenerator<Heard, void>;

/**
 * What `follow` makes of the hints. A generator that waits for its next hint cannot be ended from outside, and one that was
 * never begun ends without a word: so it is the hearing that is ended first.
 */
export function watching<T>(
  heard: Hearing,
  follow: (heard: Hearing) => AsyncGenerator<T, void>,
): AsyncGenerator<T, void> {
  const values = follow(heard);
  const watch: AsyncGenerator<T, void> = {
    next: () => values.next(),
    return: async () => {
      await heard.return();
      return values.return();
    },
    throw: async (error) => {
      await heard.return();
      return values.throw(error);
    },
    [Symbol.asyncIterator]: () => watch,
  };
  return watch;
}
