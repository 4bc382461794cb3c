// Back from Xero: one of the organisations that access was given to.
import { createSignal, For, Show } from 'solid-js';
import { refusalOf, send, useClient } from '../../gql.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { notify } from '../../ui/notice.tsx';
import { Empty } from '../../ui/shown.tsx';
import { ConnectButton } from './begin.tsx';
import { type ConnectionRow, chooseTenantDocument } from './query.ts';

export function Choose(props: { connection: ConnectionRow; onDone: () => void }) {
  const client = useClient();
  const [picked, setPicked] = createSignal<string>();
  const [busy, setBusy] = createSignal(false);
  const chosen = () => picked() ?? before()?.id ?? props.connection.tenants[0]?.id;
  const before = () => props.connection.tenants.find((tenant) => tenant.id === props.connection.tenantId);

  async function next(event: SubmitEvent) {
    event.preventDefault();
    const tenantId = chosen();
    if (tenantId === undefined) return;
    setBusy(true);
    const answer = await send(client, chooseTenantDocument, { tenantId });
    setBusy(false);
    const refusal = answer.kind === 'unreachable' ? answer.message : refusalOf(answer.data.chooseTenant);
    if (refusal !== undefined) return notify(refusal, { tone: 'bad' });
    props.onDone();
  }
  return (
    <Card title="Which organisation may Stockbook use?" aside="Step 2 of 3" class="max-w-2xl">
      <form class="flex flex-col gap-4" onSubmit={next}>
        <fieldset class="flex flex-col gap-2">
          <legend class="sr-only">Organisation</legend>
          <For
            each={props.connection.tenants}
            fallback={
              <Empty
                title="Xero gave access to no organisation"
                action={<ConnectButton words="Connect again" />}
              >
                Sign in at Xero as somebody who may connect apps to the organisation.
              </Empty>
            }
          >
            {(tenant) => (
              <label class="flex min-h-12 cursor-pointer items-center gap-3 rounded-lg border border-line px-4 has-checked:border-accent has-checked:bg-accent-soft">
                <input
                  type="radio"
                  name="tenant"
                  class="size-4 accent-accent"
                  checked={chosen() === tenant.id}
                  onChange={() => setPicked(tenant.id)}
                />
                <span class="font-medium">{tenant.name}</span>
              </label>
            )}
          </For>
        </fieldset>
        <div class="flex flex-wrap justify-end gap-2">
          <Show when={props.connection.tenants.length > 0}>
            <ConnectButton plain words="Connect again" />
          </Show>
          <Button type="submit" kind="primary" busy={busy()} disabled={chosen() === undefined}>
            Next
          </Button>
        </div>
      </form>
    </Card>
  );
}
