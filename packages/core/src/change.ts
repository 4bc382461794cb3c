// The states of a change and of an export, and which may follow which: each line is a rule of the outbox.

export const changeStates = ['pending', 'claimed', 'sent', 'rejected', 'superseded', 'skipped'] as const;
export type ChangeState = (typeof changeStates)[number];

const changeMoves: Readonly<Record<ChangeState, readonly ChangeState[]>> = {
  pending: ['claimed', 'superseded', 'skipped'],
  // Skipped, when it is given back while a person excluded its record meanwhile; superseded, when a newer change is there.
  claimed: ['sent', 'rejected', 'pending', 'superseded', 'skipped'],
  sent: [],
  rejected: ['superseded', 'pending', 'skipped'],
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
  // Given up when it was never carried out and the run is parked.
  retrying: ['sending', 'failed'],
  sent: [],
  split: [],
  failed: [],
};

export function mayExport(from: ExportState, to: ExportState): boolean {
  return exportMoves[from].includes(to);
}
