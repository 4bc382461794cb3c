// Labelled inputs; the label is always on screen and tied to its control.
import clsx from 'clsx';
import { createUniqueId, For, type JSX, Show, splitProps } from 'solid-js';

const controlClass =
  'h-9 w-full min-w-0 rounded-lg border border-line-strong bg-surface px-3 text-sm text-ink placeholder:text-muted disabled:opacity-60';

interface FieldProps {
  label: string;
  hint?: string | undefined;
  problem?: string | undefined;
  class?: string | undefined;
  /** Keeps the label for screen readers only. */
  quiet?: boolean;
}

const fieldKeys = ['label', 'hint', 'problem', 'class', 'quiet'] as const;

export function TextField(props: FieldProps & JSX.InputHTMLAttributes<HTMLInputElement>) {
  const [own, rest] = splitProps(props, fieldKeys);
  const id = createUniqueId();
  return (
    <Frame {...own} id={id}>
      <input
        {...rest}
        id={id}
        class={controlClass}
        aria-describedby={`${id}-note`}
        aria-invalid={own.problem !== undefined}
      />
    </Frame>
  );
}

export interface Option {
  value: string;
  label: string;
}

export function SelectField(
  props: FieldProps & {
    options: readonly Option[];
    value: string;
    onPick: (value: string) => void;
    disabled?: boolean;
  },
) {
  const [own] = splitProps(props, fieldKeys);
  const id = createUniqueId();
  return (
    <Frame {...own} id={id}>
      <select
        id={id}
        class={clsx(controlClass, 'pr-7')}
        disabled={props.disabled === true}
        aria-describedby={`${id}-note`}
        onChange={(event) => props.onPick(event.currentTarget.value)}
      >
        <For each={props.options}>
          {(option) => (
            <option value={option.value} selected={option.value === props.value}>
              {option.label}
            </option>
          )}
        </For>
      </select>
    </Frame>
  );
}

export function CheckField(props: {
  label: string;
  checked: boolean;
  disabled?: boolean;
  onToggle: (checked: boolean) => void;
}) {
  return (
    <label class="flex min-h-9 cursor-pointer items-center gap-2.5">
      <input
        type="checkbox"
        class="size-4.5 shrink-0 accent-accent"
        checked={props.checked}
        disabled={props.disabled === true}
        onChange={(event) => props.onToggle(event.currentTarget.checked)}
      />
      <span>{props.label}</span>
    </label>
  );
}

function Frame(props: FieldProps & { id: string; children: JSX.Element }) {
  return (
    <div class={clsx('flex min-w-0 flex-col gap-1', props.class)}>
      <label for={props.id} class={clsx('text-xs font-medium text-muted', props.quiet === true && 'sr-only')}>
        {props.label}
      </label>
      {props.children}
      <Show when={props.problem ?? props.hint}>
        <p
          id={`${props.id}-note`}
          class={clsx('text-xs', props.problem === undefined ? 'text-muted' : 'text-bad')}
        >
          {props.problem ?? props.hint}
        </p>
      </Show>
    </div>
  );
}
