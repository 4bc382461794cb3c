// Pause, Resume and Stop of the active run; stopping asks first, in a dialog that is loaded when it is needed.
import CircleStop from 'lucide-solid/icons/circle-stop';
import Pause from 'lucide-solid/icons/pause';
import Play from 'lucide-solid/icons/play';
import { createSignal, Index, lazy, Show, Suspense } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { refusalOf, send, useClient } from '../../gql.ts';
import { Button } from '../../ui/button.tsx';
import { notify } from '../../ui/notice.tsx';
import { useFrame } from './frame.ts';
import { pauseRunDocument, resumeRunDocument, stopRunDocument } from './query.ts';
import { type RunAsk, runButtons } from './run-asks.ts';

const Confirm = lazy(() => import('../../ui/confirm.tsx').then((part) => ({ default: part.Confirm })));
const icons = { pause: Pause, resume: Play, stop: CircleStop } as const;
const documents = { pause: pauseRunDocument, resume: resumeRunDocument, stop: stopRunDocument } as const;

export function RunControls(props: {
  run: { id: string; state: string; asked: string | null };
  /** Icons alone on phones. */
  tight?: boolean;
  /** This button alone, where it is to be pressed. */
  only?: RunAsk;
  onDone?: () => void;
}) {
  const client = useClient();
  const { status } = useFrame();
  const [busy, setBusy] = createSignal<RunAsk>();
  const [armed, setArmed] = createSignal(false);
  const [stopping, setStopping] = createSignal(false);

  const buttons = () =>
    runButtons(props.run).filter((button) => props.only === undefined || button.ask === props.only);

  async function ask(what: RunAsk) {
    setBusy(what);
    const answer = await send(client, documents[what], { id: props.run.id });
    setBusy(undefined);
    setStopping(false);
    const refusal = answer.kind === 'unreachable' ? answer.message : refusalOf(answer.data.run);
    if (refusal !== undefined) notify(refusal, { tone: 'bad' });
    status.refetch();
    props.onDone?.();
  }
  function press(what: RunAsk) {
    if (what !== 'stop') return void ask(what);
    setArmed(true);
    setStopping(true);
  }
  return (
    <div class="flex items-center gap-2 empty:hidden">
      <Index each={buttons()}>
        {(button) => (
          <Button
            busy={busy() === button().ask}
            disabled={!button().ready || busy() !== undefined}
            class={props.tight === true ? 'px-2.5 sm:px-3' : ''}
            onClick={() => press(button().ask)}
          >
            <Show when={busy() !== button().ask}>
              <Dynamic component={icons[button().ask]} size={16} aria-hidden="true" />
            </Show>
            <span class={props.tight === true ? 'max-sm:sr-only' : ''}>{button().word}</span>
          </Button>
        )}
      </Index>
      <Show when={armed()}>
        <Suspense>
          <Confirm
            open={stopping()}
            title="Stop this sync?"
            action="Stop the sync"
            busy={busy() === 'stop'}
            onConfirm={() => void ask('stop')}
            onClose={() => setStopping(false)}
          >
            Calls that are under way are finished. What was not sent stays in the queue and goes with the next
            sync.
            <Show when={status.data?.status.connection.autoSync}>
              {' '}
              Automatic sync is switched off, too: nothing goes to Xero until you press Sync now or switch it
              on again.
            </Show>
          </Confirm>
        </Suspense>
      </Show>
    </div>
  );
}
