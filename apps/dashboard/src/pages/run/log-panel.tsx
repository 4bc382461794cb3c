// The log of a run: follows its tail; hover or focus pauses it, Follow goes back to the end.
import clsx from 'clsx';
import ArrowDown from 'lucide-solid/icons/arrow-down';
import { createEffect, For, Show } from 'solid-js';
import { formatClock, formatFullTime } from '../../format.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import type { LogBuffer } from './log-buffer.ts';

export function LogPanel(props: { log: LogBuffer; class?: string }) {
  let scroller: HTMLDivElement | undefined;
  createEffect(() => {
    props.log.lines();
    if (!props.log.paused() && scroller) scroller.scrollTop = scroller.scrollHeight;
  });
  return (
    <Card
      title="Log"
      flush
      class={clsx('flex flex-col', props.class)}
      aside={
        <Show when={props.log.paused()} fallback="Following">
          <span class="mr-2">Paused{props.log.waiting() > 0 ? `, ${props.log.waiting()} new` : ''}</span>
          <Button kind="quiet" class="min-h-7 px-2 text-xs" onClick={() => props.log.follow()}>
            <ArrowDown size={13} aria-hidden="true" />
            Follow
          </Button>
        </Show>
      }
    >
      <div
        ref={scroller}
        role="log"
        aria-live="off"
        aria-label="Log of the run"
        tabindex={0}
        class="h-64 overflow-y-auto border-t border-line px-4 py-3 font-mono text-xs leading-5 sm:px-5"
        onMouseEnter={() => props.log.pause()}
        onMouseLeave={() => props.log.follow()}
        onFocus={() => props.log.pause()}
        onBlur={() => props.log.follow()}
      >
        <For
          each={props.log.lines()}
          fallback={<p class="text-muted">Lines appear here as calls to Xero end.</p>}
        >
          {(line) => (
            <p class="flex gap-3">
              <time datetime={line.at} title={formatFullTime(line.at)} class="shrink-0 text-muted">
                {formatClock(line.at)}
              </time>
              <span class={clsx('min-w-0 break-words', isBad(line.kind) && 'text-bad')}>{line.text}</span>
            </p>
          )}
        </For>
      </div>
    </Card>
  );
}

function isBad(kind: string): boolean {
  return /reject|fail|refus/.test(kind);
}
