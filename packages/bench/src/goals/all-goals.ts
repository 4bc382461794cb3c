// All goals of performance in one run, P1 to P11, each beside its baseline on the same machine.
import { measureAtLimits } from '../at-limits.ts';
import { readBatches } from '../batches.ts';
import type { Endings } from '../endings.ts';
import { measureLimitsOff } from '../limits-off.ts';
import { readMachine, versionOf } from '../machine.ts';
import { startDatabase } from '../postgres.ts';
import { median } from '../table.ts';
import { measureBacklog } from './backlog.ts';
import { type CeilingWindow, measureCeiling } from './ceiling.ts';
import { ceilingRows } from './ceiling-rows.ts';
import { measureDay } from './day.ts';
import { type GoalRow, type Goals, goalRow } from './goal.ts';
import { measureIdle } from './idle.ts';
import { backlogRow, costRows, dayRows, idleRow } from './part-rows.ts';
import type { Bar } from './picture.ts';
import { measureSlow } from './slow.ts';

export interface Measured {
  goals: Goals;
  bars: Bar[];
}

export async function measureGoals(endings: Endings, say: (line: string) => void): Promise<Measured> {
  say('Starting PostgreSQL ...');
  const database = await startDatabase(endings);
  const mixed = await measureAtLimits(endings, database, say);
  const batches = await readBatches(database.db, mixed.organisation, mixed.runId);
  const cost = await measureLimitsOff(endings, database, batches, say);
  const fixed = await measureCeiling(endings, database, 'fixed', say);
  const rolling = await measureCeiling(endings, database, 'rolling', say);
  const slow = await measureSlow(endings, database, say);
  const day = await measureDay(endings, database, say);
  const idle = await measureIdle(endings, database, say);
  const growths = await measureBacklog(endings, database, say);
  const rows: GoalRow[] = [
    ...ceilingRows([fixed, rolling]),
    goalRow({
      id: 'P2',
      measure: 'Calls used over the least possible, mixed day of four kinds',
      value: mixed.calls / mixed.minimum,
      wanted: { sense: '<=', bound: 1.1 },
      baseline: 'the sum of ceil(records / 50) over the kinds',
      spread: null,
      detail: { calls: mixed.calls, minimum: mixed.minimum, records: mixed.sent },
    }),
    ...dayRows(day),
    ...costRows(cost),
    backlogRow(growths),
    idleRow(idle),
  ];
  return {
    goals: {
      machine: readMachine(),
      versions: {
        Node: process.versions.node,
        PostgreSQL: database.version,
        'xero-node': versionOf('xero-node'),
      },
      rows: rows.sort((a, b) => Number(a.id.slice(1)) - Number(b.id.slice(1))),
    },
    bars: [
      { name: 'Stockbook', perMinute: perMinute(fixed.engine) },
      { name: 'perfectly paced bare loop', perMinute: perMinute(fixed.paced) },
      { name: 'one document a call', perMinute: slow.single },
      { name: 'a loop that sleeps 2 s', perMinute: slow.sleepy },
    ],
  };
}

function perMinute(windows: readonly CeilingWindow[]): number {
  return median(windows.map(({ documents, seconds }) => (60 * documents) / seconds));
}
