// Where signing in leads, and what a failed one-time link means.

const usedUp =
  'This sign-in link was used before or is older than 15 minutes. Start Stockbook again for a new one, or use your password.';

/** Only a path of our own: a link from elsewhere must not lead away after signing in. */
export function afterSignIn(next: string | undefined): string {
  return next !== undefined && /^\/(?![/\\])/.test(next) ? next : '/';
}

export function linkProblem(code: string | undefined): string | undefined {
  if (code === undefined) return undefined;
  if (code === 'INVALID_TOKEN' || code === 'EXPIRED_TOKEN') return usedUp;
  return `Signing in did not work (${code}). Try again, or use your password.`;
}
