// Why nothing moves, in words for a person and in one for programs.
import { type Budget, type Hindrance, outageAfter, reserveOf, type WaitReason } from '@stockbook/core';

export interface Standstill {
  hindrance: Hindrance;
  /** In words for a person. */
  reason: string;
}

/** Why an export waits: in an outage it is the outage, whatever its own answer was. */
export function standstillOf(
  budget: Budget,
  { hindrance, why }: { hindrance: Hindrance; why: string },
): Standstill {
  if (budget.failures >= outageAfter) return { hindrance: 'outage', reason: xeroIsDown };
  return { hindrance, reason: `${why}: trying again` };
}

const xeroIsDown = 'Xero is down: trying again';

/** Why a call waits. */
export function waitOf(why: WaitReason, budget: Budget): Standstill {
  return { hindrance: why, reason: wordsOf(why, budget) };
}

function wordsOf(why: WaitReason, budget: Budget): string {
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
