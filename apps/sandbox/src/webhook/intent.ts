// Intent to receive: a receiver shows that it takes what is signed and refuses what is not (XERO.md 9).
import { commit, type World } from '../world.ts';
import { wakeDeliveries } from './delivery.ts';
import { type Received, sendMessage } from './message.ts';
import type { SubscriptionRecord } from './subscription.ts';

export type IntentStep = Received & { readonly isSignedWrongly: boolean };

/** Events of no content, one after another; the receiver must answer 200 and 401. */
const signedWrongly = [false, true, false, true];

/** Activates the subscription when the receiver answered all of them as it must; events that waited are sent then. */
export async function checkIntent(world: World, record: SubscriptionRecord): Promise<IntentStep[]> {
  const steps: IntentStep[] = [];
  for (const isSignedWrongly of signedWrongly)
    steps.push({ isSignedWrongly, ...(await sendMessage(world, record, [], isSignedWrongly)) });
  const isShown = steps.every(
    (step) => step.fault === '' && step.status === (step.isSignedWrongly ? 401 : 200),
  );
  const known = world.subscriptions.get(record.client)?.record ?? record;
  const status: SubscriptionRecord['status'] = isShown
    ? 'active'
    : known.status === 'disabled'
      ? 'disabled'
      : 'pending';
  const webhook = [{ kind: 'subscription' as const, record: { ...known, status } }];
  await commit(world, { atMs: world.clock.now(), webhook });
  wakeDeliveries(world);
  return steps;
}
