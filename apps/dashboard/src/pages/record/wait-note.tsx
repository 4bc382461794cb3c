// What a record that waits is told of: what it waits for, and the button that lets it go before all else.
import Clock from 'lucide-solid/icons/clock';
import Zap from 'lucide-solid/icons/zap';
import { createSignal, Show } from 'solid-js';
import { refusalOf, send, useClient } from '../../gql.ts';
import { Button } from '../../ui/button.tsx';
import { notify } from '../../ui/notice.tsx';
import { useFrame } from '../shell/frame.ts';
import { nextStepOf } from '../shell/next-step.ts';
import { type RecordRow, sendNowDocument } from './query.ts';

export function WaitNote(props: { record: RecordRow; onDone: () => void }) {
  const client = useClient();
  const { status } = useFrame();
  const [busy, setBusy] = createSignal(false);
  const known = () => status.data?.status;
  const isUrgent = () => props.record.changes.some(({ state, urgent }) => state === 'PENDING' && urgent);
  /** Why it cannot be asked for now. */
  const barred = () => {
    const { readOnly, connection } = known() ?? {};
    if (readOnly) return readOnly;
    return connection && connection.state !== 'CONNECTED' ? 'Connect Xero first.' : undefined;
  };

  async function sendNow() {
    setBusy(true);
    const answer = await send(client, sendNowDocument, { id: props.record.id });
    setBusy(false);
    if (answer.kind === 'unreachable') return notify(answer.message, { tone: 'bad' });
    const { sendNow: result } = answer.data;
    if (result.__typename === 'SendNowPayload') notify(result.words);
    else notify(refusalOf(result) ?? 'Not sent.', { tone: 'bad' });
    props.onDone();
  }
  return (
    <Show when={props.record.syncState === 'PENDING' && known()}>
      {(standing) => (
        <section
          aria-label="Waits for Xero"
          class="flex flex-wrap items-center gap-x-4 gap-y-3 rounded-xl bg-raised px-4 py-3.5 sm:px-5"
        >
          <Clock size={19} aria-hidden="true" class="shrink-0 text-muted" />
          <p class="min-w-0 flex-[1_1_16rem]">
            {nextStepOf(standing()).pending}
            <Show when={isUrgent()}>, and goes before all else</Show>.
          </p>
          <Show when={!isUrgent()}>
            <Button
              busy={busy()}
              disabled={barred() !== undefined}
              title={barred()}
              onClick={() => void sendNow()}
            >
              <Zap size={15} aria-hidden="true" />
              Send now
            </Button>
          </Show>
        </section>
      )}
    </Show>
  );
}
