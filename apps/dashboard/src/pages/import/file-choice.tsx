// Where files are dropped or chosen, and the list of those chosen.
import clsx from 'clsx';
import Upload from 'lucide-solid/icons/upload';
import X from 'lucide-solid/icons/x';
import { createSignal, createUniqueId, For, Show } from 'solid-js';
import { addFiles, formatBytes, problemOf } from './model.ts';

export function FileChoice(props: {
  files: readonly File[];
  disabled: boolean;
  onChange: (files: readonly File[]) => void;
}) {
  const id = createUniqueId();
  const [over, setOver] = createSignal(false);
  const add = (list: FileList | null | undefined) => props.onChange(addFiles(props.files, [...(list ?? [])]));

  function onDrop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    if (!props.disabled) add(event.dataTransfer?.files);
  }
  return (
    <div>
      <label
        for={id}
        class={clsx(
          'flex cursor-pointer flex-col items-center gap-2 rounded-xl border-2 border-dashed px-6 py-10 text-center transition-colors has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent',
          over() ? 'border-accent bg-accent-soft' : 'border-line-strong',
        )}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
      >
        <Upload size={24} aria-hidden="true" class="text-muted" />
        <span class="font-medium text-accent">Choose CSV files</span>
        <span class="text-muted">or drop them here; all files together are one import</span>
        <input
          id={id}
          type="file"
          accept=".csv,text/csv"
          multiple
          class="sr-only"
          disabled={props.disabled}
          onChange={(event) => {
            add(event.currentTarget.files);
            event.currentTarget.value = '';
          }}
        />
      </label>
      <ul class="mt-3 flex flex-col gap-1" aria-label="Chosen files">
        <For each={props.files}>
          {(file) => (
            <li class="flex min-h-10 items-center gap-3 rounded-lg bg-raised pr-1 pl-3">
              <span class="min-w-0 flex-1 truncate">{file.name}</span>
              <Show when={problemOf(file)}>{(words) => <span class="text-bad">{words()}</span>}</Show>
              <span class="text-xs text-muted">{formatBytes(file.size)}</span>
              <button
                type="button"
                aria-label={`Remove ${file.name}`}
                disabled={props.disabled}
                class="inline-flex size-8 items-center justify-center rounded text-muted hover:text-ink"
                onClick={() => props.onChange(props.files.filter((known) => known !== file))}
              >
                <X size={16} aria-hidden="true" />
              </button>
            </li>
          )}
        </For>
      </ul>
    </div>
  );
}
