// One event: when, what kind, in words, by whom, and links to the records it is about.
import { A } from '@solidjs/router';
import clsx from 'clsx';
import { createSignal, For, Show } from 'solid-js';
import { bulk } from '../../client.ts';
import { recordPath } from '../../entity-path.ts';
import { formatCount } from '../../format.ts';
import { askOnce } from '../../gql.ts';
import { Ago } from '../../ui/ago.tsx';
import { notify } from '../../ui/notice.tsx';
import { Badge, type Tone } from '../../ui/state-badge.tsx';
import { type HistoryFilter, kindWord } from './model.ts';
import { type EventRecord, type EventRow, eventRecordsDocument } from './query.ts';

const tones: Readonly<Record<string, Tone>> = {
  export: 'info',
  load: 'ok',
  retry: 'warn',
  urgent: 'info',
  'do-not-sync': 'warn',
  connection: 'info',
};
const nearby = 5;

export function EventLine(props: {
  event: EventRow;
  filter: HistoryFilter;
  before: string | null;
  last: boolean;
}) {
  const [all, setAll] = createSignal<readonly EventRecord[]>();
  const shown = () => all() ?? props.event.records;

  async function showAll() {
    const answer = await askOnce(bulk, eventRecordsDocument, {
      filter: props.filter,
      first: nearby,
      after: props.before,
    });
    if (answer.kind === 'unreachable') return notify(answer.message, { tone: 'bad' });
    const found = answer.data.history.edges.find((edge) => edge.node.id === props.event.id);
    if (found !== undefined) setAll(found.node.records);
  }
  return (
    <div
      class={clsx(
        'grid min-h-15 grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 px-4 py-2 lg:grid-cols-[8.5rem_7.5rem_minmax(0,1fr)_minmax(0,12rem)] sm:px-5',
        !props.last && 'border-b border-line',
      )}
    >
      <span class="order-2 text-xs text-muted lg:order-none lg:text-sm">
        <Ago at={props.event.at} absolute />
      </span>
      <span class="order-1 lg:order-none">
        <Badge tone={tones[props.event.kind] ?? 'neutral'}>{kindWord(props.event.kind)}</Badge>
      </span>
      <div class="order-3 col-span-2 min-w-0 lg:order-none lg:col-span-1">
        <p class="break-words">{props.event.text}</p>
        <Show when={props.event.count > 0}>
          <p class="flex flex-wrap gap-x-3 gap-y-0.5 text-xs">
            <For each={shown()}>
              {(record) => (
                <A
                  href={recordPath(record)}
                  title={record.title}
                  class="py-0.5 text-accent underline-offset-2 hover:underline"
                >
                  {record.number ?? record.title}
                </A>
              )}
            </For>
            <Show when={props.event.count > shown().length}>
              <button
                type="button"
                class="py-0.5 font-medium text-muted underline underline-offset-2"
                onClick={() => void showAll()}
              >
                and {formatCount(props.event.count - shown().length)} more
              </button>
            </Show>
          </p>
        </Show>
      </div>
      <span class="order-4 col-span-2 truncate text-xs text-muted lg:order-none lg:col-span-1 lg:text-sm">
        <Show when={props.event.runId} fallback={props.event.actor}>
          {(run) => (
            <A href={`/runs/${run()}`} class="underline-offset-2 hover:underline">
              {props.event.actor}
            </A>
          )}
        </Show>
      </span>
    </div>
  );
}
