// One load: how far it is, and what became of every row.
import { useParams } from '@solidjs/router';
import { createEffect, createSignal, For, type JSX, on, Show } from 'solid-js';
import { createStore, reconcile } from 'solid-js/store';
import { bulk } from '../../client.ts';
import { formatCount, formatPlural, formatSpan } from '../../format.ts';
import { askOnce, createLiveSubscription } from '../../gql.ts';
import { createFreshness, hasTopic } from '../../live.ts';
import { Ago } from '../../ui/ago.tsx';
import { Bar } from '../../ui/bar.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Page } from '../../ui/page.tsx';
import { Empty, Shown } from '../../ui/shown.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { useFrame } from '../shell/frame.ts';
import { type LoadRow, loadDocument, loadProgressDocument } from './query.ts';
import { Rejections } from './rejections.tsx';

export function LoadPage() {
  const params = useParams();
  const id = () => params.id ?? '';
  const [store, setStore] = createStore<{ load?: LoadRow }>({});
  const [problem, setProblem] = createSignal<string>();
  const [missing, setMissing] = createSignal(false);
  const show = (load: LoadRow) =>
    setStore(reconcile<{ load?: LoadRow }, { load?: LoadRow }>({ load }, { key: 'id' }));

  async function read() {
    const answer = await askOnce(bulk, loadDocument, { id: id() });
    setProblem(answer.kind === 'unreachable' ? answer.message : undefined);
    if (answer.kind === 'unreachable') return;
    setMissing(answer.data.load === null);
    if (answer.data.load !== null) show(answer.data.load);
  }
  createEffect(on(id, () => void read()));
  createLiveSubscription(
    loadProgressDocument,
    () => ({ id: id() }),
    (data) => show(data.loadProgress),
    { client: bulk },
  );
  createFreshness(
    (hint) => hasTopic(hint, 'load'),
    () => void read(),
  );
  return (
    <Page
      title="CSV import"
      about={
        <Show when={store.load}>
          {(load) => (
            <>
              {load().createdBy}, <Ago at={load().createdAt} absolute />
            </>
          )}
        </Show>
      }
      actions={<Show when={store.load}>{(load) => <StateBadge state={load().state} />}</Show>}
    >
      <Show
        when={!missing()}
        fallback={
          <Empty
            title="There is no such import"
            action={<ButtonLink href="/import">See all imports</ButtonLink>}
          />
        }
      >
        <Shown data={store.load} problem={problem()} onRetry={() => void read()}>
          {(load) => (
            <div class="flex flex-col gap-4">
              <Progress load={load()} />
              <Show when={load().state === 'DONE'}>
                <Next load={load()} />
              </Show>
              <Files load={load()} />
              <Show when={load().rejected > 0 || load().rowsRejected > 0}>
                <Rejections load={load()} />
              </Show>
            </div>
          )}
        </Shown>
      </Show>
    </Page>
  );
}

function Progress(props: { load: LoadRow }) {
  const ended = () => props.load.state === 'DONE' || props.load.state === 'FAILED';
  return (
    <Card>
      <div class="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <p class="text-2xl font-semibold tracking-tight">
          {formatCount(props.load.position)}
          <span class="ml-2 text-base font-normal text-muted">
            of {formatPlural(props.load.documents, 'document', 'documents')}
          </span>
        </p>
        <Show when={props.load.endedAt}>
          {(at) => (
            <p class="text-muted">
              took{' '}
              {formatSpan(
                new Date(at()).getTime() - new Date(props.load.startedAt ?? props.load.createdAt).getTime(),
              )}
            </p>
          )}
        </Show>
      </div>
      <Bar
        label="Documents made"
        value={props.load.position}
        max={props.load.documents}
        class="mt-3 h-2.5"
        tone={props.load.state === 'FAILED' ? 'bad' : ended() ? 'ok' : 'info'}
      />
      <Show when={props.load.problem}>
        <p role="alert" class="mt-4 rounded-lg bg-bad-soft px-4 py-3 text-bad">
          {props.load.problem}
        </p>
      </Show>
      <dl class="mt-5 grid grid-cols-2 gap-4 sm:grid-cols-4">
        <Figure label="Rows" value={props.load.rows} />
        <Figure label="Imported" value={props.load.imported} rows={props.load.rowsImported} />
        <Figure label="Unchanged" value={props.load.unchanged} rows={props.load.rowsUnchanged} />
        <Figure
          label="Rejected"
          value={props.load.rejected}
          rows={props.load.rowsRejected}
          alarming={props.load.rejected > 0}
        />
      </dl>
    </Card>
  );
}

function Figure(props: { label: string; value: number; rows?: number; alarming?: boolean }): JSX.Element {
  return (
    <div>
      <dt class="text-xs text-muted">{props.label}</dt>
      <dd class={props.alarming === true ? 'text-xl font-semibold text-bad' : 'text-xl font-semibold'}>
        {formatCount(props.value)}
      </dd>
      <dd class="min-h-4 text-xs text-muted">
        <Show when={props.rows !== undefined}>{formatPlural(props.rows ?? 0, 'row', 'rows')}</Show>
      </dd>
    </div>
  );
}

function Next(props: { load: LoadRow }) {
  const { status } = useFrame();
  return (
    <Show when={props.load.imported > 0 && (status.data?.status.pending ?? 0) > 0}>
      <div class="flex flex-wrap items-center gap-3 rounded-xl border border-line bg-surface px-4 py-3 sm:px-5">
        <p class="min-w-0 flex-[1_1_16rem]">
          The new records wait in the queue. Sync now sends them to Xero.
        </p>
        <ButtonLink href="/queue">See the queue</ButtonLink>
        <ButtonLink href="/" kind="primary">
          Go to the overview
        </ButtonLink>
      </div>
    </Show>
  );
}

function Files(props: { load: LoadRow }) {
  return (
    <Card title="Files" aside={formatPlural(props.load.files.length, 'file', 'files')} flush>
      <ul class="divide-y divide-line border-t border-line">
        <For each={props.load.files}>
          {(file) => (
            <li class="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 py-2.5 sm:px-5">
              <span class="min-w-0 font-medium break-all">{file.name}</span>
              <span class="text-muted">{file.problem === null ? fileText(file) : ''}</span>
              <Show when={file.problem}>
                <span class="w-full text-bad">{file.problem}</span>
              </Show>
            </li>
          )}
        </For>
      </ul>
    </Card>
  );
}

function fileText(file: LoadRow['files'][number]): string {
  const rows = formatPlural(file.rows, 'row', 'rows');
  return file.state === 'receiving' ? `${rows}, arriving` : rows;
}
