// The resource Reports: those an integration reads to check what landed.
import type { Resource, Visit } from '../call/visit.ts';
import { envelope, malformed, notFound, type Reply } from '../reply.ts';
import { agedReport } from './aged-report.ts';
import { bankSummaryReport } from './bank-summary-report.ts';
import { type ReportMade, reportView } from './report.ts';
import { trialBalanceReport } from './trial-balance-report.ts';

type Report = { readonly scope: string; readonly make: (visit: Visit) => ReportMade };

const made: ReadonlyMap<string, Report> = new Map([
  ['trialbalance', { scope: 'trialbalance', make: trialBalanceReport }],
  ['agedreceivablesbycontact', { scope: 'aged', make: agedReport(true) }],
  ['agedpayablesbycontact', { scope: 'aged', make: agedReport(false) }],
  ['banksummary', { scope: 'banksummary', make: bankSummaryReport }],
]);

export const reports: Resource = {
  scopes: ['accounting.reports'],
  list: (visit) => envelope(visit.nowMs, { Reports: [] }),
  one(visit, id): Reply {
    const report = made.get(id.toLowerCase());
    if (report === undefined) return notFound();
    const answer = report.make(visit);
    if (answer.kind === 'refused') return malformed(answer.message);
    return envelope(visit.nowMs, { Reports: [reportView(visit, answer.report)] });
  },
};

/** The scopes of a report: the broad one, and its own (XERO.md 1.3). */
export function reportScopes(name: string | undefined): readonly string[] {
  const scope = made.get((name ?? '').toLowerCase())?.scope;
  return scope === undefined ? ['accounting.reports'] : ['accounting.reports', `accounting.reports.${scope}`];
}
