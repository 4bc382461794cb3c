// Each legal move of a change and of an export, and none besides.
import { describe, expect, it } from 'vitest';
import {
  type ChangeState,
  changeStates,
  type ExportState,
  exportStates,
  mayChange,
  mayExport,
} from './change.ts';

const changes: [ChangeState, ChangeState][] = [
  ['pending', 'claimed'],
  ['pending', 'superseded'],
  ['pending', 'skipped'],
  ['claimed', 'sent'],
  ['claimed', 'rejected'],
  ['claimed', 'pending'],
  ['claimed', 'superseded'],
  ['claimed', 'skipped'],
  ['rejected', 'superseded'],
  ['rejected', 'pending'],
  ['rejected', 'skipped'],
];

const moves: [ExportState, ExportState][] = [
  ['prepared', 'sending'],
  ['prepared', 'failed'],
  ['sending', 'sent'],
  ['sending', 'retrying'],
  ['sending', 'split'],
  ['sending', 'failed'],
  ['retrying', 'sending'],
  ['retrying', 'failed'],
];

describe('states', () => {
  it.each(changes)('a change goes from %s to %s', (from, to) => expect(mayChange(from, to)).toBe(true));

  it('a change goes nowhere else', () => {
    const legal = changeStates.flatMap((from) =>
      changeStates.filter((to) => mayChange(from, to)).map((to) => [from, to]),
    );
    expect(legal).toHaveLength(changes.length);
  });

  it.each(moves)('an export goes from %s to %s', (from, to) => expect(mayExport(from, to)).toBe(true));

  it('an export goes nowhere else', () => {
    const legal = exportStates.flatMap((from) =>
      exportStates.filter((to) => mayExport(from, to)).map((to) => [from, to]),
    );
    expect(legal).toHaveLength(moves.length);
  });
});
