// The run that goes now, or else the last one, with its log beside it.
import { A } from '@solidjs/router';
import { Show } from 'solid-js';
import { Card } from '../../ui/card.tsx';
import { Shown } from '../../ui/shown.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { createLiveRun } from '../run/live-run.ts';
import { LogPanel } from '../run/log-panel.tsx';
import { runLook } from '../run/run-look.ts';
import { RunPanel } from '../run/run-panel.tsx';
import { useFrame } from '../shell/frame.ts';
import { FirstSteps } from './first-steps.tsx';

export function LivePanels(props: {
  activeRun: string | undefined;
  lastRun: string | undefined;
  connected: boolean;
  recordCount: number;
}) {
  const shown = () => props.activeRun ?? props.lastRun;
  return (
    <Show
      when={shown()}
      fallback={<FirstSteps connected={props.connected} recordCount={props.recordCount} />}
    >
      {(id) => <Panels id={id()} live={props.activeRun !== undefined} />}
    </Show>
  );
}

function Panels(props: { id: string; live: boolean }) {
  const live = createLiveRun(() => props.id);
  const { obstacle } = useFrame();
  return (
    <div class="grid items-stretch gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <Card
        title={props.live ? 'Sync in progress' : 'Last sync'}
        aside={
          <span class="flex items-center gap-3">
            <Show when={live.run()}>{(run) => <StateBadge {...runLook(run())} />}</Show>
            <A
              href={`/runs/${props.id}`}
              class="py-1 font-medium text-accent underline-offset-2 hover:underline"
            >
              Open run
            </A>
          </span>
        }
      >
        <Shown data={live.run()} problem={live.problem()} onRetry={live.reread}>
          {(run) => <RunPanel live={live} run={run()} explained={props.live && obstacle() !== undefined} />}
        </Shown>
      </Card>
      <LogPanel log={live.log} />
    </div>
  );
}
