// The apps that may ask for access: a web app with a secret, one without that proves itself by PKCE, a custom connection.
import { z } from 'zod';

export const appRecord = z.strictObject({
  id: z.string().min(1),
  /** '' for a PKCE app, which has none. */
  secret: z.string(),
  kind: z.enum(['web', 'pkce', 'custom']),
  /** The one organisation of a custom connection (XERO.md 1.5); '' for the first there is. */
  tenant: z.string(),
});

export type App = z.infer<typeof appRecord>;

/** The apps a new sandbox knows: its own web app, and one of each other kind. */
export function firstApps({ id, secret }: { readonly id: string; readonly secret: string }): App[] {
  return [
    { id, secret, kind: 'web', tenant: '' },
    { id: 'sandbox-pkce', secret: '', kind: 'pkce', tenant: '' },
    { id: 'sandbox-custom', secret: 'sandbox-secret', kind: 'custom', tenant: '' },
  ];
}
