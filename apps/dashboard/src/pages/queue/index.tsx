// Everything on its way to Xero: what it is, in which state, and why it waits.
import { A } from '@solidjs/router';
import Inbox from 'lucide-solid/icons/inbox';
import { createMemo, Show } from 'solid-js';
import { bulk } from '../../client.ts';
import { recordPath } from '../../entity-path.ts';
import { askOnce, createLiveSubscription } from '../../gql.ts';
import { createKeysetList } from '../../keyset-list.ts';
import { createFreshness, hasTopic } from '../../live.ts';
import { Ago } from '../../ui/ago.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { SelectField } from '../../ui/field.tsx';
import { KeysetView } from '../../ui/keyset.tsx';
import { Page } from '../../ui/page.tsx';
import { Empty } from '../../ui/shown.tsx';
import { StateBadge, stateWord } from '../../ui/state-badge.tsx';
import { ListFoot, Table, type TableColumn } from '../../ui/table.tsx';
import { createUrlFilter } from '../../url-filter.ts';
import { useFrame } from '../shell/frame.ts';
import { nextStepOf } from '../shell/next-step.ts';
import { QueueCell } from './cell.tsx';
import { type QueueSync, queueFilterOf, queueStates, whyWaiting } from './model.ts';
import { QueueNotes } from './notes.tsx';
import { queueChangedDocument, queueDocument } from './query.ts';

const pageSize = 50;
const columns: readonly TableColumn[] = [
  { key: 'record', label: 'What' },
  { key: 'entity', label: 'Kind' },
  { key: 'state', label: 'State' },
  { key: 'why', label: 'Why it waits', class: 'min-w-64' },
  { key: 'since', label: 'Since' },
];

export function QueuePage() {
  const { status, entities, obstacle } = useFrame();
  const url = createUrlFilter();
  const sending = () => (entities.data?.entities ?? []).filter((entity) => entity.exports === 'YES');
  const filter = createMemo(
    () =>
      queueFilterOf(
        url,
        sending().map((entity) => entity.name),
      ),
    undefined,
    {
      equals: (a, b) => JSON.stringify(a) === JSON.stringify(b),
    },
  );
  const list = createKeysetList({
    key: filter,
    pageSize,
    fetch: async (key, first, after) => {
      const answer = await askOnce(bulk, queueDocument, { filter: key, first, after });
      if (answer.kind === 'unreachable') return answer;
      const { edges, pageInfo } = answer.data.queue;
      return { kind: 'answer', data: { nodes: edges.map((edge) => edge.node), ...pageInfo } };
    },
  });
  createFreshness(
    (hint) => hint.ids.length > 0 || hasTopic(hint, 'queue', 'run'),
    () => void list.refresh(),
  );
  createLiveSubscription(
    queueChangedDocument,
    () => ({}),
    () => status.refetch(),
    { client: bulk },
  );
  const sync = createMemo<QueueSync>(() => ({
    step: status.data && nextStepOf(status.data.status),
    obstacle: obstacle()?.sentence,
  }));
  const label = (name: string) => sending().find((entity) => entity.name === name)?.singular ?? name;
  const filtered = () => Object.keys(filter()).length > 0;
  return (
    <Page
      title="Queue"
      about="Records on their way to Xero, in the order they will be sent."
      actions={
        <>
          <SelectField
            label="Kind"
            class="w-40"
            value={url.get('entity') ?? ''}
            onPick={(value) => url.set('entity', value)}
            options={[
              { value: '', label: 'All kinds' },
              ...sending().map(({ name, label: words }) => ({ value: name, label: words })),
            ]}
          />
          <SelectField
            label="State"
            class="w-36"
            value={url.get('state') ?? ''}
            onPick={(value) => url.set('state', value)}
            options={[
              { value: '', label: 'All states' },
              ...queueStates.map((state) => ({ value: state, label: stateWord(state) })),
            ]}
          />
        </>
      }
    >
      <QueueNotes state={filter().state} />
      <Card flush>
        <KeysetView
          list={list}
          empty={<QueueEmpty filtered={filtered()} onClear={() => url.clear(['entity', 'state'])} />}
        >
          <Table
            label="Queue"
            columns={columns}
            rows={list.rows}
            cell={(row, column) => (
              <QueueCell row={row} column={column.key} sync={sync()} kind={label(row.entity)} />
            )}
            card={(row) => (
              <A href={recordPath(row.record)} class="flex flex-col gap-1 px-4 py-3">
                <span class="flex items-center justify-between gap-3">
                  <span class="truncate font-medium">{row.record.number ?? row.record.title}</span>
                  <StateBadge state={row.state} />
                </span>
                <span class="text-muted">{whyWaiting(row, sync())}</span>
                <span class="text-xs text-muted">
                  {label(row.entity)} · <Ago at={row.createdAt} />
                </span>
              </A>
            )}
          />
          <ListFoot
            shown={list.rows.length}
            hasMore={list.hasMore}
            loading={list.loading}
            onMore={() => void list.loadMore()}
          />
        </KeysetView>
      </Card>
    </Page>
  );
}

function QueueEmpty(props: { filtered: boolean; onClear: () => void }) {
  const { status } = useFrame();
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
      <Empty
        title="Nothing waits"
        icon={<Inbox size={20} aria-hidden="true" />}
        action={
          <Show when={(status.data?.status.sent ?? 0) === 0}>
            <ButtonLink href="/import">Import a CSV file</ButtonLink>
          </Show>
        }
      >
        New and changed records queue here until a sync sends them.
      </Empty>
    </Show>
  );
}
