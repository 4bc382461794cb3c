// What a refusal to be asked tells of an export.
import { expect, it } from 'vitest';
import type { ExportView } from './export.ts';
import { settleRefusedLook } from './refused-look.ts';

const members = [1, 2].map((n) => ({ number: String(n), recordId: `record-${n}`, key: `INV-${n}` }));
const view: ExportView = {
  ...{ action: 'update', unknown: false, attempts: 0, firstSentAtMs: null, looks: 0, compared: false },
  ...{ refusal: 'none', members },
};

it('refuses what has certainly not gone, each in Xero’s words, for a person to try again', () => {
  const reason = expect.stringMatching(/^Not sent.* Too many\.$/);
  expect(settleRefusedLook(view, 'Too many.')).toEqual({
    ...{ kind: 'settled', sent: [], unanswered: [] },
    rejected: members.map((member) => ({ member, reason })),
  });
});

it.each(['create', 'update'] as const)(
  'leaves a %s that may have been carried out unknown: it neither goes again nor is refused',
  (action) => {
    const why = expect.stringMatching(/^It may be in Xero or not.* Too many\.$/);
    expect(settleRefusedLook({ ...view, action, unknown: true }, 'Too many.')).toMatchObject({
      ...{ kind: 'left', why },
    });
  },
);
