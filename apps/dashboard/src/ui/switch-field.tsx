// A switch with its label: it shows what is so, and asks for the other; it never runs ahead of the answer.
import clsx from 'clsx';

export function SwitchField(props: {
  label: string;
  on: boolean;
  disabled?: boolean;
  busy?: boolean;
  onToggle: (on: boolean) => void;
}) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={props.on}
      aria-busy={props.busy === true}
      disabled={props.disabled === true || props.busy === true}
      class="inline-flex min-h-9 items-center gap-3 font-medium disabled:opacity-55"
      onClick={() => props.onToggle(!props.on)}
    >
      <span
        aria-hidden="true"
        class={clsx(
          'flex h-6 w-10 shrink-0 items-center rounded-full px-0.5 transition-colors',
          props.on ? 'justify-end bg-accent' : 'justify-start bg-line-strong',
        )}
      >
        <span class="size-5 rounded-full bg-surface" />
      </span>
      {props.label}
    </button>
  );
}
