// Everything that happened to a record, newest first.
import { A } from '@solidjs/router';
import { For, Show } from 'solid-js';
import { Ago } from '../../ui/ago.tsx';
import { Card } from '../../ui/card.tsx';
import { Badge } from '../../ui/state-badge.tsx';
import { kindWord } from '../history/model.ts';
import type { RecordRow } from './query.ts';

export function Timeline(props: { record: RecordRow }) {
  return (
    <Card title="Timeline">
      <ol class="relative flex flex-col gap-4 border-l border-line pl-5">
        <For each={props.record.timeline} fallback={<li class="text-muted">Nothing happened to it yet.</li>}>
          {(event) => (
            <li class="relative">
              <span
                class="absolute top-1.5 -left-[1.5625rem] size-2.5 rounded-full border-2 border-surface bg-line-strong"
                aria-hidden="true"
              />
              <p class="flex flex-wrap items-center gap-x-3 gap-y-1">
                <Badge tone="neutral">{kindWord(event.kind)}</Badge>
                <span class="text-xs text-muted">
                  <Ago at={event.at} absolute /> · {event.actor}
                </span>
              </p>
              <p class="mt-1 break-words">
                {event.text}
                <Show when={event.runId}>
                  {(run) => (
                    <A href={`/runs/${run()}`} class="ml-2 text-accent underline underline-offset-2">
                      Open run
                    </A>
                  )}
                </Show>
              </p>
            </li>
          )}
        </For>
      </ol>
    </Card>
  );
}
