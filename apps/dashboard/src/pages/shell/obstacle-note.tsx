// What stands in the way, as a note on a page: the sentence, its cause, and the one thing that helps.
import CloudOff from 'lucide-solid/icons/cloud-off';
import GitCompare from 'lucide-solid/icons/git-compare';
import Hourglass from 'lucide-solid/icons/hourglass';
import Search from 'lucide-solid/icons/search';
import Unplug from 'lucide-solid/icons/unplug';
import { Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { ButtonLink } from '../../ui/button.tsx';
import { softTones } from '../../ui/state-badge.tsx';
import type { Obstacle } from './obstacle.ts';
import { StepButton } from './step-button.tsx';

const icons = {
  lost: Unplug,
  half: Unplug,
  down: CloudOff,
  unknown: Search,
  closed: Hourglass,
  changed: GitCompare,
} as const;

/** What is so of some records keeps others from nothing. */
const labels: Partial<Record<Obstacle['kind'], string>> = {
  unknown: 'Outcome unknown',
  changed: 'Changed in Xero',
};

export function ObstacleNote(props: { obstacle: Obstacle }) {
  return (
    <section
      aria-label={labels[props.obstacle.kind] ?? 'Why nothing goes'}
      class={`flex flex-wrap items-start gap-x-4 gap-y-3 rounded-xl px-4 py-3.5 sm:px-5 ${softTones[props.obstacle.tone]}`}
    >
      <Dynamic component={icons[props.obstacle.kind]} size={20} aria-hidden="true" class="mt-0.5 shrink-0" />
      <div class="min-w-0 flex-[1_1_16rem]">
        <p class="font-semibold tabular-nums">{props.obstacle.sentence}</p>
        <p class="mt-1">{props.obstacle.cause}</p>
      </div>
      <Show when={props.obstacle.step}>{(step) => <StepButton action={step()} />}</Show>
      <Show when={props.obstacle.action}>
        {(action) => <ButtonLink href={action().href}>{action().words}</ButtonLink>}
      </Show>
    </section>
  );
}
