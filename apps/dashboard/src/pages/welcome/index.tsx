// After a one-time link: offers to set a password, so that the next sign-in needs no link.
import { useNavigate } from '@solidjs/router';
import { createSignal, Show } from 'solid-js';
import { refusalOf, send, useClient } from '../../gql.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { TextField } from '../../ui/field.tsx';
import { notify } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { useFrame } from '../shell/frame.ts';
import { setPasswordDocument } from './query.ts';

const lengthMin = 12;

export function WelcomePage() {
  const { viewer } = useFrame();
  return (
    <Page
      title="Welcome"
      about={<Show when={viewer.data}>{(known) => <>You are signed in as {known().viewer.email}.</>}</Show>}
    >
      <Card class="max-w-lg">
        <Show
          when={viewer.data?.viewer.passwordSet !== true}
          fallback={
            <div class="flex flex-wrap items-center justify-between gap-3">
              <p>You have a password already.</p>
              <ButtonLink href="/" kind="primary">
                Go to the overview
              </ButtonLink>
            </div>
          }
        >
          <PasswordForm email={viewer.data?.viewer.email ?? ''} />
        </Show>
      </Card>
    </Page>
  );
}

function PasswordForm(props: { email: string }) {
  const client = useClient();
  const { viewer } = useFrame();
  const navigate = useNavigate();
  const [problem, setProblem] = createSignal<string>();
  const [busy, setBusy] = createSignal(false);
  let password: HTMLInputElement | undefined;

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    setBusy(true);
    const answer = await send(client, setPasswordDocument, { password: password?.value ?? '' });
    setBusy(false);
    const refusal = answer.kind === 'unreachable' ? answer.message : refusalOf(answer.data.setPassword);
    if (refusal !== undefined) return setProblem(refusal);
    viewer.refetch();
    notify('Password set. Next time you can sign in with it.');
    navigate('/', { replace: true });
  }
  return (
    <form class="flex flex-col gap-4" onSubmit={submit}>
      <p>Set a password to sign in next time without a link.</p>
      <input type="text" name="username" autocomplete="username" value={props.email} readonly hidden />
      <TextField
        ref={password}
        label="New password"
        type="password"
        name="password"
        autocomplete="new-password"
        minlength={lengthMin}
        required
        hint={`At least ${lengthMin} characters.`}
        problem={problem()}
      />
      <div class="flex flex-wrap gap-2">
        <Button type="submit" kind="primary" busy={busy()}>
          Set password
        </Button>
        <ButtonLink href="/" kind="quiet">
          Not now
        </ButtonLink>
      </div>
    </form>
  );
}
