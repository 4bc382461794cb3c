// The message on a record that does not go: red when somebody must act, amber when it waits for something,
// blue while Stockbook finds out what came of it.
import CircleAlert from 'lucide-solid/icons/circle-alert';
import Pause from 'lucide-solid/icons/pause';
import RotateCw from 'lucide-solid/icons/rotate-cw';
import Search from 'lucide-solid/icons/search';
import { Match, Show, Switch } from 'solid-js';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { createRetry } from '../errors/retry.ts';
import { useFrame } from '../shell/frame.ts';
import { nextStepOf } from '../shell/next-step.ts';
import { ObstacleNote } from '../shell/obstacle-note.tsx';
import { StepButton } from '../shell/step-button.tsx';
import { ConflictNote } from './conflict-note.tsx';
import type { RecordRow } from './query.ts';

export function ProblemNote(props: { record: RecordRow; onDone: () => void }) {
  const { status, obstacle } = useFrame();
  /** What waits for its turn, or to be checked, waits for what stops them all; the banner tells of a lost connection. */
  const inTheWay = () => {
    const told = props.record.syncState === 'CHECKING' ? ['lost', 'unknown'] : ['lost'];
    const waits = /^(PENDING|SENDING|CHECKING)$/.test(props.record.syncState);
    const found = obstacle();
    return waits && found !== undefined && !told.includes(found.kind) ? found : undefined;
  };
  const step = () => {
    const known = status.data?.status;
    return known && nextStepOf(known);
  };
  const choiceDone = () => {
    status.refetch();
    props.onDone();
  };
  const retry = createRetry(choiceDone);
  return (
    <Switch>
      <Match when={props.record.syncState === 'FAILED'}>
        <div
          role="alert"
          class="flex flex-wrap items-start gap-x-4 gap-y-3 rounded-xl bg-bad-soft px-4 py-4 text-bad sm:px-5"
        >
          <CircleAlert size={20} aria-hidden="true" class="mt-0.5 shrink-0" />
          <div class="min-w-0 flex-[1_1_16rem]">
            <p class="font-semibold">{props.record.problem ?? 'Xero refused it.'}</p>
            <Show when={props.record.fix}>
              <p class="mt-1">
                <span class="font-semibold">What to do: </span>
                {props.record.fix}
              </p>
            </Show>
          </div>
          <Button busy={retry.busy()} onClick={() => void retry.retry({ records: [props.record.id] })}>
            <RotateCw size={15} aria-hidden="true" />
            Retry
          </Button>
        </div>
      </Match>
      <Match when={props.record.conflict}>
        {(conflict) => <ConflictNote record={props.record} conflict={conflict()} onDone={choiceDone} />}
      </Match>
      <Match when={props.record.syncState === 'CHECKING'}>
        <div class="flex flex-col gap-4">
          <div class="flex flex-wrap items-start gap-x-4 gap-y-3 rounded-xl bg-accent-soft px-4 py-3.5 text-accent sm:px-5">
            <Search size={19} aria-hidden="true" class="mt-0.5 shrink-0" />
            <div class="min-w-0 flex-[1_1_16rem]">
              <p class="font-semibold tabular-nums">
                {obstacle()?.kind === 'unknown' ? obstacle()?.sentence : 'Outcome unknown: checking'}
              </p>
              <p class="mt-1">
                {props.record.problem ??
                  'Xero gave no answer that can be trusted, so it may be there or not.'}
                <Show when={step()}>{(next) => <> {next().finder} finds out before it is sent anew.</>}</Show>
              </p>
            </div>
            <Show when={step()?.action}>
              {(action) => <StepButton action={action()} onDone={props.onDone} />}
            </Show>
          </div>
          <Show when={inTheWay()}>{(found) => <ObstacleNote obstacle={found()} />}</Show>
        </div>
      </Match>
      <Match
        when={
          (props.record.syncState === 'HELD' || props.record.syncState === 'WARNING') && props.record.problem
        }
      >
        {(problem) => (
          <div class="flex flex-wrap items-center gap-x-4 gap-y-3 rounded-xl bg-warn-soft px-4 py-3.5 text-warn sm:px-5">
            <Pause size={19} aria-hidden="true" class="shrink-0" />
            <p class="min-w-0 flex-[1_1_16rem]">{problem()}</p>
            <Show
              when={(status.data?.status.connection.unsettled ?? 0) > 0 && props.record.syncState === 'HELD'}
            >
              <ButtonLink href="/connect">Choose accounts and tax rates</ButtonLink>
            </Show>
          </div>
        )}
      </Match>
      <Match when={inTheWay()}>{(found) => <ObstacleNote obstacle={found()} />}</Match>
    </Switch>
  );
}
