// A table that scrolls inside its own box, and the same rows as a list of cards on phones.
import clsx from 'clsx';
import ArrowDown from 'lucide-solid/icons/arrow-down';
import ArrowUp from 'lucide-solid/icons/arrow-up';
import { For, type JSX, Show } from 'solid-js';
import { Button } from './button.tsx';
import { createMedia } from './media.ts';

export interface TableColumn {
  key: string;
  label: string;
  numeric?: boolean;
  class?: string;
  sortable?: boolean;
  /** The heading is for screen readers only. */
  quiet?: boolean;
}

export interface TableSort {
  key: string;
  descending: boolean;
}

interface TableProps<R> {
  label: string;
  columns: readonly TableColumn[];
  rows: readonly R[];
  cell: (row: R, column: TableColumn) => JSX.Element;
  card: (row: R) => JSX.Element;
  sort?: TableSort | undefined;
  onSort?: (key: string) => void;
}

const cellClass = 'h-11 border-b border-line px-2.5 py-1.5 first:pl-5 last:pr-5 xl:px-3';
/** The first column stays in sight while the others scroll. */
const stickyClass = 'first:sticky first:left-0 first:z-1 first:bg-surface';

export function Table<R>(props: TableProps<R>) {
  const phone = createMedia('(max-width: 639px)');
  return (
    <Show
      when={!phone()}
      fallback={
        <ul aria-label={props.label} class="divide-y divide-line">
          <For each={props.rows}>{(row) => <li>{props.card(row)}</li>}</For>
        </ul>
      }
    >
      <section aria-label={props.label} tabindex={0} class="overflow-x-auto">
        <table class="w-full border-separate border-spacing-0">
          <thead>
            <tr class="text-left text-xs text-muted">
              <For each={props.columns}>
                {(column) => <Head column={column} sort={props.sort} onSort={props.onSort} />}
              </For>
            </tr>
          </thead>
          <tbody>
            <For each={props.rows}>
              {(row) => (
                <tr class="group hover:bg-raised">
                  <For each={props.columns}>
                    {(column) => (
                      <td
                        class={clsx(
                          cellClass,
                          stickyClass,
                          'group-last:border-b-0 group-hover:first:bg-raised',
                          column.numeric === true && 'text-right',
                          column.class ?? 'whitespace-nowrap',
                        )}
                      >
                        {props.cell(row, column)}
                      </td>
                    )}
                  </For>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </section>
    </Show>
  );
}

function Head(props: {
  column: TableColumn;
  sort: TableSort | undefined;
  onSort: ((key: string) => void) | undefined;
}) {
  const order = () =>
    props.sort?.key === props.column.key ? (props.sort.descending ? 'descending' : 'ascending') : undefined;
  return (
    <th
      scope="col"
      aria-sort={props.column.sortable === true ? (order() ?? 'none') : undefined}
      class={clsx(
        cellClass,
        stickyClass,
        'h-10 font-medium whitespace-nowrap',
        props.column.numeric === true && 'text-right',
      )}
    >
      <Show
        when={props.column.sortable === true && props.onSort}
        fallback={<span class={clsx(props.column.quiet === true && 'sr-only')}>{props.column.label}</span>}
      >
        {(onSort) => (
          <button
            type="button"
            class="-mx-1.5 inline-flex min-h-7 items-center gap-1 rounded px-1.5 hover:bg-raised hover:text-ink"
            onClick={() => onSort()(props.column.key)}
          >
            {props.column.label}
            <span class="w-3">
              <Show when={order()}>
                <Show when={order() === 'descending'} fallback={<ArrowUp size={12} aria-hidden="true" />}>
                  <ArrowDown size={12} aria-hidden="true" />
                </Show>
              </Show>
            </span>
          </button>
        )}
      </Show>
    </th>
  );
}

/** The foot of a keyset list: how many are shown, and the way to more. */
export function ListFoot(props: {
  shown: number;
  of?: number | undefined;
  hasMore: boolean;
  loading: boolean;
  onMore: () => void;
}) {
  return (
    <div class="flex min-h-13 flex-wrap items-center justify-between gap-3 border-t border-line px-4 py-2 text-xs text-muted sm:px-5">
      <span>
        {props.shown.toLocaleString('en-GB')} shown
        <Show when={props.of !== undefined && props.hasMore}> of {props.of?.toLocaleString('en-GB')}</Show>
      </span>
      <Show when={props.hasMore}>
        <Button busy={props.loading} onClick={() => props.onMore()}>
          Load more
        </Button>
      </Show>
    </div>
  );
}
