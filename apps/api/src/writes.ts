// Whether the database keeps what is written, as this process last heard of it: a refusal stands until somebody's write was kept.
import { type Db, parseRefusal, type Refusal, refusalOf, refusedTopic, tellRefusal } from '@stockbook/db';
import type { Hint, Writes } from '@stockbook/sync/graphql';
import { requestOrganisation } from './request.ts';

export interface HeardWrites extends Writes {
  /** A hint of another process, or of this one: it comes of something that was kept, unless it tells of a refusal. */
  hear(hint: Hint): void;
  /** Hints were lost: what was kept meanwhile was not heard of. */
  forget(): void;
  /** The refusal that an error of a request tells of, which everybody hears of; undefined for any other error. */
  notice(error: unknown): Refusal | undefined;
}

/** Nothing is written to find out: only what people and workers write anyway tells. */
export function createWrites(db: Db): HeardWrites {
  let last: Refusal | undefined;
  return {
    refusal: () => last,
    hear: ({ topic, id }) => {
      last = topic === refusedTopic ? parseRefusal(id) : undefined;
    },
    forget: () => {
      last = undefined;
    },
    notice: (error) => {
      const refusal = refusalOf(error);
      if (refusal === undefined) return undefined;
      last = refusal;
      const organisation = requestOrganisation();
      if (organisation !== undefined) void tellRefusal(db.sql, organisation, refusal);
      return refusal;
    },
  };
}
