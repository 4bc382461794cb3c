// The states of a change and of an export, and which may follow which: each line is a rule of the outbox.

export const changeStates = ['pending', 'claimed', 'sent', 'rejected', 'superseded', 'skipped'] as const;
export type ChangeState = (typeof changeStates)[number];

const changeMoves: Readonly<Record<ChangeState, readonly ChangeState[]>> = {
  pending: ['claimed', 'superseded', 'skipped'],
  claimed: ['sent', 'rejected', 'pending'],
  sent: [],
  rejected: ['superseded', 'pending'],
  superseded: [],
  skipped: [],
};

export function mayChange(from: ChangeState, to: ChangeState): boolean {
  return changeMoves[from].includes(to);
}

export const exportStates = ['prepared', 'sending', 'retrying', 'sent', 'split', 'failed'] as const;
export type ExportState = (typeof exportStates)[number];

const exportMoves: Readonly<Record<ExportState, readonly ExportState[]>> = {
  // Given up before it was ever sent, when a run is parked.
  prepared: ['sending', 'failed'],
  sending: ['sent', 'retrying', 'split', 'failed'],
  retrying: ['sending'],
  sent: [],
  split: [],
  failed: [],
};

export function mayExport(from: ExportState, to: ExportState): boolean {
  return exportMoves[from].includes(to);
}
