// Who calls the token endpoint: the client id and secret by Basic authentication or in the form.
import type { App } from './app.ts';

export type Credentials = { readonly id: string; readonly secret: string };

export type ClientCheck =
  | { readonly kind: 'confidential'; readonly id: string; readonly app: App }
  | { readonly kind: 'public'; readonly id: string; readonly app: App }
  | { readonly kind: 'unknown' };

/** Checks a client; one that names itself without any secret is public and must prove itself by PKCE. */
export function checkClient(
  apps: ReadonlyMap<string, App>,
  authorization: string | undefined,
  form: URLSearchParams,
): ClientCheck {
  const basic = /^Basic\s+(\S+)$/i.exec(authorization ?? '');
  const given = basic === null ? formCredentials(form) : decodeBasic(basic[1] ?? '');
  const app = apps.get(given.id);
  if (app === undefined) return { kind: 'unknown' };
  if (given.secret === '')
    return app.kind === 'custom' ? { kind: 'unknown' } : { kind: 'public', id: app.id, app };
  return given.secret === app.secret ? { kind: 'confidential', id: app.id, app } : { kind: 'unknown' };
}

function formCredentials(form: URLSearchParams): Credentials {
  return { id: form.get('client_id') ?? '', secret: form.get('client_secret') ?? '' };
}

/** Clients differ in whether they percent-encode the two parts, as RFC 6749 asks; both are read. */
function decodeBasic(encoded: string): Credentials {
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 0) return { id: '', secret: '' };
  return { id: decodePart(text.slice(0, colon)), secret: decodePart(text.slice(colon + 1)) };
}

function decodePart(part: string): string {
  return /%[0-9a-f]{2}/i.test(part) && !/%(?![0-9a-f]{2})/i.test(part) ? decodeURIComponent(part) : part;
}
