// What a person must do before anything goes, if anything: connect, resume, or ask for a sync; with the words for what waits till then.
import type { Status } from './query.ts';

export type StepAction =
  | { kind: 'link'; href: string; words: string }
  | { kind: 'sync' }
  | { kind: 'resume'; runId: string };

export interface NextStep {
  /** What helps first; none where nothing is to be done, or the run is just stopping or pausing. */
  action?: StepAction;
  /** Who finds out what is unknown, and after what: the beginning of a sentence that goes on with 'finds out'. */
  finder: string;
  /** What a pending change waits for. */
  pending: string;
  /** When it is found out whether a change whose outcome is unknown has arrived. */
  checking: string;
}

export type Standing = Pick<Status, 'connection' | 'activeRun'>;

/** Without a connection nothing else helps, so it comes first. */
export function nextStepOf({ connection, activeRun }: Standing): NextStep {
  const missing = connections[connection.state];
  const run = runStep(activeRun);
  if (missing === undefined) return run.step;
  return {
    action: { kind: 'link', href: '/connect', words: missing.button },
    finder: `${missing.ask}${run.afterwards}`,
    pending: `Waits until ${missing.done}`,
    checking: `Outcome unknown: checked once ${missing.done}`,
  };
}

const connections: Partial<Record<Status['connection']['state'], Record<'button' | 'ask' | 'done', string>>> =
  {
    NONE: { button: 'Connect Xero', ask: 'Connect Xero', done: 'Xero is connected' },
    CHOOSING: { button: 'Go on', ask: 'Finish connecting to Xero', done: 'Xero is connected' },
    PAUSED: { button: 'Reconnect', ask: 'Reconnect to Xero', done: 'Xero is reconnected' },
  };

interface RunStep {
  step: NextStep;
  /** The finder where something else comes first. */
  afterwards: string;
}

function runStep(run: Status['activeRun']): RunStep {
  if (run === null || run.asked === 'stop')
    return {
      step: {
        ...(run === null && { action: { kind: 'sync' } }),
        finder: 'The next sync',
        pending: 'Waits for the next sync',
        checking: 'Outcome unknown: checked in the next sync',
      },
      afterwards: ': the next sync then',
    };
  if (run.asked === 'pause')
    return {
      step: {
        ...(run.state === 'PARKED' && { action: { kind: 'resume', runId: run.id } }),
        finder: 'Resume the sync: then Stockbook',
        pending: 'Waits until somebody resumes the sync',
        checking: 'Outcome unknown: checked once the sync is resumed',
      },
      afterwards: ' and resume the sync: then Stockbook',
    };
  return {
    step: {
      finder: 'Nothing to do: Stockbook',
      pending: 'Waits for its turn in this sync',
      checking: 'Outcome unknown: checking whether it arrived',
    },
    afterwards: ': then Stockbook',
  };
}
