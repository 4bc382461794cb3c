// The rules, without I/O.

export * from './budget.ts';
export * from './conflict.ts';
export * from './day.ts';
export * from './entity.ts';
export * from './export.ts';
export * from './failure.ts';
export * from './forecast.ts';
export * from './hindrance.ts';
export * from './key.ts';
export * from './minute.ts';
export * from './money.ts';
export * from './nature.ts';
export * from './next-step.ts';
export * from './outage.ts';
export * from './refusal.ts';
export * from './refused-look.ts';
export * from './retry.ts';
export * from './tax-share.ts';
