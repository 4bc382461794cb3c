// The records of one entity: the server's columns, filters and order in the address bar, more rows on demand.
import { useParams } from '@solidjs/router';
import { createMemo, Show } from 'solid-js';
import { bulk } from '../../client.ts';
import { findEntity } from '../../entity-path.ts';
import { askOnce, createLiveQuery } from '../../gql.ts';
import { createKeysetList } from '../../keyset-list.ts';
import { createFreshness, hasTopic } from '../../live.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { KeysetView } from '../../ui/keyset.tsx';
import { Page } from '../../ui/page.tsx';
import { Empty, Shown } from '../../ui/shown.tsx';
import { ListFoot, Table } from '../../ui/table.tsx';
import { createUrlFilter } from '../../url-filter.ts';
import { ColumnChoice, createColumnChoice } from './column-choice.tsx';
import { Filters } from './filters.tsx';
import { canSort, filterKeys, nextSort, recordFilterOf, sortOf } from './model.ts';
import { NoRecords } from './no-records.tsx';
import { columnsDocument, type EntityColumns, recordsDocument } from './query.ts';
import { RecordCard } from './record-card.tsx';
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

function aboutOf(entity: EntityColumns): string | undefined {
  if (entity.exports === 'READ_ONLY') return 'Read from Xero; they are kept there.';
  return entity.exports === 'NOT_YET' ? 'Kept here; these do not go to Xero yet.' : undefined;
}
