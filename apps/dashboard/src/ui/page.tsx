// The frame of a page: its title (also the tab's), a line under it, actions at the right.
import { createEffect, type JSX, onCleanup, Show } from 'solid-js';

export function Page(props: {
  title: string;
  tab?: string;
  about?: JSX.Element;
  actions?: JSX.Element;
  children: JSX.Element;
}) {
  createEffect(() => {
    document.title = `${props.tab ?? props.title} · Stockbook`;
  });
  onCleanup(() => {
    document.title = 'Stockbook';
  });
  return (
    <div class="mx-auto w-full max-w-[110rem] px-4 py-5 sm:px-6 lg:px-8 lg:py-7">
      <header class="mb-5 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <div class="min-w-0">
          <h1 class="text-xl font-semibold tracking-tight sm:text-2xl">{props.title}</h1>
          <Show when={props.about}>
            <p class="mt-1 max-w-3xl text-muted">{props.about}</p>
          </Show>
        </div>
        <Show when={props.actions}>
          <div class="flex flex-wrap items-center gap-2">{props.actions}</div>
        </Show>
      </header>
      {props.children}
    </div>
  );
}
