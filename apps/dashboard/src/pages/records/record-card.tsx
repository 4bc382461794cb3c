// A record in a list on a phone.
import { A } from '@solidjs/router';
import { Show } from 'solid-js';
import { recordPath } from '../../entity-path.ts';
import { formatDate, formatMoney } from '../../format.ts';
import { StateBadge } from '../../ui/state-badge.tsx';
import type { RecordRow } from './query.ts';

export function RecordCard(props: { row: RecordRow }) {
  return (
    <A href={recordPath(props.row)} class="flex flex-col gap-1 px-4 py-3">
      <span class="flex items-center justify-between gap-3">
        <span class="min-w-0 truncate font-medium text-accent">{props.row.number ?? props.row.title}</span>
        <StateBadge state={props.row.syncState} />
      </span>
      <Show when={props.row.number !== null && !props.row.title.includes(props.row.number)}>
        <span class="truncate">{props.row.title}</span>
      </Show>
      <span class="flex justify-between gap-3 text-muted">
        <Show when={props.row.date} fallback={<span />}>
          {(date) => <span>{formatDate(date())}</span>}
        </Show>
        <Show when={props.row.total}>
          {(total) => <span>{formatMoney(total(), props.row.currency)}</span>}
        </Show>
      </span>
      <Show when={props.row.syncState === 'FAILED' && props.row.problem}>
        {(problem) => <span class="text-xs text-bad">{problem()}</span>}
      </Show>
    </A>
  );
}
