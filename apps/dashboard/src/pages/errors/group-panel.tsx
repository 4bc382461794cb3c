// One cause: what happened, what to do, and the records it concerns.
import { A } from '@solidjs/router';
import ExternalLink from 'lucide-solid/icons/external-link';
import RotateCw from 'lucide-solid/icons/rotate-cw';
import { createMemo, Match, Show, Switch } from 'solid-js';
import { bulk } from '../../client.ts';
import { recordPath } from '../../entity-path.ts';
import { formatMoney, formatPlural } from '../../format.ts';
import { askOnce } from '../../gql.ts';
import { createKeysetList } from '../../keyset-list.ts';
import { createFreshness, hasTopic } from '../../live.ts';
import { Ago } from '../../ui/ago.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { KeysetView } from '../../ui/keyset.tsx';
import { Empty } from '../../ui/shown.tsx';
import { ListFoot, Table, type TableColumn } from '../../ui/table.tsx';
import { rowsOf } from './model.ts';
import { type ErrorGroupRow, type FailedRow, failedDocument } from './query.ts';

const pageSize = 100;
const columns: readonly TableColumn[] = [
  { key: 'record', label: 'Record' },
  { key: 'reason', label: "Xero's words", class: 'min-w-64' },
  { key: 'total', label: 'Total', numeric: true },
  { key: 'at', label: 'Failed' },
  { key: 'retry', label: '' },
];

export function GroupPanel(props: {
  group: ErrorGroupRow;
  busy: boolean;
  onRetryOne: (record: string) => void;
  onRetryGroup: () => void;
}) {
  const list = createKeysetList({
    key: () => props.group.entity,
    pageSize,
    fetch: async (entity, first, after) => {
      const answer = await askOnce(bulk, failedDocument, {
        filter: { entity, state: 'FAILED' },
        first,
        after,
      });
      if (answer.kind === 'unreachable') return answer;
      const { edges, pageInfo } = answer.data.queue;
      return { kind: 'answer', data: { nodes: edges.map((edge) => edge.node), ...pageInfo } };
    },
  });
  createFreshness(
    (hint) => hint.ids.length > 0 || hasTopic(hint, 'queue', 'run'),
    () => void list.refresh(),
  );
  const rows = createMemo(() => rowsOf(props.group, list.rows));
  return (
    <Card
      title={props.group.cause}
      aside={
        <Button busy={props.busy} onClick={() => props.onRetryGroup()}>
          <RotateCw size={15} aria-hidden="true" />
          Retry these {props.group.count > 1 ? props.group.count : ''}
        </Button>
      }
      flush
    >
      <div class="flex flex-col gap-3 px-4 pb-4 sm:px-5">
        <p class="rounded-lg bg-bad-soft px-4 py-3 text-bad">{props.group.message}</p>
        <p>
          <span class="font-semibold">What to do: </span>
          {props.group.fix}
          <Show when={props.group.link}>
            {(link) => (
              <a
                href={link()}
                target="_blank"
                rel="noreferrer"
                class="ml-2 inline-flex items-center gap-1 font-medium text-accent underline-offset-2 hover:underline"
              >
                Read more
                <ExternalLink size={13} aria-hidden="true" />
              </a>
            )}
          </Show>
        </p>
        <p class="text-xs text-muted">
          {formatPlural(props.group.count, 'record', 'records')}, first <Ago at={props.group.firstAt} />, last{' '}
          <Ago at={props.group.lastAt} />
        </p>
      </div>
      <div class="border-t border-line">
        <KeysetView list={list} empty={<Empty title="These moved on">They are no longer failed.</Empty>}>
          <Table
            label={`Records: ${props.group.cause}`}
            columns={columns}
            rows={rows()}
            cell={(row, column) => (
              <FailedCell
                row={row}
                column={column.key}
                busy={props.busy}
                onRetry={() => props.onRetryOne(row.record.id)}
              />
            )}
            card={(row) => (
              <div class="flex items-center gap-3 px-4 py-3">
                <A href={recordPath(row.record)} class="min-w-0 flex-1">
                  <span class="block truncate font-medium text-accent">
                    {row.record.number ?? row.record.title}
                  </span>
                  <span class="block text-muted">{row.reason}</span>
                </A>
                <RetryOne
                  name={row.record.number ?? row.record.title}
                  busy={props.busy}
                  onRetry={() => props.onRetryOne(row.record.id)}
                />
              </div>
            )}
          />
          <ListFoot
            shown={rows().length}
            of={props.group.count}
            hasMore={list.hasMore}
            loading={list.loading}
            onMore={() => void list.loadMore()}
          />
        </KeysetView>
      </div>
    </Card>
  );
}

function FailedCell(props: { row: FailedRow; column: string; busy: boolean; onRetry: () => void }) {
  return (
    <Switch>
      <Match when={props.column === 'record'}>
        <A
          href={recordPath(props.row.record)}
          class="block max-w-64 truncate font-medium text-accent underline-offset-2 hover:underline"
        >
          {props.row.record.number ?? props.row.record.title}
        </A>
      </Match>
      <Match when={props.column === 'reason'}>
        <span class="text-muted">{props.row.reason}</span>
      </Match>
      <Match when={props.column === 'total'}>
        <Show when={props.row.record.total}>
          {(total) => formatMoney(total(), props.row.record.currency)}
        </Show>
      </Match>
      <Match when={props.column === 'at'}>
        <Ago at={props.row.settledAt ?? props.row.createdAt} />
      </Match>
      <Match when={props.column === 'retry'}>
        <RetryOne
          name={props.row.record.number ?? props.row.record.title}
          busy={props.busy}
          onRetry={props.onRetry}
        />
      </Match>
    </Switch>
  );
}

function RetryOne(props: { name: string; busy: boolean; onRetry: () => void }) {
  return (
    <Button
      kind="quiet"
      disabled={props.busy}
      aria-label={`Retry ${props.name}`}
      onClick={() => props.onRetry()}
    >
      <RotateCw size={15} aria-hidden="true" />
      Retry
    </Button>
  );
}
