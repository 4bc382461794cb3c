// A run as it goes: done of total, rate, time left, and one bar for each entity with its state in words.
import { createMemo, For, Show } from 'solid-js';
import { createSecondMs } from '../../clock.ts';
import { formatCount, formatPlural, formatSpan } from '../../format.ts';
import { Bar } from '../../ui/bar.tsx';
import { StateBadge, type Tone } from '../../ui/state-badge.tsx';
import { useFrame } from '../shell/frame.ts';
import { closedUntilOf } from '../shell/model.ts';
import { RunControls } from '../shell/run-controls.tsx';
import type { LiveRun } from './live-run.ts';
import { formatLeft } from './pace.ts';
import type { RunRow } from './query.ts';
import { rejectedOf } from './run-look.ts';
import { whyStill } from './why-still.ts';

type Total = RunRow['totals'][number];

export function RunPanel(props: {
  live: LiveRun;
  run: RunRow;
  /** The page says elsewhere what holds it up. */
  explained?: boolean;
}) {
  const running = () => props.run.state === 'RUNNING' || props.run.state === 'WAITING';
  const { status } = useFrame();
  const secondMs = createSecondMs();
  const why = () => whyStill(props.run, closedUntilOf(status.data?.status.calls, secondMs()), secondMs());
  const rate = () => {
    const perSecond = props.live.pace().perSecond;
    return perSecond === undefined
      ? undefined
      : `${perSecond < 10 ? perSecond.toFixed(1) : formatCount(Math.round(perSecond))} a second`;
  };
  return (
    <div class="flex flex-col gap-5">
      <div>
        <div class="flex flex-wrap items-baseline gap-x-4 gap-y-1">
          <p class="text-3xl font-semibold tracking-tight">
            {formatCount(props.run.done)}
            <span class="ml-2 text-base font-normal tracking-normal text-muted">
              of {formatCount(props.run.total)} records
            </span>
          </p>
          <Show when={running()}>
            <p class="text-muted">{rate()}</p>
            <p class="ml-auto font-medium">{formatLeft(props.live.pace().leftMs)}</p>
          </Show>
          <Show when={props.run.endedAt}>
            {(ended) => (
              <p class="ml-auto text-muted">
                took {formatSpan(spanOf(props.run.startedAt ?? props.run.createdAt, ended()))}
              </p>
            )}
          </Show>
          <RunControls run={props.run} onDone={props.live.reread} />
        </div>
        <Bar
          label="Records done"
          value={props.run.done}
          max={props.run.total}
          class="mt-3 h-2.5"
          tone={barTone(props.run)}
        />
        <Announcer run={props.run} />
      </div>
      <Show when={props.explained !== true && why()}>
        {(words) => <p class="rounded-lg bg-warn-soft px-4 py-3 text-warn">{words()}</p>}
      </Show>
      <ul class="grid gap-x-6 gap-y-4 sm:grid-cols-2 2xl:grid-cols-4">
        <For each={props.run.totals}>{(total) => <EntityBar total={total} running={running()} />}</For>
      </ul>
      <p class="text-xs text-muted">
        {formatPlural(props.run.calls, 'call', 'calls')} and {formatPlural(props.run.reads, 'read', 'reads')}{' '}
        to Xero
        <Show when={props.run.throttled > 0}>, {formatCount(props.run.throttled)} told to wait</Show>
      </p>
    </div>
  );
}

function EntityBar(props: { total: Total; running: boolean }) {
  const settled = () => props.total.sent + props.total.rejected + props.total.skipped;
  return (
    <li>
      <div class="flex min-h-6 items-center justify-between gap-2">
        <span class="truncate font-medium">{props.total.label}</span>
        <StateBadge {...stateOf(props.total, settled(), props.running)} />
      </div>
      <Bar
        label={props.total.label}
        value={settled()}
        max={props.total.total}
        class="mt-2"
        tone={toneOf(props.total, settled())}
      />
      <p class="mt-1.5 text-xs text-muted">
        {formatCount(settled())} of {formatCount(props.total.total)}
        <Show when={props.total.rejected > 0}>
          <span class="text-bad"> · {formatCount(props.total.rejected)} failed</span>
        </Show>
        <Show when={props.total.held > 0}> · {formatCount(props.total.held)} held</Show>
        <Show when={props.total.skipped > 0}> · {formatCount(props.total.skipped)} skipped</Show>
      </p>
    </li>
  );
}

/** Tells listeners how far it is at every tenth, not at every record. */
function Announcer(props: { run: RunRow }) {
  const tenth = createMemo(() =>
    props.run.total === 0 ? 0 : Math.floor((props.run.done * 10) / props.run.total),
  );
  return (
    <p class="sr-only" role="status">
      {tenth() * 10} % done
    </p>
  );
}

function barTone(run: RunRow): Tone {
  if (run.state === 'DONE') return rejectedOf(run) > 0 ? 'warn' : 'ok';
  if (run.state === 'STOPPED') return 'neutral';
  return run.state === 'FAILED' ? 'bad' : 'info';
}

function stateOf(total: Total, settled: number, running: boolean): { state: string; word?: string } {
  if (settled + total.held >= total.total) {
    if (total.rejected > 0) return { state: 'FAILED', word: `${formatCount(total.rejected)} failed` };
    return total.held > 0 ? { state: 'HELD' } : { state: 'DONE' };
  }
  if (!running) return { state: 'PENDING', word: 'Not finished' };
  return settled > 0 ? { state: 'SENDING' } : { state: 'WAITING' };
}

function toneOf(total: Total, settled: number): Tone {
  if (total.rejected > 0) return 'bad';
  return settled >= total.total ? 'ok' : 'info';
}

function spanOf(from: string, to: string): number {
  return new Date(to).getTime() - new Date(from).getTime();
}
