// F19: an account or a tax type that Xero no longer takes: refused once, with a reason and a fix that name its code, and sent when a person has mended it.
import { explain } from '@stockbook/xero';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Chosen, chooseAccount, chooseTax } from '../../src/choice.ts';
import { retryChanges } from '../../src/retry.ts';
import { openRun } from '../../src/run.ts';
import { ask, closeGround, expectSound, finish, lastCallOf, writeBatch } from './batch.ts';
import type { Ground } from './kill-points.ts';
import { kinds } from './kinds.ts';
import { type OtherApp, openGroundWithRates, setTaxRate } from './other-app.ts';

const documents = kinds.filter(({ entity }) => ['invoices', 'credit-notes'].includes(entity.name));

let ground: Ground;
let app: OtherApp;
beforeAll(async () => {
  ({ ground, app } = await openGroundWithRates());
});
afterEach(async () => {
  await changeAccount({ Status: 'ACTIVE' });
  await changeAccount({ Type: 'SALES' });
  await setTaxRate(app, 'Own standard', 20);
  await goodsTo('200');
  await standardAs('OUTPUT2');
});
afterAll(() => closeGround(ground));

/** Of Sales, to which goods go. */
async function changeAccount(change: object): Promise<void> {
  await app('/Accounts/200', change);
}

/** On the page Xero connection. */
const goodsTo = async (code: string) =>
  expectChosen(
    await chooseAccount(ground.stage.db, ground.joined.organisation, 'Ann', { nature: 'goods', code }),
  );
const standardAs = async (type: string) =>
  expectChosen(
    await chooseTax(ground.stage.db, ground.joined.organisation, 'Ann', {
      ...{ treatment: 'domestic-standard', type },
    }),
  );

function expectChosen(chosen: Chosen): void {
  expect(chosen).toEqual({ kind: 'chosen' });
}

interface Setting {
  what: string;
  spoil(): Promise<void>;
  mend(): Promise<void>;
  words: RegExp;
  means: string;
  fix: RegExp;
  /** What Xero's copy has in the end. */
  holds: string;
}

const archived = {
  spoil: () => changeAccount({ Status: 'ARCHIVED' }),
  words: /^Account code '200' has been archived, or has been deleted\./,
  means: 'archived',
  fix: /^Restore account 200 in Xero .* or choose another account on the page Xero connection, then press Retry\.$/,
};

const settings: readonly Setting[] = [
  {
    what: 'an archived account, which is restored in Xero',
    ...archived,
    mend: () => changeAccount({ Status: 'ACTIVE' }),
    holds: '"AccountCode":"200"',
  },
  {
    what: 'an archived account, in place of which another is chosen',
    ...archived,
    mend: () => goodsTo('260'),
    holds: '"AccountCode":"260"',
  },
  {
    what: 'an account that the tax rate may not stand on',
    spoil: () => changeAccount({ Type: 'EXPENSE' }),
    mend: () => goodsTo('260'),
    words: /^The TaxType code 'OUTPUT2' cannot be used with account code '200'\.$/,
    means: 'tax',
    fix: /^Choose another account than 200 or another tax rate than OUTPUT2 on the page Xero connection, .* then press Retry\.$/,
    holds: '"AccountCode":"260"',
  },
  {
    what: 'a tax rate that was deleted',
    spoil: async () => {
      await standardAs('TAX001');
      await setTaxRate(app, 'Own standard', 20, 'DELETED');
    },
    mend: () => standardAs('OUTPUT2'),
    words: /^The TaxType code TAX001 does not exist or cannot be used for this type of transaction\.$/,
    means: 'tax',
    fix: /^Choose another tax rate than TAX001 on the page Xero connection .* then press Retry\.$/,
    holds: '"TaxType":"OUTPUT2"',
  },
];

describe.each(documents.map((kind) => [kind.entity.name, kind] as const))('%s', (_name, kind) => {
  it.each(settings)(
    'F19, $what: all are refused with the reason and what to do, once, and go after it',
    async ({ spoil, mend, words, means, fix, holds }) => {
      const { stage, joined, clock } = ground;
      const { organisation } = joined;
      const sync = () => openRun(stage.db, organisation, { kind: 'manual', startedBy: 'Ann' });
      const statesOf = (ids: readonly string[]) =>
        stage.db.prisma.change.groupBy({
          by: ['state'],
          where: { recordId: { in: [...ids] } },
          _count: true,
        });
      await spoil();
      const afterId = await lastCallOf(stage);
      const entries = await writeBatch(ground, kind, 50);
      const ids = entries.map(({ id }) => id);
      await ask(ground);
      await finish(ground);
      expect(await sync()).toEqual({ kind: 'nothing' });
      await clock.step(3_600_000);
      expect(await sync()).toEqual({ kind: 'nothing' });
      expect(await stage.client.calls({ afterId, method: 'PUT' })).toHaveLength(1);
      expect(await statesOf(ids)).toEqual([{ state: 'rejected', _count: 50 }]);
      const where = { recordId: { in: ids } };
      for (const { problem } of await stage.db.prisma.record.findMany({ where: { id: { in: ids } } })) {
        expect(problem).toMatch(words);
        const explained = explain(problem ?? '');
        expect(explained.class).toBe(means);
        expect(explained.cause).toMatch(/200|TAX001/);
        expect(explained.fix).toMatch(fix);
      }
      await mend();
      expect(await retryChanges(stage.db, organisation, 'Ann', { kind: 'records', ids })).toBe(50);
      await ask(ground);
      await finish(ground);
      expect(await statesOf(ids)).toEqual([{ state: 'sent', _count: 50 }]);
      const held = await stage.db.prisma.mapping.findMany({ where });
      expect(held.filter(({ agreed }) => agreed.includes(holds))).toHaveLength(50);
      await expectSound(ground, entries, afterId);
    },
  );
});
