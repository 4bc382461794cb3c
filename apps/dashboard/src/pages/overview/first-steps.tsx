// Before the first run: the three steps that lead to it, those done ticked off.
import { A } from '@solidjs/router';
import clsx from 'clsx';
import Check from 'lucide-solid/icons/check';
import { type JSX, Show } from 'solid-js';
import { formatCount } from '../../format.ts';
import { Card } from '../../ui/card.tsx';

export function FirstSteps(props: { connected: boolean; recordCount: number }) {
  return (
    <Card title="First steps">
      <ol class="grid gap-3 md:grid-cols-3">
        <Step number={1} done={props.connected} title="Connect Xero" href="/connect">
          {props.connected ? 'Done.' : 'Choose the organisation that your sales go to.'}
        </Step>
        <Step number={2} done={props.recordCount > 0} title="Bring in your sales" href="/import">
          {props.recordCount > 0
            ? `${formatCount(props.recordCount)} records are here.`
            : 'Import CSV files, or write through the API.'}
        </Step>
        <Step number={3} done={false} title="Sync">
          Press Sync now: progress and log appear here as they happen.
        </Step>
      </ol>
    </Card>
  );
}

function Step(props: { number: number; done: boolean; title: string; href?: string; children: JSX.Element }) {
  return (
    <li class="flex gap-3 rounded-lg bg-bg p-4">
      <span
        class={clsx(
          'flex size-7 shrink-0 items-center justify-center rounded-full text-sm font-semibold',
          props.done ? 'bg-ok-soft text-ok' : 'bg-raised text-muted',
        )}
      >
        <Show when={props.done} fallback={props.number}>
          <Check size={16} aria-label="Done" />
        </Show>
      </span>
      <div class="min-w-0">
        <p class="font-semibold">
          <Show when={props.done ? undefined : props.href} fallback={props.title}>
            {(href) => (
              <A href={href()} class="text-accent underline-offset-2 hover:underline">
                {props.title}
              </A>
            )}
          </Show>
        </p>
        <p class="mt-0.5 text-muted">{props.children}</p>
      </div>
    </li>
  );
}
