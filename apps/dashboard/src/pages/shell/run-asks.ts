// What a person may ask of a run in the state it is in, and what the buttons say meanwhile.

export type RunAsk = 'pause' | 'resume' | 'stop';

export interface RunButton {
  ask: RunAsk;
  word: string;
  /** False while it was asked and has not come about. */
  ready: boolean;
}

const ended: readonly string[] = ['DONE', 'FAILED', 'STOPPED'];

/** The buttons of a run; none once it has ended, and none when there is none. */
export function runButtons(run: { state: string; asked: string | null } | null | undefined): RunButton[] {
  if (run === null || run === undefined || ended.includes(run.state)) return [];
  if (run.asked === 'stop') return [{ ask: 'stop', word: 'Stopping …', ready: false }];
  return [first(run), { ask: 'stop', word: 'Stop', ready: true }];
}

function first(run: { state: string; asked: string | null }): RunButton {
  if (run.asked !== 'pause') return { ask: 'pause', word: 'Pause', ready: true };
  if (run.state === 'PARKED') return { ask: 'resume', word: 'Resume', ready: true };
  return { ask: 'pause', word: 'Pausing …', ready: false };
}
