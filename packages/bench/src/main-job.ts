// The main job's goals (few calls, the whole ceiling, little cost) in one run, each figure measured beside its baseline.
import { type AtLimits, measureAtLimits } from './at-limits.ts';
import type { Window } from './bare-loop.ts';
import { readBatches } from './batches.ts';
import type { Endings } from './endings.ts';
import { type LimitsOff, measureLimitsOff } from './limits-off.ts';
import { versionOf } from './machine.ts';
import { usedWhileWaiting } from './minutes.ts';
import { startDatabase } from './postgres.ts';
import { sizes } from './sample.ts';
import { median, type Result, type Row } from './table.ts';

export async function measureMainJob(
  endings: Endings,
  say: (line: string) => void,
): Promise<Pick<Result, 'versions' | 'rows' | 'notes'>> {
  say('Starting PostgreSQL ...');
  const database = await startDatabase(endings);
  const atLimits = await measureAtLimits(endings, database, say);
  const batches = await readBatches(database.db, atLimits.organisation, atLimits.runId);
  const off = await measureLimitsOff(endings, database, batches, say);
  return {
    versions: {
      Node: process.versions.node,
      PostgreSQL: database.version,
      'xero-node': versionOf('xero-node'),
    },
    rows: [...rowsAtLimits(atLimits), ...rowsWithoutLimits(off)],
    notes: notesOn(atLimits, off),
  };
}

function rowsAtLimits(part: AtLimits): Row[] {
  const waiting = usedWhileWaiting(part.minutes);
  return [
    {
      measure: 'Documents per call, mixed day',
      unit: 'documents/call',
      stockbook: part.sent / part.calls,
      baseline: 'at the least number of calls',
      beside: part.sent / part.minimum,
      ratio: part.minimum / part.calls,
      goal: 'at least 47',
    },
    {
      measure: 'Calls used, mixed day',
      unit: 'calls',
      stockbook: part.calls,
      baseline: 'the least possible',
      beside: part.minimum,
      ratio: part.calls / part.minimum,
      goal: 'ratio at most 1.10',
    },
    {
      measure: 'Share of the minute ceiling while work waited',
      unit: 'calls/minute',
      stockbook: waiting.used / waiting.minutes,
      baseline: 'left to it by Xero’s headers',
      beside: waiting.allowed / waiting.minutes,
      ratio: waiting.used / waiting.allowed,
      goal: 'ratio at least 0.95',
    },
    {
      measure: '429 answers',
      unit: 'answers',
      stockbook: part.throttled,
      baseline: 'calls',
      beside: part.calls,
      ratio: part.throttled / part.calls,
      goal: 'ratio at most 0.001',
    },
  ];
}

function rowsWithoutLimits({ stockbook, bare }: LimitsOff): Row[] {
  const baseline = 'bare xero-node loop';
  const rate = (window: Window) => window.documents / window.seconds;
  const cost = (window: Window) => window.cpuMs / window.documents;
  const rates = { stockbook: median(stockbook.map(rate)), beside: median(bare.map(rate)) };
  const costs = { stockbook: median(stockbook.map(cost)), beside: median(bare.map(cost)) };
  return [
    {
      measure: 'Documents a second, limits off',
      unit: 'documents/s',
      ...rates,
      baseline,
      ratio: rates.stockbook / rates.beside,
      goal: 'ratio at least 0.35',
    },
    {
      measure: 'CPU per document, limits off',
      unit: 'ms/document',
      ...costs,
      baseline,
      ratio: costs.stockbook / costs.beside,
      goal: 'ratio at most 3.0',
    },
  ];
}

function notesOn(part: AtLimits, { stockbook }: LimitsOff): string[] {
  const { contacts, items, invoices, creditNotes } = sizes;
  const { minutes } = usedWhileWaiting(part.minutes);
  return [
    `The mixed day: ${contacts} contacts, ${items} items, ${invoices} invoices of about 5 lines, ${creditNotes} credit notes; limits 60 a minute, 5 at once, 5,000 a day; answers take 120 ms, give or take 40; clock x${part.scale} for database and sandbox alike. It took ${part.lasted.toFixed(2)} simulated minutes.`,
    `The ceiling is counted over the ${minutes} of Xero’s minutes that ended while work waited; the first of them began before the run did.`,
    `Limits off: medians of ${stockbook.length} windows a side in turn, five calls at once, no answer time, the same frozen invoices and credit notes; contacts and items are there before. CPU is that of the client’s process, without PostgreSQL and sandbox, which run on the same cores.`,
  ];
}
