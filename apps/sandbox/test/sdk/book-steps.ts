// The walk over manual journals, the journals of the ledger and the reports.
import { expect } from 'vitest';
import { ManualJournal } from 'xero-node';
import { idOf, keep, refusalOf, type Walk } from './walk.ts';

const none = undefined;

export async function walkManualJournals(walk: Walk): Promise<void> {
  const { api, tenant } = walk;
  const journalLines = [
    { lineAmount: 50, accountCode: '631', description: 'Stock in' },
    { lineAmount: -50, accountCode: '330' },
  ];
  const journal = { narration: 'Count', date: '2026-03-06', journalLines };
  const made = (await api.createManualJournals(tenant, { manualJournals: [journal] }, false)).body;
  const id = keep(walk, 'journal', made.manualJournals?.[0]?.manualJournalID);
  const wish = { manualJournals: [{ ...journal, narration: 'Another' }] };
  expect((await api.updateOrCreateManualJournals(tenant, wish)).body.manualJournals).toHaveLength(1);
  const status = ManualJournal.StatusEnum.POSTED;
  const posted = await api.updateManualJournal(tenant, id, { manualJournals: [{ ...journal, status }] });
  expect(posted.body.manualJournals?.[0]).toMatchObject({ status: 'POSTED', narration: 'Count' });
  const read = (await api.getManualJournal(tenant, id)).body.manualJournals?.[0];
  expect(read?.journalLines).toMatchObject(journalLines);
  const listed = await api.getManualJournals(tenant, new Date(0), 'Status=="POSTED"', 'Date', 1, 10);
  expect(listed.body.manualJournals).toHaveLength(1);
  const uneven = { manualJournals: [{ ...journal, journalLines: journalLines.slice(0, 1) }] };
  expect((await refusalOf(api.createManualJournals(tenant, uneven))).status).toBe(400);
  expect((await refusalOf(api.getManualJournal(tenant, tenant))).status).toBe(404);
}

export async function walkJournals(walk: Walk): Promise<void> {
  const { api, tenant } = walk;
  const all = (await api.getJournals(tenant, none, 0)).body.journals ?? [];
  const [first] = all;
  expect(all.length).toBeGreaterThan(2);
  for (const { journalLines = [] } of all) {
    expect(journalLines.reduce((sum, { netAmount = 0 }) => sum + Math.round(netAmount * 100), 0)).toBe(0);
  }
  const byId = await api.getJournal(tenant, first?.journalID ?? '');
  expect(byId.body.journals?.[0]?.journalNumber).toBe(first?.journalNumber);
  const byNumber = await api.getJournalByNumber(tenant, first?.journalNumber ?? 0);
  expect(byNumber.body.journals?.[0]?.journalID).toBe(first?.journalID);
  expect((await refusalOf(api.getJournal(tenant, tenant))).status).toBe(404);
}

export async function walkReports(walk: Walk): Promise<void> {
  const { api, tenant } = walk;
  const contact = idOf(walk, 'contact');
  const [from, to] = ['2026-03-01', '2026-03-31'];
  const reports = [
    await api.getReportTrialBalance(tenant, to, false),
    await api.getReportAgedReceivablesByContact(tenant, contact, to, from, to),
    await api.getReportAgedPayablesByContact(tenant, contact, to, from, to),
    await api.getReportBankSummary(tenant, from, to),
  ];
  for (const { body } of reports) expect(body.reports?.[0]?.rows?.length).toBeGreaterThan(0);
  const refused = await refusalOf(api.getReportAgedReceivablesByContact(tenant, tenant));
  expect([400, 404]).toContain(refused.status);
}
