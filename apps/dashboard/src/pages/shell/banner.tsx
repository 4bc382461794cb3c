// A line above every page for each thing that blocks saving or syncing, with the one action that helps.
import { A } from '@solidjs/router';
import CircleAlert from 'lucide-solid/icons/circle-alert';
import { createMemo, Index, Show } from 'solid-js';
import { recordPath } from '../../entity-path.ts';
import type { LiveQuery } from '../../gql.ts';
import type { ResultOf } from '../../graphql.ts';
import { useFrame } from './frame.ts';
import { type Banner, bannersOf } from './model.ts';
import type { recentFailuresDocument } from './query.ts';

export function FailureBanner(props: { failures: LiveQuery<ResultOf<typeof recentFailuresDocument>> }) {
  const { status } = useFrame();
  const onlyFailure = () => {
    const first = props.failures.data?.queue.edges[0];
    return first === undefined ? undefined : recordPath(first.node.record);
  };
  const banners = createMemo<Banner[]>(() => {
    const known = status.data?.status;
    return known === undefined ? [] : bannersOf(known, onlyFailure());
  });
  return (
    <Index each={banners()}>
      {(shown) => (
        <div
          role="alert"
          class="flex items-center gap-3 border-b border-line bg-bad-soft px-4 py-2 text-bad sm:px-6 lg:px-8"
        >
          <CircleAlert size={17} aria-hidden="true" class="shrink-0" />
          <p class="min-w-0 flex-1">{shown().text}</p>
          <Show when={shown().link}>
            {(link) => (
              <A href={link().href} class="shrink-0 py-1 font-semibold underline underline-offset-2">
                {link().words}
              </A>
            )}
          </Show>
        </div>
      )}
    </Index>
  );
}
