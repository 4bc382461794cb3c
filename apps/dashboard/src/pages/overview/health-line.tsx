// One sentence about how things stand, with the next step at its right.
import CircleAlert from 'lucide-solid/icons/circle-alert';
import CircleCheck from 'lucide-solid/icons/circle-check';
import Info from 'lucide-solid/icons/info';
import TriangleAlert from 'lucide-solid/icons/triangle-alert';
import type { JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import type { Tone } from '../../ui/state-badge.tsx';
import type { Health } from './model.ts';

const looks: Readonly<Record<Tone, { icon: typeof Info; colour: string }>> = {
  neutral: { icon: Info, colour: 'text-muted' },
  info: { icon: Info, colour: 'text-accent' },
  ok: { icon: CircleCheck, colour: 'text-ok' },
  warn: { icon: TriangleAlert, colour: 'text-warn' },
  bad: { icon: CircleAlert, colour: 'text-bad' },
};

export function HealthLine(props: { health: Health; action: JSX.Element }) {
  return (
    <div class="flex min-h-16 flex-wrap items-center gap-x-4 gap-y-3 rounded-xl border border-line bg-surface px-4 py-3 sm:px-5">
      <Dynamic
        component={looks[props.health.tone].icon}
        size={22}
        aria-hidden="true"
        class={`shrink-0 ${looks[props.health.tone].colour}`}
      />
      <p class="min-w-0 flex-[1_1_14rem] text-base font-medium">{props.health.sentence}</p>
      {props.action}
    </div>
  );
}
