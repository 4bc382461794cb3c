// What stands in place of data: loading, nothing there, or a problem; every page uses these three.
import CircleAlert from 'lucide-solid/icons/circle-alert';
import RotateCw from 'lucide-solid/icons/rotate-cw';
import { For, type JSX, Show } from 'solid-js';
import { Button } from './button.tsx';

export function Empty(props: {
  title: string;
  children?: JSX.Element;
  action?: JSX.Element;
  icon?: JSX.Element;
}) {
  return (
    <div class="flex flex-col items-center gap-2 px-6 py-12 text-center">
      <Show when={props.icon}>
        <div class="mb-1 flex size-11 items-center justify-center rounded-full bg-raised text-muted">
          {props.icon}
        </div>
      </Show>
      <p class="font-semibold">{props.title}</p>
      <Show when={props.children}>
        <div class="max-w-md text-muted">{props.children}</div>
      </Show>
      <Show when={props.action}>
        <div class="mt-3">{props.action}</div>
      </Show>
    </div>
  );
}

export function Problem(props: { message: string; onRetry?: () => void }) {
  return (
    <div role="alert" class="m-4 flex flex-wrap items-center gap-3 rounded-lg bg-bad-soft px-4 py-3 text-bad">
      <CircleAlert size={18} aria-hidden="true" class="shrink-0" />
      <p class="min-w-0 flex-1">{props.message}</p>
      <Show when={props.onRetry}>
        {(retry) => (
          <Button onClick={() => retry()()}>
            <RotateCw size={15} aria-hidden="true" />
            Try again
          </Button>
        )}
      </Show>
    </div>
  );
}

/** Grey bars in the shape of rows, while the first answer is on its way. */
export function SkeletonRows(props: { rows?: number }) {
  return (
    <div class="flex flex-col gap-3 px-4 py-4 sm:px-5" aria-busy="true">
      <span class="sr-only">Loading</span>
      <For each={Array.from({ length: props.rows ?? 6 })}>{() => <div class="skeleton h-7" />}</For>
    </div>
  );
}

/** Draws one of: a problem with no data yet, a skeleton, or the data. */
export function Shown<T>(props: {
  data: T | undefined;
  problem: string | undefined;
  onRetry: () => void;
  rows?: number;
  skeleton?: JSX.Element;
  children: (data: () => NonNullable<T>) => JSX.Element;
}) {
  return (
    <Show
      when={props.data}
      fallback={
        <Show when={props.problem} fallback={props.skeleton ?? <SkeletonRows rows={props.rows ?? 6} />}>
          {(message) => <Problem message={message()} onRetry={() => props.onRetry()} />}
        </Show>
      }
    >
      {(data) => props.children(data)}
    </Show>
  );
}
