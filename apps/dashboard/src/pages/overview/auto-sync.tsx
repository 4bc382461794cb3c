// The switch of automatic sync, with what it does; without a connection it stands there as not to be had.
import { A } from '@solidjs/router';
import { createSignal, Show } from 'solid-js';
import { refusalOf, send, useClient } from '../../gql.ts';
import { Card } from '../../ui/card.tsx';
import { notify } from '../../ui/notice.tsx';
import { SwitchField } from '../../ui/switch-field.tsx';
import { useFrame } from '../shell/frame.ts';
import { autoSyncWords } from './model.ts';
import { setAutoSyncDocument } from './query.ts';

export function AutoSync() {
  const client = useClient();
  const { status } = useFrame();
  const [busy, setBusy] = createSignal(false);
  const connection = () => status.data?.status.connection;
  const absent = () => connection()?.state === 'NONE' || connection()?.state === 'CHOOSING';

  async function set(on: boolean) {
    setBusy(true);
    const answer = await send(client, setAutoSyncDocument, { on });
    setBusy(false);
    const refusal = answer.kind === 'unreachable' ? answer.message : refusalOf(answer.data.setAutoSync);
    if (refusal === undefined) notify(on ? 'Automatic sync is on.' : 'Automatic sync is off.');
    else notify(refusal, { tone: 'bad' });
    status.refetch();
  }
  return (
    <Card>
      <div class="flex flex-wrap items-center justify-between gap-x-4">
        <SwitchField
          label="Automatic sync"
          on={connection()?.autoSync === true && !absent()}
          disabled={absent()}
          busy={busy()}
          onToggle={(on) => void set(on)}
        />
        <span class="text-xs text-muted">
          {absent() ? 'Not available' : connection()?.autoSync === true ? 'On' : 'Off'}
        </span>
      </div>
      <p class="mt-1.5 text-muted">{autoSyncWords}</p>
      <Show when={absent()}>
        <p class="mt-1.5 text-muted">
          <A href="/connect" class="text-accent underline underline-offset-2">
            Connect Xero
          </A>{' '}
          first.
        </p>
      </Show>
    </Card>
  );
}
