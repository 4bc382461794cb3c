// What becomes of an export, for every outcome an attempt can have.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ExportView, type Member, type Outcome, type Reply, settle, settleLook } from './export.ts';
import { keyTrustMs, nextStep } from './next-step.ts';

const member = (n: number): Member => ({ number: String(n), recordId: `record-${n}`, key: `INV-${n}` });
const reply = (n: number, verdict: Reply['verdict'] = 'ok'): Reply => ({
  key: `inv-${n}`,
  verdict,
  xeroId: verdict === 'error' ? null : `xero-${n}`,
  words: verdict === 'error' ? 'No.' : '',
});
const view = (over: Partial<ExportView> = {}): ExportView => ({
  action: 'create',
  unknown: false,
  attempts: 1,
  firstSentAtMs: 0,
  looks: 0,
  compared: false,
  refusal: 'none',
  members: [member(1), member(2), member(3)],
  ...over,
});
const answered = (...replies: Reply[]): Outcome<Reply> => ({ kind: 'answered', replies });

describe('settling an export', () => {
  it('matches verdicts by key and never by position (C7)', () => {
    const settlement = settle(view(), answered(reply(3), reply(1, 'error'), reply(2)), 0);
    expect(settlement).toMatchObject({
      kind: 'settled',
      sent: [{ member: member(2) }, { member: member(3) }],
      rejected: [{ member: member(1), reason: 'No.' }],
      unanswered: [],
    });
  });

  it('tells numbers that differ by their case apart, whichever was taken', () => {
    const small = { number: '4', recordId: 'record-4', key: 'inv-1' };
    const members = [member(1), small];
    for (const refused of members) {
      const replies = members.map((one) => ({ ...reply(1, one === refused ? 'error' : 'ok'), key: one.key }));
      expect(settle(view({ members }), answered(...replies), 0)).toMatchObject({
        sent: [{ member: members.find((one) => one !== refused) }],
        rejected: [{ member: refused }],
        unanswered: [],
      });
    }
  });

  it('calls a member without an answer unanswered, never sent', () => {
    const settlement = settle(view(), answered(reply(1)), 0);
    expect(settlement).toMatchObject({ kind: 'settled', unanswered: [member(2), member(3)] });
  });

  it('settles each member exactly once, whatever Xero answers', () => {
    const replies = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 6 }), fc.constantFrom<Reply['verdict']>('ok', 'warning', 'error')),
    );
    fc.assert(
      fc.property(replies, (pairs) => {
        const settlement = settle(view(), answered(...pairs.map(([n, verdict]) => reply(n, verdict))), 0);
        if (settlement.kind !== 'settled') throw new Error('an answer settles');
        const seen = [
          ...settlement.sent.map((one) => one.member),
          ...settlement.rejected.map((one) => one.member),
          ...settlement.unanswered,
        ];
        expect(seen.map((one) => one.number).sort()).toEqual(['1', '2', '3']);
      }),
    );
  });

  it('waits out a 429 for the given time, not counted as an attempt', () => {
    const failure = { kind: 'rate-limited', limit: 'minute', retryAfterMs: 17_000, message: '' } as const;
    expect(settle(view(), { kind: 'failed', failure }, 0)).toMatchObject({
      kind: 'retry',
      waitMs: 17_000,
      counts: false,
      unknown: false,
      closesBudget: true,
    });
  });

  it.each([
    ['app', 20_000, 60_000],
    ['minute', 20_000, 60_000],
    ['day', 20_000, 60_000],
    ['concurrent', 750, 2_250],
  ] as const)(
    'waits out a 429 of the limit “%s” that tells no time for as long as it may last',
    (limit, leastMs, mostMs) => {
      const failure = { kind: 'rate-limited', limit, retryAfterMs: null, message: '' } as const;
      const waitOf = (chance: number) => settle(view(), { kind: 'failed', failure }, chance);
      expect(waitOf(0)).toMatchObject({ kind: 'retry', waitMs: leastMs, closesBudget: true });
      expect(waitOf(1)).toMatchObject({ kind: 'retry', waitMs: mostMs, closesBudget: true });
    },
  );

  it('keeps an unknown outcome unknown through later 429s and refusals to connect', () => {
    const limited = { kind: 'rate-limited', limit: 'day', retryAfterMs: 1, message: '' } as const;
    const refused = { kind: 'unreachable', message: '' } as const;
    expect(settle(view({ unknown: true }), { kind: 'failed', failure: limited }, 0)).toMatchObject({
      unknown: true,
    });
    expect(settle(view({ unknown: true }), { kind: 'failed', failure: refused }, 0)).toMatchObject({
      unknown: true,
    });
  });

  it('finds one bad document among fifty in at most thirteen calls more', () => {
    const members = Array.from({ length: 50 }, (_, index) => member(index));
    for (const culprit of members) {
      let calls = 0;
      const good: string[] = [];
      const queue: Member[][] = [members];
      for (let batch = queue.shift(); batch !== undefined; batch = queue.shift()) {
        calls += 1;
        if (!batch.includes(culprit)) {
          good.push(...batch.map((one) => one.number));
          continue;
        }
        const settlement = settle(
          view({ members: batch, refusal: 'atomic' }),
          { kind: 'failed', failure: { kind: 'invalid', status: 400, message: 'bad' } },
          0,
        );
        if (settlement.kind === 'split') queue.push(...settlement.halves);
        else expect(settlement).toMatchObject({ kind: 'settled', rejected: [{ member: culprit }] });
      }
      expect(good).toHaveLength(49);
      expect(calls - 1).toBeLessThanOrEqual(13);
    }
  });

  it('asks what a request refused as a whole has made before it halves it, once', () => {
    const failure = { kind: 'invalid', status: 400, message: 'bad' } as const;
    const refused = settle(view(), { kind: 'failed', failure }, 0);
    expect(refused).toMatchObject({ kind: 'retry', waitMs: 0, unknown: true, distrust: true });
    const whole = view({ unknown: true, firstSentAtMs: null, refusal: 'whole' });
    expect(nextStep(whole, true, 1)).toEqual({ kind: 'look' });
    expect(settleLook(whole, [], 1)).toMatchObject({ kind: 'known', landed: [] });
  });

  it('takes no refusal for an answer where an earlier sending may have been carried out', () => {
    expect(settle(view({ unknown: true }), answered(reply(1, 'error'), reply(2), reply(3)), 0)).toMatchObject(
      {
        rejected: [],
        unanswered: [member(1)],
      },
    );
  });

  it('pauses when Xero no longer lets us in', () => {
    const problemOf = (message: string) =>
      settle(view(), { kind: 'failed', failure: { kind: 'unauthorised', status: 401, message } }, 0);
    expect(problemOf('Connect one first.')).toEqual({ kind: 'pause', problem: 'Connect one first.' });
    expect(problemOf('AuthenticationUnsuccessful')).toEqual({
      kind: 'pause',
      problem: 'Xero no longer accepts the connection (AuthenticationUnsuccessful).',
    });
  });
});

describe('carrying an export on', () => {
  it('sends the same text under the same key while the key is trusted', () => {
    expect(nextStep(view({ unknown: true }), true, keyTrustMs - 1)).toEqual({ kind: 'send' });
  });

  it('looks first once the key may be forgotten, or the text would differ', () => {
    expect(nextStep(view({ unknown: true }), true, keyTrustMs)).toEqual({ kind: 'look' });
    expect(nextStep(view({ unknown: true }), false, 1)).toEqual({ kind: 'look' });
    expect(nextStep(view({ unknown: true, firstSentAtMs: null }), true, 1)).toEqual({ kind: 'look' });
  });

  it('looks first where the clock was set back since: nobody knows how old the key is', () => {
    expect(nextStep(view({ unknown: true, firstSentAtMs: 2 }), true, 1)).toEqual({ kind: 'look' });
    const update = view({ action: 'update', unknown: true, firstSentAtMs: 2 });
    expect(nextStep(update, true, 1)).toEqual({ kind: 'compare', trusted: false });
  });

  it('compares before an update goes, each time it goes; one of unknown standing goes under its key while that lives, then under a new one', () => {
    const update = view({ action: 'update' });
    for (const unknown of [false, true]) {
      expect(nextStep({ ...update, unknown }, true, 1)).toEqual({ kind: 'compare', trusted: true });
      expect(nextStep({ ...update, unknown }, false, 1)).toEqual({ kind: 'compare', trusted: false });
      const late = { kind: 'compare', trusted: false };
      expect(nextStep({ ...update, unknown }, true, keyTrustMs)).toEqual(late);
      expect(nextStep({ ...update, unknown, firstSentAtMs: null }, true, 1)).toEqual(late);
    }
    expect(nextStep({ ...update, compared: true }, true, 1)).toEqual({ kind: 'send' });
    expect(nextStep({ ...update, compared: true }, false, 1)).toEqual({ kind: 'send-anew' });
    const unknown = { ...update, compared: true, unknown: true };
    expect(nextStep(unknown, true, 1)).toEqual({ kind: 'send' });
    expect(nextStep(unknown, true, keyTrustMs)).toEqual({ kind: 'send-anew' });
  });

  it('takes a record whose number is ours in another case for another one’s, never for ours', () => {
    const own = { ...reply(1), key: 'INV-1 ' };
    expect(settleLook(view(), [reply(1), reply(2), own], 2)).toMatchObject({
      landed: [{ member: member(1), reply: own }],
      absent: [member(2), member(3)],
    });
  });

  it('believes in absence only when two looks agree, in presence at once', () => {
    const reply = (n: number): Reply => ({ key: `INV-${n}`, verdict: 'ok', xeroId: `xero-${n}`, words: '' });
    expect(settleLook(view(), [], 1)).toMatchObject({ kind: 'look-again', landed: [] });
    expect(settleLook(view(), [reply(1)], 1)).toMatchObject({
      kind: 'look-again',
      landed: [{ member: member(1) }],
      unsettled: [member(2), member(3)],
    });
    expect(settleLook(view(), [reply(1)], 2)).toMatchObject({
      kind: 'known',
      landed: [{ member: member(1) }],
      absent: [member(2), member(3)],
    });
    expect(settleLook(view(), [reply(1), reply(2), reply(3)], 1)).toMatchObject({
      kind: 'known',
      absent: [],
    });
  });
});
