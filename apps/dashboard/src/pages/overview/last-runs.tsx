// The last eight runs.
import { A } from '@solidjs/router';
import { For, Show } from 'solid-js';
import { formatCount, formatPlural, formatSpan } from '../../format.ts';
import type { LiveQuery } from '../../gql.ts';
import type { ResultOf } from '../../graphql.ts';
import { Ago } from '../../ui/ago.tsx';
import { Card } from '../../ui/card.tsx';
import { Empty, Shown } from '../../ui/shown.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { runLook } from '../run/run-look.ts';
import type { RunLine, runsDocument } from './query.ts';

export function LastRuns(props: { runs: LiveQuery<ResultOf<typeof runsDocument>> }) {
  return (
    <Card title="Last runs" flush>
      <Shown
        data={props.runs.data?.runs.edges}
        problem={props.runs.problem}
        onRetry={props.runs.refetch}
        rows={4}
      >
        {(edges) => (
          <ul class="divide-y divide-line border-t border-line">
            <For
              each={edges()}
              fallback={
                <li>
                  <Empty title="No runs yet">Each sync is listed here with what it sent.</Empty>
                </li>
              }
            >
              {(edge) => <Line run={edge.node} />}
            </For>
          </ul>
        )}
      </Shown>
    </Card>
  );
}

function Line(props: { run: RunLine }) {
  const sent = () => props.run.totals.reduce((sum, total) => sum + total.sent, 0);
  const rejected = () => props.run.totals.reduce((sum, total) => sum + total.rejected, 0);
  return (
    <li>
      <A
        href={`/runs/${props.run.id}`}
        class="flex min-h-12 flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2 hover:bg-raised sm:px-5"
      >
        <span class="w-32">
          <StateBadge {...runLook(props.run)} />
        </span>
        <span class="w-32 text-muted">
          <Ago at={props.run.createdAt} />
        </span>
        <span class="flex-1 whitespace-nowrap">
          {formatCount(sent())} sent
          <Show when={rejected() > 0}>
            <span class="text-bad">, {formatCount(rejected())} failed</span>
          </Show>
        </span>
        <span class="text-xs whitespace-nowrap text-muted">
          {formatPlural(props.run.calls, 'call', 'calls')}
          <Show when={props.run.endedAt}>{(ended) => <>, {spanWords(props.run, ended())}</>}</Show>
        </span>
      </A>
    </li>
  );
}

function spanWords(run: RunLine, endedAt: string): string {
  return formatSpan(new Date(endedAt).getTime() - new Date(run.startedAt ?? run.createdAt).getTime());
}
