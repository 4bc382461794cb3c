// Reading CSV files into the inventory: choose the template and the files, send them, then watch the load.
import { A, useNavigate } from '@solidjs/router';
import { createSignal, For, Show } from 'solid-js';
import { formatCount } from '../../format.ts';
import { createLiveQuery } from '../../gql.ts';
import { createFreshness, hasTopic } from '../../live.ts';
import { Ago } from '../../ui/ago.tsx';
import { Bar } from '../../ui/bar.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { SelectField } from '../../ui/field.tsx';
import { Page } from '../../ui/page.tsx';
import { Empty, Shown } from '../../ui/shown.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { FileChoice } from './file-choice.tsx';
import { formatBytes, problemOf } from './model.ts';
import { loadsDocument, templatesDocument } from './query.ts';
import { createUpload } from './upload.ts';

export function ImportPage() {
  return (
    <Page
      title="Import CSV"
      about="Reads files of sales into the inventory. Importing a file twice changes nothing."
    >
      <div class="grid items-start gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <NewLoad />
        <Loads />
      </div>
    </Page>
  );
}

function NewLoad() {
  const navigate = useNavigate();
  const templates = createLiveQuery(templatesDocument, () => ({}));
  const upload = createUpload();
  const [picked, setPicked] = createSignal<string>();
  const [files, setFiles] = createSignal<readonly File[]>([]);
  const [problem, setProblem] = createSignal<string>();
  const [busy, setBusy] = createSignal(false);
  const template = () => picked() ?? templates.data?.templates[0]?.name;
  const columns = () => templates.data?.templates.find(({ name }) => name === template())?.columns ?? [];
  const ready = () => files().length > 0 && files().every((file) => problemOf(file) === undefined);

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    const chosen = template();
    if (chosen === undefined || !ready()) return;
    setBusy(true);
    setProblem(undefined);
    const outcome = await upload.start(chosen, files());
    setBusy(false);
    if (outcome.kind === 'failed') return setProblem(outcome.message);
    navigate(`/import/${outcome.loadId}`);
  }
  return (
    <Card title="New import">
      <Shown data={templates.data} problem={templates.problem} onRetry={templates.refetch} rows={4}>
        {(known) => (
          <form class="flex flex-col gap-5" onSubmit={submit}>
            <SelectField
              label="Template"
              class="max-w-sm"
              value={template() ?? ''}
              disabled={busy()}
              onPick={setPicked}
              options={known().templates.map(({ name, label }) => ({ value: name, label }))}
            />
            <div>
              <p class="text-xs font-medium text-muted">The first line of each file names these columns</p>
              <ul class="mt-1.5 flex flex-wrap gap-1.5">
                <For each={columns()}>
                  {(column) => <li class="rounded bg-raised px-2 py-0.5 font-mono text-xs">{column}</li>}
                </For>
              </ul>
            </div>
            <FileChoice files={files()} disabled={busy()} onChange={setFiles} />
            <Show when={upload.progress()}>
              {(progress) => (
                <div>
                  <p class="flex justify-between gap-4 text-muted">
                    <span class="truncate">Sending {progress().file}</span>
                    <span class="whitespace-nowrap">
                      {formatBytes(progress().sent)} of {formatBytes(progress().total)}
                    </span>
                  </p>
                  <Bar label="Bytes sent" value={progress().sent} max={progress().total} class="mt-2 h-2" />
                </div>
              )}
            </Show>
            <Show when={problem()}>
              <p role="alert" class="rounded-lg bg-bad-soft px-4 py-3 text-bad">
                {problem()}
              </p>
            </Show>
            <div class="flex justify-end">
              <Button type="submit" kind="primary" busy={busy()} disabled={!ready()}>
                Import {files().length > 1 ? `${formatCount(files().length)} files` : ''}
              </Button>
            </div>
          </form>
        )}
      </Shown>
    </Card>
  );
}

function Loads() {
  const loads = createLiveQuery(loadsDocument, () => ({}));
  createFreshness((hint) => hasTopic(hint, 'load'), loads.refetch);
  return (
    <Card title="Earlier imports" flush>
      <Shown data={loads.data?.loads.edges} problem={loads.problem} onRetry={loads.refetch} rows={4}>
        {(edges) => (
          <ul class="divide-y divide-line border-t border-line">
            <For
              each={edges()}
              fallback={
                <li>
                  <Empty title="Nothing imported yet">
                    Choose a template and your files; the report of each import stays here.
                  </Empty>
                </li>
              }
            >
              {(edge) => (
                <li>
                  <A
                    href={`/import/${edge.node.id}`}
                    class="flex flex-col gap-1 px-4 py-3 hover:bg-raised sm:px-5"
                  >
                    <span class="flex items-center justify-between gap-3">
                      <span class="truncate font-medium">{filesText(edge.node.files)}</span>
                      <StateBadge state={edge.node.state} />
                    </span>
                    <span class="flex flex-wrap justify-between gap-x-3 text-xs text-muted">
                      <span>
                        {formatCount(edge.node.imported)} imported, {formatCount(edge.node.unchanged)}{' '}
                        unchanged, {formatCount(edge.node.rejected)} rejected
                      </span>
                      <Ago at={edge.node.createdAt} />
                    </span>
                  </A>
                </li>
              )}
            </For>
          </ul>
        )}
      </Shown>
    </Card>
  );
}

function filesText(files: readonly { name: string }[]): string {
  const first = files[0]?.name ?? 'No file';
  return files.length > 1 ? `${first} and ${formatCount(files.length - 1)} more` : first;
}
