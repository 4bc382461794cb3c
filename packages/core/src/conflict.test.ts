// An update goes only over what nobody changed in Xero.
import { describe, expect, it } from 'vitest';
import { compareUpdate, conflictWords, type Fields, listDifferences } from './conflict.ts';

const fields = (over: Record<string, string> = {}): Fields =>
  new Map(Object.entries({ name: 'Smith', 'e-mail': 'a@b.uk', ...over }));

describe('an update, beside what Xero holds', () => {
  it('goes while Xero holds what both last held', () => {
    expect(compareUpdate(fields(), fields(), fields({ name: 'Smith & Co' }))).toEqual({ kind: 'send' });
  });

  it('is there already when Xero holds what would be sent, whoever brought it', () => {
    const theirs = fields({ name: 'Smith & Co' });
    expect(compareUpdate(fields(), theirs, fields({ name: 'Smith & Co' }))).toEqual({ kind: 'landed' });
  });

  it('counts only what would be sent: what is left out stays as it is in Xero', () => {
    const theirs = fields({ name: 'New', 'e-mail': 'x@y.uk' });
    expect(compareUpdate(fields(), theirs, new Map([['name', 'New']]))).toEqual({ kind: 'landed' });
  });

  it('is a conflict when somebody changed Xero, even in a field that we did not touch', () => {
    const comparison = compareUpdate(fields(), fields({ 'e-mail': 'x@y.uk' }), fields({ name: 'New' }));
    expect(comparison).toEqual({
      kind: 'conflict',
      differences: [{ field: 'e-mail', ours: 'a@b.uk', agreed: 'a@b.uk', theirs: 'x@y.uk' }],
    });
  });

  it('is a conflict when Xero no longer has it', () => {
    const comparison = compareUpdate(fields(), undefined, fields());
    expect(comparison).toEqual({ kind: 'conflict', differences: [] });
    expect(conflictWords([])).toMatch(/no longer has it/);
  });

  it('says what was changed, and how much more', () => {
    const theirs = fields({ name: 'A', 'e-mail': '', phone: '1', total: '2' });
    const words = conflictWords(listDifferences(fields(), theirs, new Map()));
    expect(words).toBe(
      'Xero was changed: name “A” instead of “Smith”, e-mail nothing instead of “a@b.uk”, phone “1” instead of nothing and 1 more. Choose what holds',
    );
  });
});
