// An id in short, with a button that copies the whole.
import Check from 'lucide-solid/icons/check';
import Copy from 'lucide-solid/icons/copy';
import { createSignal, onCleanup, Show } from 'solid-js';

const thanksMs = 1_500;

export function CopyId(props: { id: string; label: string; whole?: boolean }) {
  const [copied, setCopied] = createSignal(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));

  async function copy() {
    await navigator.clipboard.writeText(props.id);
    setCopied(true);
    timer = setTimeout(() => setCopied(false), thanksMs);
  }
  return (
    <span class="inline-flex max-w-full items-center gap-1 font-mono text-xs">
      <span class="truncate" title={props.id}>
        {props.whole === true ? props.id : `${props.id.slice(0, 8)}…`}
      </span>
      <button
        type="button"
        class="inline-flex size-6 shrink-0 items-center justify-center rounded text-muted hover:bg-raised hover:text-ink"
        aria-label={`Copy ${props.label}`}
        title={`Copy ${props.label}`}
        onClick={copy}
      >
        <Show when={copied()} fallback={<Copy size={13} aria-hidden="true" />}>
          <Check size={13} aria-hidden="true" class="text-ok" />
        </Show>
      </button>
    </span>
  );
}
