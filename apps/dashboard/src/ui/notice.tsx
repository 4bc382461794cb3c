// Short words about what just happened, at the foot of the page; read out politely, gone by themselves.
import { A } from '@solidjs/router';
import clsx from 'clsx';
import X from 'lucide-solid/icons/x';
import { createSignal, For, Show } from 'solid-js';

interface Extras {
  tone?: 'ok' | 'bad';
  href?: string;
  link?: string;
}

interface Notice extends Extras {
  id: number;
  text: string;
}

const shownMs = 8_000;
const [notices, setNotices] = createSignal<readonly Notice[]>([]);
let lastId = 0;

export function notify(text: string, extras: Extras = {}): void {
  lastId += 1;
  const id = lastId;
  setNotices((shown) => [...shown.slice(-2), { id, text, ...extras }]);
  setTimeout(() => dismiss(id), shownMs);
}

export function Notices() {
  return (
    <div
      role="status"
      class="pointer-events-none fixed inset-x-0 bottom-20 z-40 flex flex-col items-center gap-2 px-4 sm:bottom-6"
    >
      <For each={notices()}>
        {(notice) => (
          <div
            class={clsx(
              'pop-in pointer-events-auto flex max-w-lg items-center gap-3 rounded-lg border bg-surface py-2 pr-2 pl-4 shadow-float',
              notice.tone === 'bad' ? 'border-bad text-bad' : 'border-line',
            )}
          >
            <span>{notice.text}</span>
            <Show when={notice.href}>
              {(href) => (
                <A
                  href={href()}
                  class="font-medium whitespace-nowrap text-accent underline"
                  onClick={() => dismiss(notice.id)}
                >
                  {notice.link}
                </A>
              )}
            </Show>
            <button
              type="button"
              aria-label="Dismiss"
              class="inline-flex size-7 items-center justify-center rounded text-muted hover:bg-raised"
              onClick={() => dismiss(notice.id)}
            >
              <X size={15} aria-hidden="true" />
            </button>
          </div>
        )}
      </For>
    </div>
  );
}

function dismiss(id: number): void {
  setNotices((shown) => shown.filter((notice) => notice.id !== id));
}
