// The plan of a simulated schedule, drawn by fast-check: who goes first, what breaks, and what a person does meanwhile.
import fc from 'fast-check';
import type { StatementFault } from './statement.ts';

export type CallFault =
  | 'refused connection'
  | 'reset before'
  | 'reset after'
  /** It is carried out, and when that is not told any more Xero has forgotten its key. */
  | 'lost late'
  | '503 before'
  | '502 after'
  | '429'
  | '400 whole'
  | '401'
  | '429 long';

export type What =
  | { kind: 'kill'; worker: number; landed: boolean; downMs: number }
  | { kind: 'freeze'; worker: number; ms: number }
  | { kind: 'statement'; worker: number; fault: StatementFault }
  | { kind: 'call'; worker: number; fault: CallFault }
  /** What it reads next in Xero is told as if nothing were there; once in a schedule. */
  | { kind: 'empty list'; worker: number }
  | { kind: 'slow'; ms: number }
  | { kind: 'tokens expire' }
  | { kind: 'edit'; record: number }
  | { kind: 'spoil'; record: number }
  | { kind: 'add'; of: number }
  | { kind: 'exclude'; record: number; on: boolean }
  | { kind: 'ask'; asked: (typeof askings)[number] };

const askings = ['pause', 'resume', 'stop', 'sync', 'retry'] as const;

export interface Incident {
  /** The turn of the turnstile at which it comes. */
  at: number;
  what: What;
}

export interface Plan {
  /** How many records of each kind there are at the beginning, and how many to a call at most. */
  records: number;
  batchMax: number;
  /** Which of the waiting tickets goes next, turn by turn; the first one after the last of these. */
  picks: number[];
  incidents: Incident[];
  /** For the jitter of waits. */
  seed: number;
}

export const workerCount = 2;
const turnsMax = 500;

const worker = fc.nat({ max: workerCount - 1 });
const someRecord = fc.nat({ max: 40 });
export const statementFaults: readonly StatementFault[] = [
  'cut before',
  'cut after',
  'serialisation failure',
];
export const callFaults: readonly CallFault[] = [
  'refused connection',
  'reset before',
  'reset after',
  'lost late',
  '503 before',
  '502 after',
  '429',
  '400 whole',
];

const ms = (...choices: number[]) => fc.constantFrom(...choices);
const kind = <const K extends What['kind']>(name: K) => fc.constant(name);

const what: fc.Arbitrary<What> = fc.oneof(
  weighted(
    4,
    fc.record({ kind: kind('kill'), worker, landed: fc.boolean(), downMs: ms(1_000, 30_000, 400_000) }),
  ),
  // Fifty seconds: it goes on as another has just taken its lease.
  weighted(3, fc.record({ kind: kind('freeze'), worker, ms: ms(5_000, 50_000, 60_000, 130_000, 480_000) })),
  weighted(3, fc.record({ kind: kind('statement'), worker, fault: fc.constantFrom(...statementFaults) })),
  weighted(5, fc.record({ kind: kind('call'), worker, fault: fc.constantFrom(...callFaults) })),
  weighted(2, fc.record({ kind: kind('empty list'), worker })),
  // Up to longer than Xero remembers a key, whatever is on its way.
  weighted(2, fc.record({ kind: kind('slow'), ms: ms(2_000, 20_000, 50_000, 400_000) })),
  weighted(3, fc.record({ kind: kind('tokens expire') })),
  weighted(3, fc.record({ kind: kind('edit'), record: someRecord })),
  weighted(1, fc.record({ kind: kind('spoil'), record: someRecord })),
  weighted(1, fc.record({ kind: kind('add'), of: fc.nat({ max: 8 }) })),
  weighted(1, fc.record({ kind: kind('exclude'), record: someRecord, on: fc.boolean() })),
  weighted(2, fc.record({ kind: kind('ask'), asked: fc.constantFrom(...askings) })),
);

function weighted(weight: number, arbitrary: fc.Arbitrary<What>) {
  return { weight, arbitrary };
}

export const plans: fc.Arbitrary<Plan> = fc.record({
  records: fc.integer({ min: 1, max: 4 }),
  batchMax: fc.integer({ min: 1, max: 3 }),
  picks: fc.array(fc.nat({ max: 11 }), { maxLength: turnsMax, size: 'max' }),
  incidents: fc.array(fc.record({ at: fc.nat({ max: turnsMax }), what }), { maxLength: 7, size: 'max' }),
  seed: fc.nat(),
});
