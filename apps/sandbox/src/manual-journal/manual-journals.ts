// The resource ManualJournals (XERO.md 7.6).
import type { Resource, Session } from '../call/visit.ts';
import { money } from '../json.ts';
import { option } from '../options.ts';
import type { Organisation } from '../organisation.ts';
import { date, type FieldTable, guid, text } from '../query/field.ts';
import { usualOptimised } from '../query/high-volume.ts';
import { recordResource } from '../query/record-resource.ts';
import { problem } from '../reply.ts';
import { trackingView } from '../tracking/line-tracking.ts';
import { dateMs, wireDate, wireInstant } from '../wire-date.ts';
import type { ManualJournal } from './manual-journal.ts';
import { writeJournal } from './manual-journal-write.ts';

const fields: FieldTable<ManualJournal> = {
  ManualJournalID: guid((journal) => journal.id),
  Narration: text((journal) => journal.narration),
  Status: text((journal) => journal.status),
  Date: date((journal) => dateMs(journal.date)),
  UpdatedDateUTC: date((journal) => journal.updatedMs),
};

export const manualJournals: Resource = {
  ...recordResource({
    envelope: 'ManualJournals',
    scopes: ['accounting.transactions', 'accounting.manualjournals'],
    fields,
    store: (organisation) => organisation.manualJournals,
    view: (visit, journal) => journalView(visit.organisation, journal),
    paging: 'asked',
    highVolume: usualOptimised('ManualJournalID'),
  }),
  writer: {
    envelope: 'ManualJournals',
    idField: 'ManualJournalID',
    errorFlag: undefined,
    write(session: Session, source, matching) {
      const written = writeJournal(session, source, matching);
      if (written.kind !== 'made') return written;
      const { journal, warnings } = written;
      return { kind: 'saved', view: () => journalView(session.organisation, journal), warnings };
    },
  },
  creates: true,
  refusal: (visit) =>
    option(visit, 'journal-permission') === 'lacking'
      ? problem(403, 'AuthenticationUnsuccessful')
      : undefined,
};

function journalView(organisation: Organisation, journal: ManualJournal): Readonly<Record<string, unknown>> {
  return {
    ManualJournalID: journal.id,
    Date: wireDate(journal.date),
    Status: journal.status,
    LineAmountTypes: journal.mode,
    Narration: journal.narration,
    Url: journal.url === '' ? undefined : journal.url,
    ShowOnCashBasisReports: journal.onCashBasis,
    HasAttachments: organisation.attachments.find('parent', journal.id) !== undefined,
    UpdatedDateUTC: wireInstant(journal.updatedMs),
    JournalLines: journal.lines.map((line) => ({
      LineAmount: money(line.amount),
      TaxAmount: money(line.tax),
      TaxType: line.taxType,
      AccountCode: line.account,
      AccountID: organisation.accounts.find('code', line.account.toLowerCase())?.id,
      Description: line.description === '' ? undefined : line.description,
      Tracking: trackingView(organisation, line.tracking),
      IsBlank: false,
    })),
  };
}
