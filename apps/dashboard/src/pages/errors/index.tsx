// Failures: their causes at the left, the records of the chosen one at the right, and Retry for one, a cause or all.
import CircleCheck from 'lucide-solid/icons/circle-check';
import RotateCw from 'lucide-solid/icons/rotate-cw';
import { createMemo, createSignal, For, lazy, Show, Suspense } from 'solid-js';
import { formatCount, formatPlural } from '../../format.ts';
import { createLiveQuery } from '../../gql.ts';
import { createFreshness, hasTopic } from '../../live.ts';
import { Ago } from '../../ui/ago.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Page } from '../../ui/page.tsx';
import { Empty, Shown } from '../../ui/shown.tsx';
import { createUrlFilter } from '../../url-filter.ts';
import { useFrame } from '../shell/frame.ts';
import { GroupPanel } from './group-panel.tsx';
import { openGroup } from './model.ts';
import { type ErrorGroupRow, errorGroupsDocument } from './query.ts';
import { createRetry, type RetrySelection } from './retry.ts';

const Confirm = lazy(() => import('../../ui/confirm.tsx').then((part) => ({ default: part.Confirm })));

interface Asked {
  selection: RetrySelection;
  count: number;
}

export function ErrorsPage() {
  const { status } = useFrame();
  const url = createUrlFilter();
  const query = createLiveQuery(errorGroupsDocument, () => ({}));
  const [asked, setAsked] = createSignal<Asked>();
  // The dialog outlives its question, so that it can give the focus back.
  const lastAsked = createMemo<Asked | undefined>((before) => asked() ?? before);
  const retry = createRetry(() => {
    setAsked(undefined);
    query.refetch();
    status.refetch();
  });
  createFreshness((hint) => hint.ids.length > 0 || hasTopic(hint, 'queue', 'record', 'run'), query.refetch);
  const groups = () => query.data?.errorGroups ?? [];
  const total = () => groups().reduce((sum, group) => sum + group.count, 0);
  const open = createMemo(() => openGroup(groups(), url.get('group')));
  return (
    <Page
      title="Errors"
      tab={total() === 0 ? 'Errors' : `(${formatCount(total())}) Errors`}
      about="Records that Xero refused, by cause. Fix the cause, then retry."
      actions={
        <Show when={total() > 0}>
          <Button onClick={() => setAsked({ selection: { all: true }, count: total() })}>
            <RotateCw size={16} aria-hidden="true" />
            Retry all
          </Button>
        </Show>
      }
    >
      <Shown data={query.data?.errorGroups} problem={query.problem} onRetry={query.refetch}>
        {() => (
          <Show when={open()} fallback={<NoErrors />}>
            {(group) => (
              <div class="grid items-start gap-4 lg:grid-cols-[minmax(0,22rem)_minmax(0,1fr)]">
                <Card flush title="Causes" aside={formatPlural(groups().length, 'cause', 'causes')}>
                  <ul class="divide-y divide-line border-t border-line">
                    <For each={groups()}>
                      {(row) => (
                        <GroupLine
                          group={row}
                          open={row.id === group().id}
                          onOpen={() => url.set('group', row.id)}
                        />
                      )}
                    </For>
                  </ul>
                </Card>
                <GroupPanel
                  group={group()}
                  busy={retry.busy()}
                  onRetryOne={(record) => void retry.retry({ records: [record] })}
                  onRetryGroup={() => setAsked({ selection: { group: group().id }, count: group().count })}
                />
              </div>
            )}
          </Show>
        )}
      </Shown>
      <Suspense>
        <Show when={lastAsked()}>
          {(current) => (
            <Confirm
              open={asked() !== undefined}
              title={`Retry ${formatPlural(current().count, 'record', 'records')}?`}
              action={`Retry ${formatCount(current().count)}`}
              busy={retry.busy()}
              onConfirm={() => void retry.retry(current().selection)}
              onClose={() => setAsked(undefined)}
            >
              They go back into the queue and are sent with the next sync. What is refused again comes back
              here.
            </Confirm>
          )}
        </Show>
      </Suspense>
    </Page>
  );
}

function GroupLine(props: { group: ErrorGroupRow; open: boolean; onOpen: () => void }) {
  return (
    <li>
      <button
        type="button"
        aria-current={props.open ? 'true' : undefined}
        class="flex w-full items-start gap-3 border-l-3 border-transparent px-4 py-3 text-left hover:bg-raised aria-[current]:border-accent aria-[current]:bg-accent-soft"
        onClick={() => props.onOpen()}
      >
        <span class="min-w-0 flex-1">
          <span class="block font-medium">{props.group.cause}</span>
          <span class="mt-0.5 block text-xs text-muted">
            last <Ago at={props.group.lastAt} />
          </span>
        </span>
        <span class="rounded-full bg-bad-soft px-2 py-0.5 text-xs font-semibold text-bad">
          {formatCount(props.group.count)}
        </span>
      </button>
    </li>
  );
}

function NoErrors() {
  return (
    <Card>
      <Empty title="No unresolved errors" icon={<CircleCheck size={20} aria-hidden="true" />}>
        New failures appear here as they happen.
      </Empty>
    </Card>
  );
}
