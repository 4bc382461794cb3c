// Who calls the token endpoint: the client id and secret by Basic authentication or in the form.

export type Credentials = { readonly id: string; readonly secret: string };

export type ClientCheck =
  | { readonly kind: 'confidential'; readonly id: string }
  | { readonly kind: 'public'; readonly id: string }
  | { readonly kind: 'unknown' };

/** Checks a client; one that names itself without any secret is public and must prove itself by PKCE. */
export function checkClient(
  known: Credentials,
  authorization: string | undefined,
  form: URLSearchParams,
): ClientCheck {
  const basic = /^Basic\s+(\S+)$/i.exec(authorization ?? '');
  if (basic !== null) return compare(known, decodeBasic(basic[1] ?? ''));
  const id = form.get('client_id');
  const secret = form.get('client_secret');
  if (id === null) return { kind: 'unknown' };
  if (secret !== null && secret !== '') return compare(known, { id, secret });
  return id === known.id ? { kind: 'public', id } : { kind: 'unknown' };
}

function compare(known: Credentials, given: Credentials): ClientCheck {
  return given.id === known.id && given.secret === known.secret
    ? { kind: 'confidential', id: given.id }
    : { kind: 'unknown' };
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
