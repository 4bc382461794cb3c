// A record that was changed in Xero: what differs, field by field, and the two ways out.
import GitCompare from 'lucide-solid/icons/git-compare';
import { createSignal, For, Show } from 'solid-js';
import { refusalOf, send, useClient } from '../../gql.ts';
import { Ago } from '../../ui/ago.tsx';
import { Button } from '../../ui/button.tsx';
import { notify } from '../../ui/notice.tsx';
import { chooseSideDocument, type RecordRow } from './query.ts';

type Conflict = NonNullable<RecordRow['conflict']>;

export function ConflictNote(props: { record: RecordRow; conflict: Conflict; onDone: () => void }) {
  const client = useClient();
  const [busy, setBusy] = createSignal<'OURS' | 'THEIRS'>();

  async function choose(keep: 'OURS' | 'THEIRS') {
    setBusy(keep);
    const answer = await send(client, chooseSideDocument, { id: props.record.id, keep });
    setBusy(undefined);
    const refusal = answer.kind === 'unreachable' ? answer.message : refusalOf(answer.data.chooseSide);
    if (refusal !== undefined) notify(refusal, { tone: 'bad' });
    else if (keep === 'OURS') notify('Ours goes over what Xero holds, with the next sync.');
    else notify('Kept as it is in Xero.');
    props.onDone();
  }
  return (
    <section aria-label="Xero was changed" class="rounded-xl border border-warn bg-surface px-4 py-4 sm:px-5">
      <div class="flex flex-wrap items-start gap-x-4 gap-y-3">
        <GitCompare size={20} aria-hidden="true" class="mt-0.5 shrink-0 text-warn" />
        <div class="min-w-0 flex-[1_1_16rem]">
          <p class="font-semibold text-warn">
            {props.conflict.gone ? 'Gone from Xero: choose' : 'Xero was changed: choose'}
          </p>
          <p class="mt-1 text-muted">
            {props.conflict.gone
              ? 'Xero no longer has this record where it was. '
              : 'Somebody changed it there since both sides last agreed. '}
            Nothing of ours is sent until you choose. Seen <Ago at={props.conflict.seenAt} none="just now" />.
          </p>
        </div>
        <div class="flex flex-wrap gap-2">
          <Button
            busy={busy() === 'THEIRS'}
            disabled={busy() !== undefined}
            onClick={() => void choose('THEIRS')}
          >
            {props.conflict.gone ? 'Do not send' : 'Keep Xero’s'}
          </Button>
          <Button
            kind="primary"
            busy={busy() === 'OURS'}
            disabled={busy() !== undefined}
            onClick={() => void choose('OURS')}
          >
            {props.conflict.gone ? 'Create it again' : 'Send ours'}
          </Button>
        </div>
      </div>
      <Show when={props.conflict.differences.length > 0}>
        <Differences differences={props.conflict.differences} />
      </Show>
    </section>
  );
}

function Differences(props: { differences: Conflict['differences'] }) {
  return (
    <section aria-label="What differs" tabindex={0} class="mt-4 overflow-x-auto">
      <table class="w-full">
        <thead>
          <tr class="text-left text-xs text-muted">
            <For each={['Field', 'Here', 'In Xero', 'Last agreed']}>
              {(label) => (
                <th scope="col" class="py-1.5 pr-4 font-medium">
                  {label}
                </th>
              )}
            </For>
          </tr>
        </thead>
        <tbody>
          <For each={props.differences}>
            {(each) => (
              <tr class="border-t border-line align-top">
                <th scope="row" class="py-2 pr-4 text-left font-normal text-muted first-letter:uppercase">
                  {each.field}
                </th>
                <td class="py-2 pr-4 break-words">{each.ours === null ? 'Not sent' : textOr(each.ours)}</td>
                <td class="py-2 pr-4 font-medium break-words">{textOr(each.theirs)}</td>
                <td class="py-2 pr-4 break-words text-muted">{textOr(each.agreed)}</td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </section>
  );
}

function textOr(text: string): string {
  return text === '' ? '–' : text;
}
