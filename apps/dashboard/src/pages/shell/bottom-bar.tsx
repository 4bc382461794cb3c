// Navigation at the foot of a phone's screen; everything beyond four entries opens above it.
import { A, useLocation } from '@solidjs/router';
import clsx from 'clsx';
import Menu from 'lucide-solid/icons/menu';
import { createEffect, createSignal, For, on, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { entityPath } from '../../entity-path.ts';
import { formatCount } from '../../format.ts';
import { useFrame } from './frame.ts';
import { type Entry, settingUp, watching } from './navigation.ts';

const slotClass =
  'flex min-w-0 flex-1 flex-col items-center gap-1 rounded-lg py-1.5 text-[0.6875rem] font-medium';

export function BottomBar() {
  const { status, entities } = useFrame();
  const location = useLocation();
  const [open, setOpen] = createSignal(false);
  let trigger: HTMLButtonElement | undefined;
  createEffect(
    on(
      () => location.pathname,
      () => setOpen(false),
    ),
  );
  const alarming = (entry: Entry) => {
    const known = status.data?.status;
    return known !== undefined && entry.alarming === true && (entry.count?.(known) ?? 0) > 0;
  };
  function onKey(event: KeyboardEvent) {
    if (event.key !== 'Escape' || !open()) return;
    setOpen(false);
    trigger?.focus();
  }
  return (
    <nav
      aria-label="Main, small screen"
      class="fixed inset-x-0 bottom-0 z-30 border-t border-line bg-surface sm:hidden"
      onKeyDown={onKey}
    >
      <Show when={open()}>
        <ul
          id="more-pages"
          class="pop-in grid max-h-[60dvh] grid-cols-2 gap-1 overflow-y-auto border-b border-line p-3"
        >
          <For each={entities.data?.entities ?? []}>
            {(entity) => (
              <li>
                <A
                  href={entityPath(entity.name)}
                  class="flex min-h-11 items-center justify-between gap-2 rounded-lg px-3"
                  activeClass="bg-accent-soft text-accent"
                  inactiveClass="text-ink"
                >
                  {entity.label}
                  <span class="text-xs text-muted">{formatCount(entity.count)}</span>
                </A>
              </li>
            )}
          </For>
          <For each={settingUp}>
            {(entry) => (
              <li>
                <A
                  href={entry.href}
                  class="flex min-h-11 items-center gap-2 rounded-lg px-3"
                  activeClass="bg-accent-soft text-accent"
                  inactiveClass="text-ink"
                >
                  <Dynamic component={entry.icon} size={17} aria-hidden="true" />
                  {entry.label}
                </A>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <div class="flex gap-1 px-2 py-1 pb-[max(0.25rem,env(safe-area-inset-bottom))]">
        <For each={watching}>
          {(entry) => (
            <A
              href={entry.href}
              end={entry.href === '/'}
              class={clsx(slotClass, 'relative')}
              activeClass="text-accent"
              inactiveClass="text-muted"
            >
              <Dynamic component={entry.icon} size={20} aria-hidden="true" />
              {entry.label}
              <Show when={alarming(entry)}>
                <span class="absolute top-1 right-[calc(50%-1rem)] size-2 rounded-full bg-bad" />
              </Show>
            </A>
          )}
        </For>
        <button
          ref={trigger}
          type="button"
          class={clsx(slotClass, 'text-muted')}
          aria-expanded={open()}
          aria-controls="more-pages"
          onClick={() => setOpen(!open())}
        >
          <Menu size={20} aria-hidden="true" />
          More
        </button>
      </div>
    </nav>
  );
}
