// Buttons, and links that look like them.
import { A } from '@solidjs/router';
import clsx from 'clsx';
import LoaderCircle from 'lucide-solid/icons/loader-circle';
import { type JSX, Show, splitProps } from 'solid-js';

export type ButtonKind = 'primary' | 'plain' | 'quiet' | 'danger';

interface ButtonProps extends JSX.ButtonHTMLAttributes<HTMLButtonElement> {
  kind?: ButtonKind;
  busy?: boolean;
}

const base =
  'inline-flex min-h-9 shrink-0 items-center justify-center gap-2 rounded-lg px-3 text-sm font-medium whitespace-nowrap transition-colors disabled:opacity-55';

const kinds: Readonly<Record<ButtonKind, string>> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong',
  plain: 'border border-line bg-surface text-ink hover:bg-raised',
  quiet: 'text-muted hover:bg-raised hover:text-ink',
  danger: 'bg-bad text-surface hover:opacity-90',
};

export function buttonClass(kind: ButtonKind, extra?: string): string {
  return clsx(base, kinds[kind], extra);
}

export function Button(props: ButtonProps) {
  const [own, rest] = splitProps(props, ['kind', 'busy', 'class', 'children', 'disabled']);
  return (
    <button
      type="button"
      {...rest}
      class={buttonClass(own.kind ?? 'plain', own.class)}
      disabled={own.disabled === true || own.busy === true}
      aria-busy={own.busy === true}
    >
      <Show when={own.busy}>
        <LoaderCircle size={16} class="animate-spin" aria-hidden="true" />
      </Show>
      {own.children}
    </button>
  );
}

export function ButtonLink(props: {
  href: string;
  kind?: ButtonKind;
  class?: string;
  children: JSX.Element;
}) {
  return (
    <A href={props.href} class={buttonClass(props.kind ?? 'plain', props.class)}>
      {props.children}
    </A>
  );
}

/** A square button that shows only an icon; `label` is its name for everyone who cannot see it. */
export function IconButton(props: JSX.ButtonHTMLAttributes<HTMLButtonElement> & { label: string }) {
  const [own, rest] = splitProps(props, ['label', 'class', 'children']);
  return (
    <button
      type="button"
      {...rest}
      aria-label={own.label}
      title={own.label}
      class={clsx(
        'relative inline-flex size-9 shrink-0 items-center justify-center rounded-lg text-muted transition-colors hover:bg-raised hover:text-ink',
        own.class,
      )}
    >
      {own.children}
    </button>
  );
}
