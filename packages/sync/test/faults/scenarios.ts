// Scenarios that together lead through every named step of the path out.
import type { StepName, Stepping } from '../../src/step.ts';
import { live, type MortalDb, type SteppedClock } from './mortal.ts';
import type { CallFault } from './plan.ts';
import type { Stage } from './stage.ts';

export interface Scenario {
  name: string;
  calls: readonly { fault: CallFault; tookMs?: number }[];
  /** Of a worker that keeps its lease although its heart does not beat in stepped time. */
  leaseMs?: number;
  /** How long nobody comes after the death; a little more than the lease lasts where it is absent. */
  awayMs?: number;
  /** The steps that matter in it. */
  only?: readonly StepName[];
  /** Xero takes the permission back, so that the connection is paused until a person reconnects. */
  losesPermission?: true;
  /** Records to a call at most. */
  batchMax?: number;
  /** What is done before the worker comes. */
  before?(stage: Stage, organisation: string): Promise<void>;
  /** Holds a worker up at steps until another of its calls has come so far. */
  took?(kind: string): { took: Stepping; over(): void };
}

const keyLifeMs = 6 * 60_000;
const leaseMs = 8 * 60_000;

const unsure: readonly StepName[] = [
  'intent before',
  'intent after',
  'send before',
  'send after',
  'verdict before',
];

export const scenarios: readonly Scenario[] = [
  { name: 'all goes well', calls: [] },
  { name: 'nobody comes until the key is forgotten', calls: [], awayMs: 7 * 60_000, only: unsure },
  { name: 'the answer is lost', calls: [{ fault: 'reset after' }] },
  forgotten('the answer is lost and the key forgotten', 'reset after'),
  forgotten('nothing arrived and the key is forgotten', 'reset before'),
  { name: 'the request is refused as a whole', calls: [{ fault: '400 whole' }] },
  // Both batches, with the old token and with the new one.
  {
    name: 'the permission is gone',
    calls: Array.from({ length: 4 }, () => ({ fault: '401' as const })),
    losesPermission: true,
  },
  { name: 'the limit is reached for long', calls: [{ fault: '429 long' }], batchMax: 1, took: afterRetry },
  { name: 'the token runs out', calls: [], before: agePermission },
];

function forgotten(name: string, fault: CallFault): Scenario {
  return { name, calls: [{ fault, tookMs: keyLifeMs }], leaseMs };
}

/** The second claim waits until the first call was turned away: by then no call may go. */
function afterRetry(kind: string): { took: Stepping; over(): void } {
  let over = () => {};
  const turnedAway = new Promise<void>((resolve) => {
    over = resolve;
  });
  let claims = 0;
  return {
    over: () => over(),
    took: async (name, entity) => {
      if (name === 'retry after') setTimeout(over, 20);
      if (name !== 'claim after' || entity !== kind) return;
      claims += 1;
      if (claims > 1) await turnedAway;
    },
  };
}

async function agePermission(stage: Stage, organisation: string): Promise<void> {
  await stage.owner.query(
    `UPDATE connection SET token_expires_at = stockbook_now() WHERE organisation_id = $1`,
    [organisation],
  );
}

export interface Play {
  stage: Pick<Stage, 'oauth' | 'secret'>;
  clock: SteppedClock;
  scenario: Scenario;
  /** The kind in hand. */
  entity: string;
  /** Where the worker dies; nowhere when absent. */
  name?: StepName | undefined;
  heard?: ((name: StepName, entity: string | undefined) => void) | undefined;
  said?: (line: string) => void;
}

/** A worker carries what is due in the scenario; true when it died. */
export function play(
  mortal: MortalDb,
  { stage, clock, scenario, entity, name, heard, said }: Play,
): Promise<boolean> {
  const { batchMax, calls, leaseMs } = scenario;
  const hold = scenario.took?.(entity);
  return live(mortal, {
    ...{ stage, clock, calls },
    ...(batchMax && { batchMax }),
    ...(leaseMs && { leaseMs }),
    ...(said && { said }),
    ...(name && { diesAt: { name, entity } }),
    took: async (step, of) => {
      heard?.(step, of);
      if (step === name) hold?.over();
      await hold?.took(step, of);
    },
  });
}
