// The rows of the history: only those near the screen exist, the next page is read before its end is reached.
import { createWindowVirtualizer } from '@tanstack/solid-virtual';
import { createEffect, createSignal, For, onMount, Show } from 'solid-js';
import { formatCount } from '../../format.ts';
import type { KeysetList } from '../../keyset-list.ts';
import { EventLine } from './event-line.tsx';
import type { HistoryFilter } from './model.ts';
import type { EventRow } from './query.ts';

const rowPx = 60;
const aheadRows = 20;

export function EventList(props: { list: KeysetList<EventRow>; filter: HistoryFilter }) {
  const [offset, setOffset] = createSignal(0);
  let container: HTMLUListElement | undefined;
  onMount(() => setOffset(container?.offsetTop ?? 0));
  const virtual = createWindowVirtualizer<HTMLLIElement>({
    get count() {
      return props.list.rows.length;
    },
    get scrollMargin() {
      return offset();
    },
    estimateSize: () => rowPx,
    overscan: 12,
    getItemKey: (index) => props.list.rows[index]?.id ?? index,
  });
  createEffect(() => {
    const last = virtual.getVirtualItems().at(-1);
    if (last !== undefined && last.index >= props.list.rows.length - aheadRows) void props.list.loadMore();
  });
  return (
    <div>
      <ul
        ref={container}
        aria-label="History"
        class="relative"
        style={{ height: `${virtual.getTotalSize()}px` }}
      >
        <For each={virtual.getVirtualItems()}>
          {(item) => (
            <Show when={props.list.rows[item.index]}>
              {(event) => (
                <li
                  ref={(element) => queueMicrotask(() => virtual.measureElement(element))}
                  data-index={item.index}
                  aria-posinset={item.index + 1}
                  aria-setsize={props.list.hasMore ? -1 : props.list.rows.length}
                  class="absolute inset-x-0 top-0"
                  style={{ transform: `translateY(${item.start - offset()}px)` }}
                >
                  <EventLine
                    event={event()}
                    filter={props.filter}
                    before={props.list.rows[item.index - 1]?.cursor ?? null}
                    last={item.index === props.list.rows.length - 1}
                  />
                </li>
              )}
            </Show>
          )}
        </For>
      </ul>
      <p class="min-h-12 border-t border-line px-5 py-3 text-xs text-muted" role="status">
        {formatCount(props.list.rows.length)} loaded
        {props.list.loading ? ', reading more' : props.list.hasMore ? '' : ', that is all'}
      </p>
    </div>
  );
}
