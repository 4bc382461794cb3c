// Manual journals rule by rule (XERO.md 7.6).
import { beforeEach, describe, expect, it } from 'vitest';
import { openOrganisation, readBooks } from './books.ts';
import { messagesOf, useXero, type Xero } from './xero.ts';

const usual = useXero();
const other = useXero({
  limits: 'off',
  options: { 'journal-of-nothing': 'allow', 'journal-permission': 'lacking', 'au-none': 'refuse' },
});
beforeEach(async () => {
  for (const xero of [usual(), other()]) await xero.control.reset();
});

type More = Readonly<Record<string, unknown>>;
const journalOf = (lines: readonly More[], more: More = {}) => ({
  Narration: 'COGS-1',
  Date: '2026-03-02',
  JournalLines: lines,
  ...more,
});
const pair = [
  { LineAmount: 12.5, AccountCode: '310' },
  { LineAmount: -12.5, AccountCode: '631' },
];
const make = (lines: readonly More[], more: More = {}, xero: Xero = usual()) =>
  xero.call('PUT', '/ManualJournals', journalOf(lines, more));
const post = async (id: unknown, body: unknown) =>
  usual().call('POST', `/ManualJournals/${String(id)}`, body);
const told = (answer: Awaited<ReturnType<typeof make>>) => messagesOf(answer, 'ManualJournals');

describe('7.6 manual journals', () => {
  it('7.6 need a narration and two lines that come to nothing, debits above and credits below nought', async () => {
    expect((await make(pair)).status).toBe(200);
    expect(told(await make(pair, { Narration: ' ' }))).toEqual(['Narration must be specified']);
    expect(told(await make([{ LineAmount: 0, AccountCode: '310' }]))).toEqual([
      'A manual journal must have at least 2 lines with amounts',
    ]);
    const uneven = [
      { LineAmount: 100, AccountCode: '310' },
      { LineAmount: -10, AccountCode: '631' },
    ];
    expect(told(await make(uneven))).toEqual(['The total debits (100.00) must equal total credits (-10.00)']);
    await make(pair, { Status: 'POSTED' });
    const books = await readBooks(usual());
    expect([books.balance('310'), books.balance('631')]).toEqual([1_250, -1_250]);
  });

  it('7.6 are drafts without tax and count on a cash basis unless something else is sent', async () => {
    expect((await make(pair)).json('ManualJournals.0')).toMatchObject({
      Status: 'DRAFT',
      LineAmountTypes: 'NoTax',
      ShowOnCashBasisReports: true,
    });
    const sent = { Status: 'POSTED', LineAmountTypes: 'Exclusive', ShowOnCashBasisReports: false };
    expect(
      (
        await make(
          pair.map((line) => ({ ...line, TaxType: 'NONE' })),
          sent,
        )
      ).json('ManualJournals.0'),
    ).toMatchObject(sent);
  });

  it('7.6 go from DRAFT to POSTED or DELETED and from POSTED to VOIDED, and no further', async () => {
    const states = ['DRAFT', 'POSTED', 'DELETED', 'VOIDED'];
    const steps: Record<string, string[]> = {};
    for (const from of ['DRAFT', 'POSTED']) {
      for (const to of states) {
        const id = (await make(pair, { Status: from })).json('ManualJournals.0.ManualJournalID');
        if ((await post(id, { Status: to })).status !== 200) continue;
        steps[from] = [...(steps[from] ?? []), to];
        if (to === 'DELETED' || to === 'VOIDED')
          for (const state of states) expect((await post(id, { Status: state })).status).toBe(400);
      }
    }
    expect(steps).toEqual({ DRAFT: ['DRAFT', 'POSTED', 'DELETED'], POSTED: ['POSTED', 'VOIDED'] });
  });

  it('7.6 take two trackings a line', async () => {
    for (const [Name, Option] of [
      ['A', 'a'],
      ['B', 'b'],
    ]) {
      const id = (await usual().call('PUT', '/TrackingCategories', { Name })).json(
        'TrackingCategories.0.TrackingCategoryID',
      );
      await usual().call('PUT', `/TrackingCategories/${String(id)}/Options`, { Name: Option });
    }
    const [first, second] = pair;
    const Tracking = [
      { Name: 'A', Option: 'a' },
      { Name: 'B', Option: 'b' },
    ];
    const made = await make([{ ...first, Tracking }, { ...second }]);
    expect(made.json('ManualJournals.0.JournalLines.0.Tracking')).toMatchObject(Tracking);
    const three = await make([
      { ...first, Tracking: [...Tracking, { Name: 'A', Option: 'a' }] },
      { ...second },
    ]);
    expect(three.status).toBe(400);
  });

  it('7.6 of one line of nothing or of none are refused, by option taken', async () => {
    const answers = async (lines: readonly More[]) => {
      await other().control.setOptions({ 'journal-permission': 'granted' });
      return [(await make(lines)).status, (await make(lines, {}, other())).status];
    };
    expect(await answers([])).toEqual([400, 200]);
    expect(await answers([{ LineAmount: 0, AccountCode: '310' }])).toEqual([400, 200]);
    await other().control.setOptions({ 'journal-permission': 'lacking' });
  });

  it('7.6 of Australia rewrite NONE by the kind of account, by option refuse it', async () => {
    await other().control.setOptions({ 'journal-permission': 'granted' });
    const lines = (TaxType: string) => [
      { LineAmount: 5, AccountCode: '430', TaxType },
      { LineAmount: -5, AccountCode: '631', TaxType },
    ];
    const there = await openOrganisation(usual(), { region: 'AU', name: 'Rewriting journals' });
    const typesOf = async (type: string) => {
      const made = await make(lines(type), { LineAmountTypes: 'Exclusive' }, there);
      return [0, 1].map((index) => made.json(`ManualJournals.0.JournalLines.${index}.TaxType`));
    };
    expect(await typesOf('NONE')).toEqual(['EXEMPTEXPENSES', 'BASEXCLUDED']);
    expect(await typesOf('EXEMPTINPUT')).toEqual(['BASEXCLUDED', 'BASEXCLUDED']);
    const strict = await openOrganisation(other(), { region: 'AU', name: 'Strict journals' });
    expect(told(await make(lines('NONE'), { LineAmountTypes: 'Exclusive' }, strict))).toContain(
      'The TaxType code NONE does not exist or cannot be used for this type of transaction.',
    );
    await other().control.setOptions({ 'journal-permission': 'lacking' });
  });

  it('7.6 are closed to a person without the reports permission, by option', async () => {
    for (const [method, body] of [
      ['GET', undefined],
      ['PUT', journalOf(pair)],
    ] as const) {
      const refused = await other().call(method, '/ManualJournals', body);
      expect([refused.status, refused.json('Detail')]).toEqual([403, 'AuthenticationUnsuccessful']);
      expect((await usual().call(method, '/ManualJournals', body)).status).toBe(200);
    }
  });

  it('7.6 cannot post to inventory, debtors, creditors, retained earnings or a bank', async () => {
    const [first] = pair;
    for (const AccountCode of ['630', '610', '800', '960', '090'])
      expect((await make([{ ...first }, { LineAmount: -12.5, AccountCode }])).status, AccountCode).toBe(400);
  });

  it('7.6 drop the line of an unknown account with a warning', async () => {
    const made = await make([...pair, { LineAmount: 0, AccountCode: '476' }]);
    expect(made.json('ManualJournals.0.Warnings')).toEqual([
      { Message: "Account code '476' has been removed as it does not match a recognised account." },
    ]);
  });
});
