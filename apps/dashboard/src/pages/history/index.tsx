// Everything that happened, newest first: a virtual list over keyset pages, with a link to each record.
import { createMemo, Show } from 'solid-js';
import { bulk } from '../../client.ts';
import { askOnce } from '../../gql.ts';
import { createKeysetList } from '../../keyset-list.ts';
import { createFreshness } from '../../live.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { KeysetView } from '../../ui/keyset.tsx';
import { Page } from '../../ui/page.tsx';
import { Empty } from '../../ui/shown.tsx';
import { createUrlFilter, type UrlFilter } from '../../url-filter.ts';
import { useFrame } from '../shell/frame.ts';
import type { EntityRow } from '../shell/query.ts';
import { EventList } from './event-list.tsx';
import { eventKinds, filterKeys, historyFilterOf, kindWord } from './model.ts';
import { historyDocument } from './query.ts';

const pageSize = 60;

export function HistoryPage() {
  const { entities } = useFrame();
  const url = createUrlFilter();
  const known = () => entities.data?.entities ?? [];
  const filter = createMemo(
    () =>
      historyFilterOf(
        url,
        known().map((entity) => entity.name),
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
      const answer = await askOnce(bulk, historyDocument, { filter: key, first, after });
      if (answer.kind === 'unreachable') return answer;
      const { edges, pageInfo } = answer.data.history;
      return {
        kind: 'answer',
        data: { nodes: edges.map(({ node, cursor }) => ({ ...node, cursor })), ...pageInfo },
      };
    },
  });
  // Far down the list a refresh would pull the rows away from under the reader: it waits until they are at the top.
  createFreshness(
    () => window.scrollY < 400,
    () => void list.refresh(),
  );
  const filtered = () => filterKeys.some((key) => url.get(key) !== undefined);
  return (
    <Page title="History" about="What was sent, imported, changed and decided, and by whom.">
      <Filters url={url} entities={known()} filtered={filtered()} />
      <Card flush>
        <KeysetView
          list={list}
          empty={
            <Show
              when={filtered()}
              fallback={
                <Empty title="Nothing happened yet">
                  Imports, syncs and changes are listed here from the first one on.
                </Empty>
              }
            >
              <Empty
                title="Nothing matches this filter"
                action={<Button onClick={() => url.clear(filterKeys)}>Show everything</Button>}
              />
            </Show>
          }
        >
          <EventList list={list} filter={filter()} />
        </KeysetView>
      </Card>
    </Page>
  );
}

function Filters(props: { url: UrlFilter; entities: readonly EntityRow[]; filtered: boolean }) {
  return (
    <search class="mb-4 grid grid-cols-2 items-end gap-3 lg:grid-cols-[minmax(10rem,1fr)_repeat(4,minmax(0,10rem))_auto]">
      <TextField
        label="Search"
        type="search"
        class="col-span-2 lg:col-span-1"
        placeholder="Number or words"
        value={props.url.get('q') ?? ''}
        onChange={(event) => props.url.set('q', event.currentTarget.value.trim())}
      />
      <SelectField
        label="Entity"
        value={props.url.get('entity') ?? ''}
        onPick={(value) => props.url.set('entity', value)}
        options={[
          { value: '', label: 'All' },
          ...props.entities.map(({ name, label }) => ({ value: name, label })),
        ]}
      />
      <SelectField
        label="What happened"
        value={props.url.get('kind') ?? ''}
        onPick={(value) => props.url.set('kind', value)}
        options={[
          { value: '', label: 'Everything' },
          ...eventKinds.map((kind) => ({ value: kind, label: kindWord(kind) })),
        ]}
      />
      <TextField
        label="From"
        type="date"
        value={props.url.get('from') ?? ''}
        onChange={(event) => props.url.set('from', event.currentTarget.value)}
      />
      <TextField
        label="To"
        type="date"
        value={props.url.get('to') ?? ''}
        onChange={(event) => props.url.set('to', event.currentTarget.value)}
      />
      <Button
        kind="quiet"
        class="max-lg:disabled:hidden"
        disabled={!props.filtered}
        onClick={() => props.url.clear(filterKeys)}
      >
        Clear
      </Button>
    </search>
  );
}
