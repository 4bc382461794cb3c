// Why nothing moves, in words for a person.
import { type Budget, outageAfter, reserveOf, type WaitReason } from '@stockbook/core';

/** Why an export waits: in an outage it is the outage, whatever its own answer was. */
export function reasonOf(budget: Budget, why: string): string {
  return budget.failures >= outageAfter ? xeroIsDown : `${why}: trying again`;
}

const xeroIsDown = 'Xero is down: trying again';

/** Why a call waits. */
export function wordsOf(why: WaitReason, budget: Budget): string {
  switch (why) {
    case 'limit':
      return 'Waiting for Xero’s limit';
    case 'day':
      return 'Today’s calls to Xero are used up';
    case 'reserve':
      return `Today’s calls to Xero are used up but for ${reserveOf(budget.day)} kept for urgent work`;
    case 'outage':
      return xeroIsDown;
  }
}
