// The apps that may ask for access: a web app with a secret, one without that proves itself by PKCE, a custom connection.
import { z } from 'zod';
import { appTiers } from './tier.ts';

export const appRecord = z.strictObject({
  id: z.string().min(1),
  /** '' for a PKCE app, which has none. */
  secret: z.string(),
  kind: z.enum(['web', 'pkce', 'custom']),
  /** The one organisation of a custom connection (XERO.md 1.5); '' for the first there is. */
  tenant: z.string(),
  /** What it pays for (XERO.md 1.6). */
  tier: z.enum(appTiers).default('core'),
  /** Whether Xero has certified it; tiers from Plus on ask for that. */
  isCertified: z.boolean().default(false),
  /** The instant it was made at, on which its scopes depend (XERO.md 1.3); 0 for one that was always there. */
  createdMs: z.number().default(0),
});

export type App = z.infer<typeof appRecord>;

/** What is bought for an app in Xero's App Store; its changes are told by webhook alone (XERO.md 9). */
export const appSubscriptionRecord = z.strictObject({
  id: z.string(),
  client: z.string(),
  status: z.enum(['ACTIVE', 'CANCELED', 'PAST_DUE']),
  updatedMs: z.number(),
});

export type AppSubscription = z.infer<typeof appSubscriptionRecord>;

/** The apps a new sandbox knows: its own web app, and one of each other kind. */
export function firstApps({ id, secret }: { readonly id: string; readonly secret: string }): App[] {
  const usual = { tenant: '', tier: 'core', isCertified: false, createdMs: 0 } as const;
  return [
    { ...usual, id, secret, kind: 'web' },
    { ...usual, id: 'sandbox-pkce', secret: '', kind: 'pkce' },
    { ...usual, id: 'sandbox-custom', secret: 'sandbox-secret', kind: 'custom' },
  ];
}
