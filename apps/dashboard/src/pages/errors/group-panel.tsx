// One cause: what happened, what to do, and the records it concerns.
import { A } from '@solidjs/router';
import ExternalLink from 'lucide-solid/icons/external-link';
import RotateCw from 'lucide-solid/icons/rotate-cw';
import { Match, Show, Switch } from 'solid-js';
import { recordPath } from '../../entity-path.ts';
import { formatCount, formatMoney, formatPlural } from '../../format.ts';
import { Ago } from '../../ui/ago.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Table, type TableColumn } from '../../ui/table.tsx';
import type { ErrorGroupRow, FailedRow } from './query.ts';

const columns: readonly TableColumn[] = [
  { key: 'record', label: 'Record', class: 'w-full min-w-40' },
  { key: 'title', label: 'What', class: 'min-w-40' },
  { key: 'reason', label: "Xero's words", class: 'min-w-64' },
  { key: 'total', label: 'Total', numeric: true },
  { key: 'retry', label: 'Retry', quiet: true },
];

export function GroupPanel(props: {
  group: ErrorGroupRow;
  busy: boolean;
  onRetryOne: (record: string) => void;
  onRetryGroup: () => void;
}) {
  return (
    <Card
      title={props.group.cause}
      aside={
        <Button busy={props.busy} onClick={() => props.onRetryGroup()}>
          <RotateCw size={15} aria-hidden="true" />
          {props.group.count > 1 ? `Retry these ${props.group.count}` : 'Retry it'}
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
                class="ml-2 inline-flex items-center gap-1 font-medium text-accent underline underline-offset-2"
              >
                Fix it there
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
        <Table
          label={`Records: ${props.group.cause}`}
          columns={columnsOf(props.group)}
          rows={props.group.records}
          cell={(row, column) => (
            <FailedCell
              row={row}
              column={column.key}
              busy={props.busy}
              onRetry={() => props.onRetryOne(row.id)}
            />
          )}
          card={(row) => (
            <div class="flex items-center gap-3 px-4 py-3">
              <A href={recordPath(row)} class="min-w-0 flex-1">
                <span class="block truncate font-medium text-accent">{row.number ?? row.title}</span>
                <span class="block text-muted">{row.problem}</span>
              </A>
              <RetryOne
                name={row.number ?? row.title}
                busy={props.busy}
                onRetry={() => props.onRetryOne(row.id)}
              />
            </div>
          )}
        />
        <Show when={props.group.count > props.group.records.length}>
          <p class="border-t border-line px-4 py-3 text-xs text-muted sm:px-5">
            The first {props.group.records.length} of {formatCount(props.group.count)}
          </p>
        </Show>
      </div>
    </Card>
  );
}

/** A column that would only repeat what stands above or beside it is left out. */
function columnsOf(group: ErrorGroupRow): readonly TableColumn[] {
  const spare = new Set<string>();
  if (group.records.every((record) => record.problem === group.message)) spare.add('reason');
  if (group.records.every((record) => record.title.includes(record.number ?? record.title)))
    spare.add('title');
  return columns.filter((column) => !spare.has(column.key));
}

function FailedCell(props: { row: FailedRow; column: string; busy: boolean; onRetry: () => void }) {
  return (
    <Switch>
      <Match when={props.column === 'record'}>
        <A
          href={recordPath(props.row)}
          class="block max-w-64 truncate font-medium text-accent underline-offset-2 hover:underline"
        >
          {props.row.number ?? props.row.title}
        </A>
      </Match>
      <Match when={props.column === 'title'}>{props.row.title}</Match>
      <Match when={props.column === 'reason'}>
        <span class="text-muted">{props.row.problem}</span>
      </Match>
      <Match when={props.column === 'total'}>
        <Show when={props.row.total}>{(total) => formatMoney(total(), props.row.currency)}</Show>
      </Match>
      <Match when={props.column === 'retry'}>
        <RetryOne name={props.row.number ?? props.row.title} busy={props.busy} onRetry={props.onRetry} />
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
