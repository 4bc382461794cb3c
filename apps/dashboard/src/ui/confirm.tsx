// Asks before something that reaches further than one record: says how many, and waits for a yes.
import { Dialog } from '@kobalte/core/dialog';
import { createComputed, createSignal, type JSX, untrack } from 'solid-js';
import { Button } from './button.tsx';

export function Confirm(props: {
  open: boolean;
  title: string;
  action: string;
  busy?: boolean;
  onConfirm: () => void;
  onClose: () => void;
  children: JSX.Element;
}) {
  // There is no trigger to go back to: whoever opened it had the focus.
  const [opener, setOpener] = createSignal<Element | null>(null);
  createComputed(() => props.open && setOpener(untrack(() => document.activeElement)));

  function giveFocusBack(event: Event) {
    event.preventDefault();
    const element = opener();
    if (element instanceof HTMLElement) element.focus();
  }
  return (
    <Dialog open={props.open} onOpenChange={(open) => !open && props.onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay class="pop-in fixed inset-0 z-50 bg-black/45" />
        <div class="fixed inset-0 z-50 flex items-end justify-center p-4 sm:items-center">
          <Dialog.Content
            onCloseAutoFocus={giveFocusBack}
            class="pop-in w-full max-w-md rounded-xl border border-line bg-surface p-5 shadow-float"
          >
            <Dialog.Title class="text-base font-semibold">{props.title}</Dialog.Title>
            <Dialog.Description as="div" class="mt-2 text-muted">
              {props.children}
            </Dialog.Description>
            <div class="mt-5 flex justify-end gap-2">
              <Button onClick={() => props.onClose()}>Cancel</Button>
              <Button kind="primary" busy={props.busy === true} onClick={() => props.onConfirm()}>
                {props.action}
              </Button>
            </div>
          </Dialog.Content>
        </div>
      </Dialog.Portal>
    </Dialog>
  );
}
