// A panel that hangs from an icon button; loaded when it is first opened.
import { Popover as Kobalte } from '@kobalte/core/popover';
import type { JSX } from 'solid-js';
import { IconButton } from './button.tsx';

export function Popover(props: {
  label: string;
  trigger: JSX.Element;
  triggerClass?: string;
  open: boolean;
  onOpen: (open: boolean) => void;
  children: JSX.Element;
}) {
  return (
    <Kobalte open={props.open} onOpenChange={(open) => props.onOpen(open)} placement="bottom-end" gutter={6}>
      <Kobalte.Trigger as={IconButton} label={props.label} class={props.triggerClass}>
        {props.trigger}
      </Kobalte.Trigger>
      <Kobalte.Portal>
        <Kobalte.Content
          aria-label={props.label}
          class="pop-in z-50 max-h-[80dvh] w-[min(24rem,calc(100vw-2rem))] overflow-y-auto rounded-xl border border-line bg-surface shadow-float"
        >
          {props.children}
        </Kobalte.Content>
      </Kobalte.Portal>
    </Kobalte>
  );
}
