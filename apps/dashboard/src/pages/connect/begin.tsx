// Not connected yet: what Xero is, what will happen, and the button that starts it.
import ArrowRight from 'lucide-solid/icons/arrow-right';
import { createSignal, For, Show } from 'solid-js';
import { send, useClient } from '../../gql.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { notify } from '../../ui/notice.tsx';
import { XeroMark } from '../../ui/xero-mark.tsx';
import { beginConnectionDocument, type ConnectionRow } from './query.ts';

const steps = [
  'Press Connect: your browser goes to Xero, where you sign in and allow access.',
  'Back here, choose the one organisation that Stockbook may use.',
  'Confirm it, with the accounts and tax rates your sales go to.',
];

export function Begin(props: { connection: ConnectionRow }) {
  return (
    <Card class="max-w-3xl">
      <div class="flex flex-col gap-5 sm:flex-row sm:items-start">
        <XeroMark />
        <div class="min-w-0 flex-1">
          <h2 class="text-base font-semibold">Xero</h2>
          <p class="mt-1 text-muted">
            Xero is online accounting software. Once connected, every sale that lands in Stockbook goes to
            your Xero books, in the order it was made, and you can watch it go.
          </p>
          <ol class="mt-4 flex flex-col gap-2.5">
            <For each={steps}>
              {(step, index) => (
                <li class="flex gap-3">
                  <span class="flex size-6 shrink-0 items-center justify-center rounded-full bg-raised text-xs font-semibold">
                    {index() + 1}
                  </span>
                  <span>{step}</span>
                </li>
              )}
            </For>
          </ol>
          <div class="mt-5 flex flex-wrap items-center gap-3">
            <ConnectButton words="Connect" />
            <Show when={props.connection.sandbox}>
              <p class="text-xs text-muted">
                This is the sandbox that runs beside Stockbook: no real books are touched.
              </p>
            </Show>
          </div>
        </div>
      </div>
    </Card>
  );
}

/** Asks for the address of Xero's consent page and sends the browser there. */
export function ConnectButton(props: { words: string; plain?: boolean }) {
  const client = useClient();
  const [busy, setBusy] = createSignal(false);

  async function connect() {
    setBusy(true);
    const answer = await send(client, beginConnectionDocument, {});
    if (answer.kind === 'answer' && answer.data.beginConnection.__typename === 'BeginConnectionPayload') {
      location.assign(answer.data.beginConnection.url);
      return;
    }
    setBusy(false);
    if (answer.kind === 'unreachable') return notify(answer.message, { tone: 'bad' });
    const refused = answer.data.beginConnection;
    if ('message' in refused) notify(refused.message, { tone: 'bad' });
  }
  return (
    <Button kind={props.plain === true ? 'plain' : 'primary'} busy={busy()} onClick={() => void connect()}>
      {props.words}
      <ArrowRight size={16} aria-hidden="true" />
    </Button>
  );
}
