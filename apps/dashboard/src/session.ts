// Who is signed in: better-auth's session, asked once at start and after signing in or out.
import { createSignal } from 'solid-js';

export type SessionState = 'unknown' | 'signed-in' | 'signed-out' | 'unreachable';
export type SignInOutcome = { kind: 'signed-in' } | { kind: 'refused'; message: string };

const [sessionState, setSessionState] = createSignal<SessionState>('unknown');

export { sessionState };

/** Asks the API whether the cookie still stands; also lets it extend the session. */
export async function readSession(): Promise<void> {
  try {
    const response = await fetch('/auth/get-session', { headers: { accept: 'application/json' } });
    if (!response.ok) {
      setSessionState('unreachable');
      return;
    }
    const body: unknown = await response.json();
    setSessionState(typeof body === 'object' && body !== null ? 'signed-in' : 'signed-out');
  } catch {
    setSessionState('unreachable');
  }
}

/** Called when the API answers 401: the session ended elsewhere. */
export function sessionEnded(): void {
  setSessionState('signed-out');
}

export async function signIn(email: string, password: string): Promise<SignInOutcome> {
  const outcome = await post('/auth/sign-in/email', { email, password });
  if (outcome.kind === 'signed-in') setSessionState('signed-in');
  return outcome;
}

export async function signOut(): Promise<void> {
  await post('/auth/sign-out', {});
  location.assign('/sign-in');
}

/** Where a one-time link is redeemed: better-auth sets the cookie there and sends the browser on. */
export function oneTimeLinkUrl(token: string): string {
  const query = new URLSearchParams({ token, callbackURL: '/welcome', errorCallbackURL: '/sign-in' });
  return `/auth/magic-link/verify?${query}`;
}

async function post(path: string, body: Record<string, string>): Promise<SignInOutcome> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (response.ok) return { kind: 'signed-in' };
    return { kind: 'refused', message: await messageOf(response) };
  } catch {
    return {
      kind: 'refused',
      message: 'Stockbook did not answer. Check that it is running, then try again.',
    };
  }
}

async function messageOf(response: Response): Promise<string> {
  if (response.status === 429) return 'Too many attempts. Wait ten seconds, then try again.';
  if (response.status === 401) return 'That e-mail address and password do not belong together.';
  const body: unknown = await response.json().catch(() => undefined);
  if (typeof body === 'object' && body !== null && 'message' in body && typeof body.message === 'string') {
    return body.message;
  }
  return `Stockbook answered ${response.status}. Try again; if it stays, look into the API's log.`;
}
