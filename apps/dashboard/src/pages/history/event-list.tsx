// The rows of the history: only those near the screen exist, the next page is read before its end is reached.
import { createWindowVirtualizer } from '@tanstack/solid-virtual';
import { createEffect, createSignal, For, onMount, Show } from 'solid-js';
import type { KeysetList } from '../../keyset-list.ts';
import type { EntityRow } from '../shell/query.ts';
import { EventLine } from './event-line.tsx';
import type { HistoryFilter } from './model.ts';
import type { EventRow } from './query.ts';

const rowPx = 60;
const aheadRows = 20;

export function EventList(props: {
  list: KeysetList<EventRow>;
  filter: HistoryFilter;
  entities: readonly EntityRow[];
}) {
  const [offset, setOffset] = createSignal(0);
  let container: HTMLDivElement | undefined;
  onMount(() => setOffset(container?.offsetTop ?? 0));
  const virtual = createWindowVirtualizer<HTMLDivElement>({
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
  const label = (name: string) => props.entities.find((entity) => entity.name === name)?.label ?? name;
  return (
    <div
      ref={container}
      role="table"
      aria-label="History"
      aria-rowcount={props.list.hasMore ? -1 : props.list.rows.length + 1}
    >
      <div role="rowgroup">
        <div role="row" aria-rowindex={1} class="sr-only">
          <span role="columnheader">When</span>
          <span role="columnheader">Kind</span>
          <span role="columnheader">What happened</span>
          <span role="columnheader">By</span>
        </div>
      </div>
      <div role="rowgroup" class="relative" style={{ height: `${virtual.getTotalSize()}px` }}>
        <For each={virtual.getVirtualItems()}>
          {(item) => (
            <Show when={props.list.rows[item.index]}>
              {(event) => (
                <div
                  ref={(element) => queueMicrotask(() => virtual.measureElement(element))}
                  data-index={item.index}
                  role="row"
                  aria-rowindex={item.index + 2}
                  class="absolute inset-x-0 top-0"
                  style={{ transform: `translateY(${item.start - offset()}px)` }}
                >
                  <EventLine
                    event={event()}
                    entityLabel={label}
                    filter={props.filter}
                    before={props.list.rows[item.index - 1]?.cursor ?? null}
                    last={item.index === props.list.rows.length - 1}
                  />
                </div>
              )}
            </Show>
          )}
        </For>
      </div>
      <p class="min-h-12 border-t border-line px-5 py-3 text-xs text-muted" role="status">
        {props.list.rows.length.toLocaleString('en-GB')} loaded
        {props.list.loading ? ', reading more' : props.list.hasMore ? '' : ', that is all'}
      </p>
    </div>
  );
}
