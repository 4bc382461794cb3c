// A panel with an optional heading and something at its right.
import clsx from 'clsx';
import { type JSX, Show } from 'solid-js';

export function Card(props: {
  title?: JSX.Element;
  aside?: JSX.Element;
  class?: string;
  flush?: boolean;
  children: JSX.Element;
}) {
  return (
    <section
      class={clsx(
        'min-w-0 rounded-xl border border-line bg-surface',
        props.flush === true && 'overflow-clip',
        props.class,
      )}
    >
      <Show when={props.title !== undefined}>
        <div class="flex min-h-13 flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 pt-3 pb-2 sm:px-5">
          <h2 class="text-[0.9375rem] font-semibold">{props.title}</h2>
          <div class="text-xs text-muted">{props.aside}</div>
        </div>
      </Show>
      <div
        class={clsx(
          props.flush !== true && 'px-4 pb-4 sm:px-5 sm:pb-5',
          props.title === undefined && props.flush !== true && 'pt-4 sm:pt-5',
        )}
      >
        {props.children}
      </div>
    </section>
  );
}
