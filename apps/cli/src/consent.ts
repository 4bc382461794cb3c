// Consent at the sandbox without a browser: it answers the authorize address with the redirect a person's Allow would give.
import { Sentence } from './sentence.ts';

/** The code and state that came back. Throws a Sentence when the sandbox is away or refuses. */
export async function consentAtSandbox(authorizeUrl: string): Promise<{ code: string; state: string }> {
  const url = new URL(authorizeUrl);
  url.searchParams.set('sandbox_consent', 'all');
  const response = await fetch(url, { redirect: 'manual' }).catch(() => {
    throw new Sentence(`The sandbox does not answer at ${url.origin}: run npm start.`);
  });
  const location = response.headers.get('location');
  if (location === null) {
    const words = (await response.text()).trim().slice(0, 300);
    throw new Sentence(`The sandbox at ${url.origin} did not consent (${response.status}): ${words}`);
  }
  const back = new URL(location, url).searchParams;
  const code = back.get('code');
  const state = back.get('state');
  if (code !== null && state !== null) return { code, state };
  const reason = back.get('error_description') ?? back.get('error') ?? 'no code came back';
  throw new Sentence(`The sandbox at ${url.origin} did not consent: ${reason}.`);
}
