// A progress bar; its text stands beside it, so the bar itself only carries the figures for assistive technology.
import clsx from 'clsx';
import type { Tone } from './state-badge.tsx';

const fills: Readonly<Record<Tone, string>> = {
  neutral: 'bg-line-strong',
  info: 'bg-accent',
  ok: 'bg-ok',
  warn: 'bg-warn-fill',
  bad: 'bg-bad',
};

export function Bar(props: { label: string; value: number; max: number; tone?: Tone; class?: string }) {
  const share = () => (props.max === 0 ? 0 : Math.min(1, props.value / props.max));
  return (
    <div
      role="progressbar"
      aria-label={props.label}
      aria-valuemin={0}
      aria-valuemax={props.max}
      aria-valuenow={Math.min(props.value, props.max)}
      class={clsx('h-1.5 overflow-hidden rounded-full bg-raised', props.class)}
    >
      <div
        class={clsx(
          'h-full w-full origin-left rounded-full transition-transform duration-300 ease-linear',
          fills[props.tone ?? 'info'],
        )}
        style={{ transform: `scaleX(${share()})` }}
      />
    </div>
  );
}
