// The records of one entity: the server's columns, filters and order in the address bar, more rows on demand.
import { A, useParams } from '@solidjs/router';
import { createMemo, Show } from 'solid-js';
import { bulk } from '../../client.ts';
import { findEntity, recordPath } from '../../entity-path.ts';
import { formatDate, formatMoney } from '../../format.ts';
import { askOnce, createLiveQuery } from '../../gql.ts';
import { createKeysetList } from '../../keyset-list.ts';
import { createFreshness, hasTopic } from '../../live.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { KeysetView } from '../../ui/keyset.tsx';
import { Page } from '../../ui/page.tsx';
import { Empty, Shown } from '../../ui/shown.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { ListFoot, Table } from '../../ui/table.tsx';
import { createUrlFilter } from '../../url-filter.ts';
import { ColumnChoice, createColumnChoice } from './column-choice.tsx';
import { Filters } from './filters.tsx';
import { canSort, filterKeys, nextSort, recordFilterOf, sortOf } from './model.ts';
import { columnsDocument, type EntityColumns, type RecordRow, recordsDocument } from './query.ts';
import { RecordCell } from './record-cell.tsx';

const pageSize = 50;

export function RecordsPage() {
  const params = useParams();
  const query = createLiveQuery(columnsDocument, () => ({}));
  createFreshness((hint) => hasTopic(hint, 'load', 'record'), query.refetch);
  const entity = createMemo(() => findEntity(query.data?.entities ?? [], params.entity));
  return (
    <Show
      when={query.data}
      fallback={
        <Page title="Records">
          <Shown data={undefined} problem={query.problem} onRetry={query.refetch}>
            {() => null}
          </Shown>
        </Page>
      }
    >
      <Show
        when={entity()?.name}
        keyed
        fallback={
          <Page title="Not found">
            <Empty
              title="There is no such kind of record"
              action={<ButtonLink href="/">Go to the overview</ButtonLink>}
            />
          </Page>
        }
      >
        <Show when={entity()}>{(known) => <RecordList entity={known()} />}</Show>
      </Show>
    </Show>
  );
}

function RecordList(props: { entity: EntityColumns }) {
  const url = createUrlFilter();
  const choice = createColumnChoice(() => props.entity);
  const key = createMemo(
    () => ({ filter: recordFilterOf(url), sort: sortOf(url.get('sort'))?.sort }),
    undefined,
    { equals: (a, b) => JSON.stringify(a) === JSON.stringify(b) },
  );
  const list = createKeysetList({
    key,
    pageSize,
    fetch: async (asked, first, after) => {
      const answer = await askOnce(bulk, recordsDocument, {
        entity: props.entity.name,
        filter: asked.filter,
        sort: asked.sort ?? null,
        first,
        after,
      });
      if (answer.kind === 'unreachable') return answer;
      const { edges, pageInfo } = answer.data.records;
      return { kind: 'answer', data: { nodes: edges.map((edge) => edge.node), ...pageInfo } };
    },
  });
  createFreshness(
    (hint) => hint.ids.some((id) => list.rows.some((row) => row.id === id)) || hasTopic(hint, 'load'),
    () => void list.refresh(),
  );
  const sorted = () => {
    const found = sortOf(url.get('sort'));
    return found === undefined
      ? undefined
      : { key: found.column, descending: found.sort.descending === true };
  };
  const filtered = () => filterKeys.some((name) => url.get(name) !== undefined);
  return (
    <Page title={props.entity.label} about={aboutOf(props.entity)} actions={<ColumnChoice choice={choice} />}>
      <Filters url={url} entity={props.entity} />
      <Card flush>
        <KeysetView
          list={list}
          empty={
            <NoRecords entity={props.entity} filtered={filtered()} onClear={() => url.clear(filterKeys)} />
          }
        >
          <Table
            label={props.entity.label}
            rows={list.rows}
            sort={sorted()}
            onSort={(column) => url.set('sort', nextSort(url.get('sort'), column))}
            columns={choice.shown().map((column) => ({
              key: column.key,
              label: column.label,
              numeric: column.kind === 'MONEY',
              sortable: column.sortable && canSort(column.key),
            }))}
            cell={(row, column) => (
              <RecordCell
                row={row}
                column={props.entity.columns.find(({ key: name }) => name === column.key)}
                first={choice.shown()[0]?.key === column.key}
              />
            )}
            card={(row) => <RecordCard row={row} />}
          />
          <ListFoot
            shown={list.rows.length}
            of={filtered() ? undefined : props.entity.count}
            hasMore={list.hasMore}
            loading={list.loading}
            onMore={() => void list.loadMore()}
          />
        </KeysetView>
      </Card>
    </Page>
  );
}

function RecordCard(props: { row: RecordRow }) {
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

function NoRecords(props: { entity: EntityColumns; filtered: boolean; onClear: () => void }) {
  return (
    <Show
      when={!props.filtered}
      fallback={
        <Empty
          title="Nothing matches this filter"
          action={<Button onClick={() => props.onClear()}>Show everything</Button>}
        />
      }
    >
      <Show
        when={props.entity.exports === 'READ_ONLY'}
        fallback={
          <Empty
            title={`No ${props.entity.label.toLowerCase()} yet`}
            action={<ButtonLink href="/import">Import a CSV file</ButtonLink>}
          >
            They come from a CSV file or through the API.
          </Empty>
        }
      >
        <Empty
          title={`No ${props.entity.label.toLowerCase()} yet`}
          action={<ButtonLink href="/connect">Connect Xero</ButtonLink>}
        >
          They are read from Xero when you connect.
        </Empty>
      </Show>
    </Show>
  );
}

function aboutOf(entity: EntityColumns): string | undefined {
  if (entity.exports === 'READ_ONLY') return 'Read from Xero; they are kept there.';
  return entity.exports === 'NOT_YET' ? 'Kept here; these do not go to Xero yet.' : undefined;
}
