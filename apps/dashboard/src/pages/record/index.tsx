// One record: what it is, where it stands in Xero and why, what may keep it back, and everything that happened to it.
import { A, useParams } from '@solidjs/router';
import ExternalLink from 'lucide-solid/icons/external-link';
import { For, type JSX, Show } from 'solid-js';
import { entityPath, findEntity } from '../../entity-path.ts';
import { formatDecimal } from '../../format.ts';
import { createLiveQuery } from '../../gql.ts';
import { createFreshness, hasTopic } from '../../live.ts';
import { Ago } from '../../ui/ago.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { CopyId } from '../../ui/copy-id.tsx';
import { Page } from '../../ui/page.tsx';
import { Empty, Shown } from '../../ui/shown.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { XeroMark } from '../../ui/xero-mark.tsx';
import { useFrame } from '../shell/frame.ts';
import { Attempts } from './attempts.tsx';
import { DoNotSync } from './do-not-sync.tsx';
import { Lines } from './lines.tsx';
import { ProblemNote } from './problem-note.tsx';
import { type RecordRow, recordDocument } from './query.ts';
import { Timeline } from './timeline.tsx';

export function RecordPage() {
  const params = useParams();
  const { entities } = useFrame();
  const query = createLiveQuery(recordDocument, () => ({ id: params.id ?? '' }));
  createFreshness(
    (hint) => hint.ids.includes(params.id ?? '') || hasTopic(hint, 'connection'),
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
          <Show when={query.data?.record?.number !== null && query.data?.record?.title}>
            <span>{query.data?.record?.title}</span>
          </Show>
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

function Details(props: { record: RecordRow }) {
  return (
    <Card title="Details">
      <dl class="grid gap-x-6 gap-y-3 sm:grid-cols-2 xl:grid-cols-3">
        <For each={props.record.fields} fallback={<p class="text-muted">Nothing more is known of it.</p>}>
          {(field) => <Fact label={field.label}>{field.text === '' ? '–' : field.text}</Fact>}
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

function InXero(props: { record: RecordRow }) {
  return (
    <Card
      title={
        <span class="flex items-center gap-2.5">
          <XeroMark small />
          In Xero
        </span>
      }
      aside={
        <Show when={props.record.xeroUrl}>
          {(url) => (
            <a
              href={url()}
              target="_blank"
              rel="noreferrer"
              class="inline-flex items-center gap-1.5 py-1 text-sm font-medium text-accent underline-offset-2 hover:underline"
            >
              Open in Xero
              <ExternalLink size={14} aria-hidden="true" />
            </a>
          )}
        </Show>
      }
    >
      <dl class="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-5 gap-y-2.5">
        <Row label="State">
          <StateBadge state={props.record.syncState} />
        </Row>
        <Row label="Accounting code">{props.record.accountingCode ?? 'None: not sent yet'}</Row>
        <Row label="Last export">
          <Ago at={props.record.lastExportAt} none="Never" absolute />
        </Row>
        <Row label="Last import">
          <Ago at={props.record.lastImportAt} none="Never" absolute />
        </Row>
        <Row label="Xero's id">
          <Show when={props.record.xeroId} fallback="–">
            {(id) => <CopyId id={id()} label="Xero's id" />}
          </Show>
        </Row>
        <Row label="Stockbook's id">
          <CopyId id={props.record.id} label="Stockbook's id" />
        </Row>
      </dl>
    </Card>
  );
}

function Row(props: { label: string; children: JSX.Element }) {
  return (
    <>
      <dt class="text-muted">{props.label}</dt>
      <dd class="min-w-0 truncate">{props.children}</dd>
    </>
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
