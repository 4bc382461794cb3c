// The states a document may pass through where nobody knows Xero's own rule: options decide (XERO.md 7.5, ACCOUNTING.md 2, P19).
import { type Options, option } from '../options.ts';
import type { Family, Steps } from './family.ts';

/** The family with the steps that the options give it. */
export function withSteps(holder: { readonly options: Options }, family: Family): Family {
  if (family.kind === 'purchase-order')
    return option(holder, 'order-steps') === 'free' ? { ...family, steps: freeSteps(family) } : family;
  if (!family.posts || option(holder, 'zero-void') === 'refuse') return family;
  return { ...family, steps: { ...family.steps, PAID: [...(family.steps.PAID ?? []), 'VOIDED'] } };
}

function freeSteps({ statuses }: Family): Steps {
  return Object.fromEntries(
    statuses.filter((status) => status !== 'DELETED').map((status) => [status, statuses]),
  );
}
