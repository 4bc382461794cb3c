// The next step, to be taken where it is told of: a link, Sync now, or Resume.
import { Match, Switch } from 'solid-js';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { useFrame } from './frame.ts';
import type { StepAction } from './next-step.ts';
import { RunControls } from './run-controls.tsx';
import { createSyncNow } from './sync-now.ts';

export function StepButton(props: { action: StepAction; onDone?: () => void }) {
  const { status } = useFrame();
  const syncNow = createSyncNow(() => {
    status.refetch();
    props.onDone?.();
  });
  const link = () => (props.action.kind === 'link' ? props.action : undefined);
  const pausedRun = () => (props.action.kind === 'resume' ? status.data?.status.activeRun : undefined);
  return (
    <Switch>
      <Match when={link()}>{(shown) => <ButtonLink href={shown().href}>{shown().words}</ButtonLink>}</Match>
      <Match when={props.action.kind === 'sync'}>
        <Button busy={syncNow.busy()} onClick={() => void syncNow.start()}>
          Sync now
        </Button>
      </Match>
      <Match when={pausedRun()}>
        {(run) => <RunControls run={run()} only="resume" {...(props.onDone && { onDone: props.onDone })} />}
      </Match>
    </Switch>
  );
}
