// Sign in by password, or by the one-time link in the address: its token is used only when the button is pressed,
// so that a mail scanner which opens links does not use it up.
import { Navigate, useSearchParams } from '@solidjs/router';
import KeyRound from 'lucide-solid/icons/key-round';
import { createSignal, type JSX, onCleanup, onMount, Show } from 'solid-js';
import { oneTimeLinkUrl, sessionState, signIn } from '../../session.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { afterSignIn, linkProblem } from './model.ts';

export function SignInPage() {
  const [params] = useSearchParams();
  const token = () => textOf(params.token);
  const problem = () => linkProblem(textOf(params.error));
  const target = () => afterSignIn(textOf(params.next));
  onMount(() => {
    document.title = 'Sign in · Stockbook';
  });
  onCleanup(() => {
    document.title = 'Stockbook';
  });
  return (
    <Show
      when={sessionState() !== 'signed-in' || token() !== undefined}
      fallback={<Navigate href={target()} />}
    >
      <main class="flex min-h-dvh flex-col items-center justify-center px-4 py-10">
        <div class="w-full max-w-sm">
          <img src="/favicon.svg" alt="" width="44" height="44" class="size-11" />
          <h1 class="mt-4 text-2xl font-semibold tracking-tight">Sign in to Stockbook</h1>
          <p class="mt-1 text-muted">Your stock and sales, kept in step with Xero.</p>
          <Show when={problem()}>
            {(words) => (
              <p role="alert" class="mt-5 rounded-lg bg-bad-soft px-4 py-3 text-bad">
                {words()}
              </p>
            )}
          </Show>
          <Show when={token()} fallback={<PasswordForm />}>
            {(given) => <OneTimeLink token={given()} />}
          </Show>
        </div>
      </main>
    </Show>
  );
}

function OneTimeLink(props: { token: string }) {
  return (
    <Panel>
      <p class="flex items-start gap-3">
        <KeyRound size={18} aria-hidden="true" class="mt-0.5 shrink-0 text-accent" />
        <span>This link signs you in once. You can set a password afterwards.</span>
      </p>
      <a href={oneTimeLinkUrl(props.token)} rel="external" class={buttonClass('primary', 'w-full')}>
        Sign in
      </a>
    </Panel>
  );
}

function PasswordForm() {
  const [problem, setProblem] = createSignal<string>();
  const [busy, setBusy] = createSignal(false);
  let email: HTMLInputElement | undefined;
  let password: HTMLInputElement | undefined;

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    setBusy(true);
    const outcome = await signIn(email?.value.trim() ?? '', password?.value ?? '');
    setBusy(false);
    // Signed in, the page above goes on by itself to where the person wanted to be.
    if (outcome.kind === 'refused') setProblem(outcome.message);
  }
  return (
    <Panel>
      <form class="flex flex-col gap-4" onSubmit={submit}>
        <TextField ref={email} label="E-mail" type="email" name="email" autocomplete="username" required />
        <TextField
          ref={password}
          label="Password"
          type="password"
          name="password"
          autocomplete="current-password"
          required
        />
        <Show when={problem()}>
          <p role="alert" class="text-bad">
            {problem()}
          </p>
        </Show>
        <Button type="submit" kind="primary" busy={busy()}>
          Sign in
        </Button>
      </form>
      <p class="text-xs text-muted">
        First time here? Stockbook prints a one-time sign-in link in the terminal where it was started.
      </p>
    </Panel>
  );
}

function Panel(props: { children: JSX.Element }) {
  return (
    <div class="mt-6 flex flex-col gap-4 rounded-xl border border-line bg-surface p-5 shadow-float">
      {props.children}
    </div>
  );
}

function textOf(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
