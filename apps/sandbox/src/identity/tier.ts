// What the tiers of apps allow, since 2026-03-02 (XERO.md 1.6).

export const appTiers = ['starter', 'core', 'plus', 'advanced', 'enterprise', 'exempt'] as const;

export type AppTier = (typeof appTiers)[number];

export type Tier = {
  /** The most organisations the app may be connected to; undefined where there is no cap. */
  readonly connectionsMax: number | undefined;
  /** Calls a day for each organisation, where they are fewer than the general limit. */
  readonly callsPerDay: number | undefined;
  /** A month, in AUD without tax; undefined where it is agreed upon. */
  readonly feeAud: number | undefined;
  /** What may be read in a month before each further GB costs 2.40 AUD; undefined where it is not counted or agreed upon. */
  readonly egressGb: number | undefined;
  /** Plus and above are for certified apps. */
  readonly isCertified: boolean;
  /** The limits of minute and day are lifted for the first half hour of a connection. */
  readonly hasRapidSync: boolean;
  /** Advanced and above: several organisations in one consent, and the journals. */
  readonly isAdvanced: boolean;
};

const small = { isCertified: false, hasRapidSync: false, isAdvanced: false };
const large = { isCertified: true, hasRapidSync: true, callsPerDay: undefined };

/** `exempt` are the apps Xero excludes from tiers: for a single client, custom connections, conversions and such. */
export const tiers: Readonly<Record<AppTier, Tier>> = {
  starter: { ...small, connectionsMax: 5, callsPerDay: 1_000, feeAud: 0, egressGb: undefined },
  core: { ...small, connectionsMax: 50, callsPerDay: undefined, feeAud: 35, egressGb: 10 },
  plus: { ...large, connectionsMax: 1_000, feeAud: 245, egressGb: 50, isAdvanced: false },
  advanced: { ...large, connectionsMax: 10_000, feeAud: 1_445, egressGb: 250, isAdvanced: true },
  enterprise: {
    ...large,
    connectionsMax: undefined,
    feeAud: undefined,
    egressGb: undefined,
    isAdvanced: true,
  },
  exempt: {
    ...small,
    connectionsMax: undefined,
    callsPerDay: undefined,
    feeAud: undefined,
    egressGb: undefined,
  },
};

type Tiered = { readonly kind: string; readonly tier: AppTier; readonly isCertified: boolean };

/** Custom connections are excluded from tiers. */
export function tierOf(app: Tiered): Tier {
  return tiers[isExempt(app) ? 'exempt' : app.tier];
}

function isExempt(app: Tiered): boolean {
  return app.kind === 'custom' || app.tier === 'exempt';
}

/** Whether it counts among the uncertified apps of which an organisation takes two. */
export function isUncertified(app: Tiered): boolean {
  return !isExempt(app) && !app.isCertified && !tierOf(app).isCertified;
}
