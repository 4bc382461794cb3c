// Draws a keyset list: problem, skeleton, nothing there, or its rows; the same on every page.
import { type JSX, Show } from 'solid-js';
import { Problem, SkeletonRows } from './shown.tsx';

export function KeysetView(props: {
  list: {
    readonly known: boolean;
    readonly problem: string | undefined;
    readonly rows: readonly unknown[];
    refresh(): Promise<void>;
  };
  empty: JSX.Element;
  children: JSX.Element;
}) {
  return (
    <>
      <Show when={props.list.problem}>
        {(message) => <Problem message={message()} onRetry={() => void props.list.refresh()} />}
      </Show>
      <Show
        when={props.list.known}
        fallback={
          <Show when={props.list.problem === undefined}>
            <SkeletonRows rows={8} />
          </Show>
        }
      >
        <Show when={props.list.rows.length > 0} fallback={props.empty}>
          {props.children}
        </Show>
      </Show>
    </>
  );
}
