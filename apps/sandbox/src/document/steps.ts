// The states a document may pass through where nobody knows Xero's own rule: options decide (XERO.md 7.5, ACCOUNTING.md 2, P19).
import { type Options, option } from '../options.ts';
import type { Family, Steps } from './family.ts';

/** Gives the family with the steps that the options give it. */
export function withSteps(family: Family): (holder: { readonly options: Options }) => Family {
  if (family.kind === 'purchase-order') {
    const free = { ...family, steps: freeSteps(family) };
    return (holder) => (option(holder, 'order-steps') === 'free' ? free : family);
  }
  if (!family.posts) return () => family;
  const steps: Steps = { ...family.steps, PAID: [...(family.steps.PAID ?? []), 'VOIDED'] };
  const voidable: Family = { ...family, steps };
  return (holder) => (option(holder, 'zero-void') === 'refuse' ? family : voidable);
}

function freeSteps({ statuses }: Family): Steps {
  return Object.fromEntries(
    statuses.filter((status) => status !== 'DELETED').map((status) => [status, statuses]),
  );
}
