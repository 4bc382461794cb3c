// A cell of the queue: what it is, its state, and why it waits with the way out where there is one.
import { A } from '@solidjs/router';
import { Match, Show, Switch } from 'solid-js';
import { recordPath } from '../../entity-path.ts';
import { Ago } from '../../ui/ago.tsx';
import { Badge, StateBadge } from '../../ui/state-badge.tsx';
import { type QueueSync, whyWaiting } from './model.ts';
import type { QueueRow } from './query.ts';

export function QueueCell(props: { row: QueueRow; column: string; sync: QueueSync; kind: string }) {
  return (
    <Switch>
      <Match when={props.column === 'record'}>
        <A
          href={recordPath(props.row.record)}
          class="flex max-w-80 items-center gap-2 font-medium text-accent underline-offset-2 hover:underline"
        >
          <span class="truncate">{props.row.record.number ?? props.row.record.title}</span>
          <Show when={props.row.urgent}>
            <Badge tone="info">Urgent</Badge>
          </Show>
        </A>
      </Match>
      <Match when={props.column === 'entity'}>{props.kind}</Match>
      <Match when={props.column === 'state'}>
        <StateBadge state={props.row.state} />
      </Match>
      <Match when={props.column === 'why'}>
        <span class="text-muted">{whyWaiting(props.row, props.sync)}</span>
        <Show when={props.row.state === 'CONFLICT'}>
          <A
            href={recordPath(props.row.record)}
            class="ml-2 font-medium text-accent underline underline-offset-2"
          >
            Choose
          </A>
        </Show>
      </Match>
      <Match when={props.column === 'since'}>
        <Ago at={props.row.createdAt} />
      </Match>
    </Switch>
  );
}
