// Puts failed records back into the queue, and says what came of it.
import { type Accessor, createSignal } from 'solid-js';
import { formatPlural } from '../../format.ts';
import { send, useClient } from '../../gql.ts';
import type { VariablesOf } from '../../graphql.ts';
import { notify } from '../../ui/notice.tsx';
import { retryDocument } from './query.ts';

export type RetrySelection = VariablesOf<typeof retryDocument>['input'];

export interface Retry {
  retry(selection: RetrySelection): Promise<void>;
  busy: Accessor<boolean>;
}

export function createRetry(onDone: () => void): Retry {
  const client = useClient();
  const [busy, setBusy] = createSignal(false);
  return {
    busy,
    async retry(selection) {
      setBusy(true);
      const answer = await send(client, retryDocument, { input: selection });
      setBusy(false);
      if (answer.kind === 'unreachable') return notify(answer.message, { tone: 'bad' });
      const result = answer.data.retry;
      if (result.__typename === 'RetryPayload') {
        const words = formatPlural(result.count, 'record is', 'records are');
        notify(
          result.count === 0
            ? 'Nothing to retry: these moved on meanwhile.'
            : `${words} pending again. Sync now sends them.`,
        );
      } else {
        notify(result.message, { tone: 'bad' });
      }
      onDone();
    },
  };
}
