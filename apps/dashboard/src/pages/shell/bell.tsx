// The bell: neutral at 0, red with a number when failures are new to this person; the panel lists the latest.
import { A } from '@solidjs/router';
import BellIcon from 'lucide-solid/icons/bell';
import { createSignal, For, lazy, Show, Suspense } from 'solid-js';
import { recordPath } from '../../entity-path.ts';
import { formatCount } from '../../format.ts';
import { type LiveQuery, refusalOf, send, useClient } from '../../gql.ts';
import type { ResultOf } from '../../graphql.ts';
import { Ago } from '../../ui/ago.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { notify } from '../../ui/notice.tsx';
import { Empty } from '../../ui/shown.tsx';
import { useFrame } from './frame.ts';
import { markSeenDocument, type recentFailuresDocument } from './query.ts';

const Popover = lazy(() => import('../../ui/popover.tsx').then((part) => ({ default: part.Popover })));

export function Bell(props: { failures: LiveQuery<ResultOf<typeof recentFailuresDocument>> }) {
  const { viewer } = useFrame();
  const [armed, setArmed] = createSignal(false);
  const [open, setOpen] = createSignal(false);
  const unseen = () => viewer.data?.viewer.unseen ?? 0;
  const label = () => (unseen() === 0 ? 'Failures: none new' : `Failures: ${unseen()} new`);
  const icon = () => <BellFace unseen={unseen()} />;
  function openFirst() {
    setArmed(true);
    setOpen(true);
  }
  const closed = () => (
    <IconButton label={label()} aria-haspopup="dialog" aria-expanded={false} onClick={openFirst}>
      {icon()}
    </IconButton>
  );
  return (
    <Show when={armed()} fallback={closed()}>
      <Suspense fallback={closed()}>
        <Popover label={label()} open={open()} onOpen={setOpen} trigger={icon()}>
          <Panel failures={props.failures} unseen={unseen()} onClose={() => setOpen(false)} />
        </Popover>
      </Suspense>
    </Show>
  );
}

function BellFace(props: { unseen: number }) {
  return (
    <>
      <BellIcon size={18} aria-hidden="true" class={props.unseen > 0 ? 'text-bad' : ''} />
      <Show when={props.unseen > 0}>
        <span
          aria-hidden="true"
          class="absolute -top-0.5 -right-0.5 min-w-4.5 rounded-full bg-bad px-1 text-center text-[0.6875rem] leading-4.5 font-semibold text-surface"
        >
          {props.unseen > 99 ? '99+' : formatCount(props.unseen)}
        </span>
      </Show>
    </>
  );
}

function Panel(props: {
  failures: LiveQuery<ResultOf<typeof recentFailuresDocument>>;
  unseen: number;
  onClose: () => void;
}) {
  const client = useClient();
  const { status, viewer } = useFrame();
  const edges = () => (status.data?.status.rejected === 0 ? [] : (props.failures.data?.queue.edges ?? []));

  async function markSeen() {
    const answer = await send(client, markSeenDocument, {});
    const refusal = answer.kind === 'unreachable' ? answer.message : refusalOf(answer.data.markSeen);
    if (refusal !== undefined) return notify(refusal, { tone: 'bad' });
    viewer.refetch();
  }
  return (
    <div>
      <div class="flex min-h-12 items-center justify-between gap-3 border-b border-line pr-2 pl-4">
        <p class="font-semibold">Recent failures</p>
        <Show when={props.unseen > 0}>
          <Button kind="quiet" onClick={() => void markSeen()}>
            Mark all seen
          </Button>
        </Show>
      </div>
      <Show
        when={edges().length > 0}
        fallback={<Empty title="No failures">New ones appear here as they happen.</Empty>}
      >
        <ul class="divide-y divide-line">
          <For each={edges()}>
            {(edge) => (
              <li>
                <A
                  href={recordPath(edge.node.record)}
                  onClick={() => props.onClose()}
                  class="block px-4 py-3 hover:bg-raised"
                >
                  <span class="flex justify-between gap-3">
                    <span class="truncate font-medium">
                      {edge.node.record.number ?? edge.node.record.title}
                    </span>
                    <span class="text-xs text-muted">
                      <Ago at={edge.node.settledAt ?? edge.node.createdAt} />
                    </span>
                  </span>
                  <span class="mt-0.5 line-clamp-2 text-muted">{edge.node.reason}</span>
                </A>
              </li>
            )}
          </For>
        </ul>
        <A
          href="/errors"
          onClick={() => props.onClose()}
          class="block border-t border-line px-4 py-3 text-center font-medium text-accent hover:bg-raised"
        >
          View all errors
        </A>
      </Show>
    </div>
  );
}
