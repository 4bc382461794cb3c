// The rules, without I/O.

export * from './entity.ts';
export * from './failure.ts';
export * from './money.ts';
export * from './nature.ts';
