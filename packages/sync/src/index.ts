// The sync: what core decides, this does.

export type { ApiResult } from './carriage.ts';
export { type Clock, createClock, pause } from './clock.ts';
export type { Document, DocumentLine } from './document.ts';
export { createEngine, type Engine, type EngineOptions } from './engine.ts';
export { defineEntity, type Entity, type Reader } from './entity.ts';
export { type Exclusion, setDoNotSync } from './exclusion.ts';
export { releaseAccounts } from './hold.ts';
export { type LeaseTimes, leaseTimes } from './lease.ts';
export { record } from './outbox.ts';
export { writeRecords } from './record.ts';
export { retryChanges, type Selection } from './retry.ts';
export { type Opened, openRun } from './run.ts';
export { type Calls, type QueueCounts, readCalls, readQueueCounts, readStatus, type Status } from './status.ts';
