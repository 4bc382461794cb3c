// What the sandbox's own addresses answer, as its client reads it.
import { z } from 'zod';
import { appTiers } from '../identity/tier.ts';

export const clockAnswer = z.object({ realMs: z.number(), simulatedMs: z.number(), scale: z.number() });

const count = { count: z.number(), duplicates: z.number() };
const documents = z.object({
  ...count,
  by: z.record(z.string(), z.object({ count: z.number(), total: z.string(), tax: z.string() })),
  accounts: z.record(z.string(), z.string()),
});
const payments = z.object({
  ...count,
  by: z.record(z.string(), z.object({ count: z.number(), total: z.string() })),
});

export const summaryAnswer = z.object({
  organisations: z.record(
    z.string(),
    z.object({
      name: z.string(),
      Contacts: z.object(count),
      Items: z.object(count),
      Invoices: documents,
      CreditNotes: documents,
      PurchaseOrders: documents,
      Quotes: documents,
      BankTransactions: documents,
      Overpayments: documents,
      Prepayments: documents,
      Payments: payments,
      ManualJournals: z.object(count),
      Attachments: z.object(count),
    }),
  ),
  calls: z.record(z.string(), z.record(z.string(), z.number())),
  throttled: z.number(),
});

const left = z.object({ minute: z.number(), day: z.number(), app: z.number() });

export const callsAnswer = z.array(
  z.object({
    ...{ id: z.number(), atMs: z.number(), ms: z.number() },
    ...{ method: z.string(), path: z.string(), status: z.number(), tenant: z.string() },
    ...{ key: z.string(), fault: z.string(), left: left.optional() },
    ...{ requestBytes: z.number(), replyBytes: z.number() },
    ...{ request: z.string().optional(), reply: z.string().optional() },
  }),
);

export const faultAnswer = z.object({
  id: z.number(),
  kind: z.string(),
  seen: z.number(),
  met: z.number(),
});
export const endedAnswer = z.object({ ended: z.number() });

export const optionsAnswer = z.record(
  z.string(),
  z.object({ value: z.string(), values: z.array(z.string()), default: z.string(), why: z.string() }),
);

/** `off: true` where nothing is limited. */
export const limitsAnswer = z.object({
  minute: z.number().optional(),
  atOnce: z.number().optional(),
  day: z.number().optional(),
  app: z.number().optional(),
  off: z.literal(true).optional(),
});

export const latencyAnswer = z.object({
  ms: z.number(),
  jitterMs: z.number(),
  rules: z.array(z.object({ method: z.string(), path: z.string(), ms: z.number(), jitterMs: z.number() })),
});

export const organisationAnswer = z.object({
  ...{ tenantId: z.string(), name: z.string(), region: z.string(), currency: z.string() },
  ...{ tier: z.string(), class: z.string(), timeZone: z.string() },
  ...{ periodLockDate: z.string(), yearLockDate: z.string() },
});

export const appAnswer = z.object({
  ...{ id: z.string(), kind: z.enum(['web', 'pkce', 'custom']), tenant: z.string() },
  ...{ tier: z.enum(appTiers), isCertified: z.boolean(), createdMs: z.number() },
  /** The tenant of webhooks about its subscription. */
  applicationId: z.string(),
  connections: z.number(),
  /** What has been consented to so far. */
  scopes: z.array(z.string()),
  connectionsMax: z.number().optional(),
  callsPerDay: z.number().optional(),
  feeAud: z.number().optional(),
  egressGb: z.number().optional(),
  egressBytes: z.number(),
  /** The status of what is bought for it. */
  subscription: z.string().optional(),
});

export const appSubscriptionAnswer = z.object({
  ...{ applicationId: z.string(), id: z.string(), client: z.string(), status: z.string() },
  updatedMs: z.number(),
});

const attempt = z.object({
  ...{ atMs: z.number(), firstSequence: z.number(), lastSequence: z.number(), events: z.number() },
  ...{ status: z.number(), fault: z.string() },
});

export const webhooksAnswer = z.array(
  z.object({
    ...{ client: z.string(), url: z.string(), status: z.enum(['pending', 'active', 'disabled']) },
    ...{ categories: z.array(z.string()), lastSequence: z.number(), pending: z.number() },
    /** When its app would have been told by mail that it is disabled. */
    mailedMs: z.number().nullable(),
    attempts: z.array(attempt),
  }),
);

export const subscribedAnswer = z.object({
  ...{ client: z.string(), key: z.string(), status: z.string() },
  intent: z.array(z.object({ isSignedWrongly: z.boolean(), status: z.number(), fault: z.string() })),
});

export const deliveryAnswer = z.object({
  ...{ drop: z.number(), double: z.number(), delayMs: z.number() },
  ...{ reorder: z.boolean(), seed: z.number() },
});
