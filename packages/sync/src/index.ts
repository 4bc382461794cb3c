// The sync: what core decides, this does.

export { type Answer, type Asked, askRun, resumeRun } from './ask.ts';
export { setAutoSync } from './auto.ts';
export type { ApiResult } from './carriage.ts';
export {
  type AccountChoice,
  type Chosen,
  chooseAccount,
  chooseTax,
  type Refused,
  type TaxChoice,
} from './choice.ts';
export { type NatureChoice, readNatures, readTreatments, type TreatmentChoice } from './choices.ts';
export { type Chosen as ChosenSide, chooseSide, type Kept } from './choose.ts';
export { type Clock, createClock, pause } from './clock.ts';
export { type ConnectionApi, callLimitMs, connectionApi } from './connection.ts';
export { beginConsent, type Exchanged, exchange, type XeroAccess } from './consent.ts';
export type { Document, DocumentLine } from './document.ts';
export { createEngine, type Engine, type EngineOptions } from './engine.ts';
export { defineEntity, type Entity, type Reader } from './entity.ts';
export {
  type EnvOutcome,
  postgresUrl,
  readEnvironment,
  type SharedEnv,
  sharedVariables,
} from './environment.ts';
export { type Exclusion, setDoNotSync } from './exclusion.ts';
export { readForecast, type ShownForecast } from './forecast.ts';
export { releaseAccounts } from './hold.ts';
export { layersOf } from './layer.ts';
export { type LeaseTimes, leaseTimes } from './lease.ts';
export { type ClosedLoad, type CreatedLoad, closeLoad, createLoad, forgetUnfinishedLoads } from './load.ts';
export { type Staged, stageFile } from './load-stage.ts';
export { type WorkedLoad, type WorkOptions, workLoad } from './load-work.ts';
export { createLog } from './log.ts';
export { record } from './outbox.ts';
export { pauseConnection } from './pause.ts';
export { readConflict, type ShownConflict } from './read-conflict.ts';
export { writeRecords } from './record.ts';
export { retryChanges, type Selection } from './retry.ts';
export { type DueRun, type Opened, openRun, readDueRuns } from './run.ts';
export { readSettled, type Settled, settleLines } from './settled.ts';
export {
  type Calls,
  type QueueCounts,
  readQueueCounts,
  readStatus,
  type Status,
} from './status.ts';
export { acts, type StepName, type Stepping } from './step.ts';
export { type ChosenTenant, chooseTenant, type Finished, finishConnection } from './tenant.ts';
export { parseTenants } from './tenant-kept.ts';
export { type Hurried, hurryRecord } from './urgent.ts';
