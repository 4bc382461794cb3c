// Who is signed in, and the way out; the panel is loaded when it is first opened.
import CircleUser from 'lucide-solid/icons/circle-user';
import LogOut from 'lucide-solid/icons/log-out';
import { createSignal, lazy, Show, Suspense } from 'solid-js';
import { signOut } from '../../session.ts';
import { Button, ButtonLink, IconButton } from '../../ui/button.tsx';
import { useFrame } from './frame.ts';

const Popover = lazy(() => import('../../ui/popover.tsx').then((part) => ({ default: part.Popover })));
const icon = () => <CircleUser size={19} aria-hidden="true" />;

export function Account() {
  const { viewer } = useFrame();
  const [armed, setArmed] = createSignal(false);
  const [open, setOpen] = createSignal(false);
  function openFirst() {
    setArmed(true);
    setOpen(true);
  }
  const closed = () => (
    <IconButton label="Account" aria-haspopup="dialog" aria-expanded={false} onClick={openFirst}>
      {icon()}
    </IconButton>
  );
  return (
    <Show when={armed()} fallback={closed()}>
      <Suspense fallback={closed()}>
        <Popover label="Account" open={open()} onOpen={setOpen} trigger={icon()}>
          <div class="flex flex-col gap-3 p-4">
            <div class="min-w-0">
              <p class="truncate font-semibold">{viewer.data?.viewer.name}</p>
              <p class="truncate text-muted">{viewer.data?.viewer.email}</p>
              <p class="mt-1 text-xs text-muted">
                {viewer.data?.viewer.role} of {viewer.data?.viewer.organisation.name}
              </p>
            </div>
            <Show when={viewer.data?.viewer.passwordSet === false}>
              <ButtonLink href="/welcome">Set a password</ButtonLink>
            </Show>
            <Button onClick={() => void signOut()}>
              <LogOut size={16} aria-hidden="true" />
              Sign out
            </Button>
          </div>
        </Popover>
      </Suspense>
    </Show>
  );
}
