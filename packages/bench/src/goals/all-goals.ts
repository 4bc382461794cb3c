// All goals of performance in one run, P1 to P11, each beside its baseline on the same machine, or only the parts that measure some of them.
import { measureAgenda } from '../agenda-window.ts';
import { measureAtLimits } from '../at-limits.ts';
import { readBatches } from '../batches.ts';
import type { Endings } from '../endings.ts';
import { measureLimitsOff } from '../limits-off.ts';
import { readMachine, versionOf } from '../machine.ts';
import { type Database, startDatabase } from '../postgres.ts';
import { median } from '../table.ts';
import { measureBacklog } from './backlog.ts';
import { type Ceiling, measureCeiling, measureReal } from './ceiling.ts';
import { ceilingRows } from './ceiling-rows.ts';
import type { CeilingWindow } from './ceiling-windows.ts';
import { costRows } from './cost-rows.ts';
import { measureDay } from './day.ts';
import type { GoalRow, Goals } from './goal.ts';
import { measureIdle } from './idle.ts';
import { backlogRow, dayRows, idleRow, mixedRow } from './part-rows.ts';
import type { Bar } from './picture.ts';
import { measureSlow, type Slow } from './slow.ts';

export interface Measured {
  goals: Goals;
  /** None unless all goals are measured: the picture takes the whole ceiling. */
  bars: Bar[];
}

/** Such as ['P3']; none asks for all. A part that answers for several goals answers for all of them. */
export async function measureGoals(
  endings: Endings,
  only: readonly string[],
  say: (line: string) => void,
): Promise<Measured> {
  const isAll = only.length === 0;
  const wants = (...ids: string[]) => isAll || ids.some((id) => only.includes(id));
  say('Starting PostgreSQL ...');
  const database = await startDatabase(endings);
  const part = [endings, database, say] as const;
  const rows: GoalRow[] = [];
  if (wants('P2', 'P7', 'P8')) rows.push(...(await mixedRows(...part, wants('P7', 'P8'))));
  const ceilings: Ceiling[] = [];
  const isCeiling = wants('P1', 'P3', 'P4', 'P6');
  if (isCeiling)
    for (const windows of ['fixed', 'rolling'] as const)
      ceilings.push(await measureCeiling(endings, database, windows, say));
  const slow = isCeiling ? await measureSlow(...part) : undefined;
  const bars = isAll && slow !== undefined ? barsOf(slow, ceilings) : [];
  if (wants('P5', 'P9')) rows.push(...dayRows(await measureDay(...part)));
  if (wants('P11')) rows.push(idleRow(await measureIdle(...part)));
  // Alone, the five minutes in real time would take all past twenty-five: they wait for Xero's minutes nearly all the while, and the
  // backlogs, most of whose time is their making, are compared within moments.
  const [growths, real] = await Promise.all([
    wants('P10') ? measureBacklog(endings, say) : undefined,
    isCeiling ? measureReal(endings, say) : undefined,
  ]);
  if (growths !== undefined) rows.push(backlogRow(growths));
  if (real !== undefined && slow !== undefined) rows.push(...ceilingRows(ceilings, real, slow));
  const versions = {
    Node: process.versions.node,
    PostgreSQL: database.version,
    'xero-node': versionOf('xero-node'),
  };
  rows.sort((a, b) => Number(a.id.slice(1)) - Number(b.id.slice(1)));
  return { goals: { machine: readMachine(), versions, rows }, bars };
}

async function mixedRows(
  endings: Endings,
  database: Database,
  say: (line: string) => void,
  withCost: boolean,
): Promise<GoalRow[]> {
  const mixed = await measureAtLimits(endings, database, say);
  if (!withCost) return [mixedRow(mixed)];
  const batches = await readBatches(database.db, mixed.organisation, mixed.runId);
  const off = await measureLimitsOff(endings, database, batches, say);
  const agenda = await measureAgenda(endings, database, batches, say);
  return [mixedRow(mixed), ...costRows(off, agenda)];
}

function barsOf(slow: Slow, ceilings: readonly Ceiling[]): Bar[] {
  const fixed = ceilings.filter(({ windows }) => windows === 'fixed');
  return [
    { name: 'Stockbook', perMinute: perMinute(fixed.flatMap(({ engine }) => engine)) },
    { name: 'perfectly paced bare loop', perMinute: perMinute(fixed.flatMap(({ paced }) => paced)) },
    { name: 'one document a call', perMinute: slow.single.perMinute },
    { name: 'a loop that sleeps 2 s', perMinute: slow.sleepy.perMinute },
  ];
}

function perMinute(windows: readonly CeilingWindow[]): number {
  return median(windows.map((window) => window.perMinute));
}
