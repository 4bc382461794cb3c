// One record: what it is, where it stands in Xero and why, what may keep it back, and everything that happened to it.
import { A, useParams } from '@solidjs/router';
import { For, type JSX, Show } from 'solid-js';
import { entityPath, findEntity } from '../../entity-path.ts';
import { formatDate, formatDecimal } from '../../format.ts';
import { createLiveQuery } from '../../gql.ts';
import { createFreshness, hasTopic } from '../../live.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Page } from '../../ui/page.tsx';
import { Empty, Shown } from '../../ui/shown.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { useFrame } from '../shell/frame.ts';
import { Attempts } from './attempts.tsx';
import { DoNotSync } from './do-not-sync.tsx';
import { InXero } from './in-xero.tsx';
import { Lines } from './lines.tsx';
import { ProblemNote } from './problem-note.tsx';
import { type RecordRow, recordDocument } from './query.ts';
import { Timeline } from './timeline.tsx';
import { WaitNote } from './wait-note.tsx';

const openStates = /^(PENDING|HELD|CONFLICT|SENDING|CHECKING)$/;

export function RecordPage() {
  const params = useParams();
  const { entities } = useFrame();
  const query = createLiveQuery(recordDocument, () => ({ id: params.id ?? '' }));
  /** A wait, a look and a claim name no records: what waits or is on its way may have gone on with any of them. */
  const isOpen = () => openStates.test(query.data?.record?.syncState ?? '');
  createFreshness(
    (hint) =>
      hint.ids.includes(params.id ?? '') ||
      hasTopic(hint, 'connection') ||
      (isOpen() && hasTopic(hint, 'queue', 'run')),
    query.refetch,
  );
  const entity = () => findEntity(entities.data?.entities ?? [], params.entity);
  const name = () => {
    const record = query.data?.record;
    return record?.number ?? record?.title ?? entity()?.singular ?? 'Record';
  };
  const missing = () => query.data !== undefined && query.data.record === null;
  return (
    <Page
      title={name()}
      about={
        <span class="flex flex-wrap items-center gap-x-3 gap-y-1">
          <A href={entityPath(params.entity ?? '')} class="text-accent underline-offset-2 hover:underline">
            {entity()?.label}
          </A>
          <Show when={subtitleOf(query.data?.record)}>{(words) => <span>{words()}</span>}</Show>
        </span>
      }
      actions={<Show when={query.data?.record}>{(record) => <StateBadge state={record().syncState} />}</Show>}
    >
      <Show
        when={!missing()}
        fallback={
          <Empty
            title="There is no such record"
            action={<ButtonLink href={entityPath(params.entity ?? '')}>See the list</ButtonLink>}
          />
        }
      >
        <Shown data={query.data?.record} problem={query.problem} onRetry={query.refetch} rows={8}>
          {(record) => (
            <div class="flex flex-col gap-4">
              <ProblemNote record={record()} onDone={query.refetch} />
              <WaitNote record={record()} onDone={query.refetch} />
              <div class="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,22rem)] 2xl:grid-cols-[minmax(0,1fr)_minmax(0,28rem)]">
                <div class="flex min-w-0 flex-col gap-4">
                  <Details record={record()} />
                  <Show when={record().lines.length > 0}>
                    <Lines record={record()} />
                  </Show>
                  <Show when={record().stock.length > 0}>
                    <Stock stock={record().stock} />
                  </Show>
                  <Timeline record={record()} />
                  <Attempts attempts={record().attempts} />
                </div>
                <div class="flex min-w-0 flex-col gap-4">
                  <InXero record={record()} />
                  <DoNotSync record={record()} onDone={query.refetch} />
                </div>
              </div>
            </div>
          )}
        </Shown>
      </Show>
    </Page>
  );
}

/** What people call it, unless that only says its number again. */
function subtitleOf(record: RecordRow | null | undefined): string | undefined {
  if (record === null || record === undefined || record.number === null) return undefined;
  return record.title.includes(record.number) ? undefined : record.title;
}

function Details(props: { record: RecordRow }) {
  return (
    <Card title="Details">
      <dl class="grid gap-x-6 gap-y-3 sm:grid-cols-2 xl:grid-cols-3">
        <For each={props.record.fields} fallback={<p class="text-muted">Nothing more is known of it.</p>}>
          {(field) => (
            <Fact label={field.label}>
              <Show when={field.path} fallback={detailText(field.text)}>
                {(path) => (
                  <A href={path()} class="text-accent underline-offset-2 hover:underline">
                    {detailText(field.text)}
                  </A>
                )}
              </Show>
            </Fact>
          )}
        </For>
      </dl>
    </Card>
  );
}

function Stock(props: { stock: RecordRow['stock'] }) {
  return (
    <Card title="Stock">
      <dl class="grid gap-x-6 gap-y-3 sm:grid-cols-2 xl:grid-cols-3">
        <For each={props.stock}>
          {(level) => <Fact label={level.location}>{formatDecimal(level.quantity)}</Fact>}
        </For>
      </dl>
    </Card>
  );
}

function Fact(props: { label: string; children: JSX.Element }) {
  return (
    <div class="min-w-0">
      <dt class="text-xs text-muted">{props.label}</dt>
      <dd class="mt-0.5 break-words">{props.children}</dd>
    </div>
  );
}

function detailText(text: string): string {
  if (text === '') return '–';
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? formatDate(text) : text;
}
