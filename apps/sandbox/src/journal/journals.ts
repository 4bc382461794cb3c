// The resource Journals: everything ever posted, by number, a hundred from an offset (XERO.md 5).
import { createHash } from 'node:crypto';
import type { Resource, Visit } from '../call/visit.ts';
import { money } from '../json.ts';
import type { Posting } from '../ledger/postings.ts';
import { envelope, notFound, plainText } from '../reply.ts';
import { trackingView } from '../tracking/line-tracking.ts';
import { parseInstant, wireDate, wireInstant } from '../wire-date.ts';
import { isCashBasis, journalAt, type NumberedJournal } from './numbered-journal.ts';

const journalsMax = 100;

export const journals: Resource = {
  scopes: ['accounting.journals'],
  list(visit) {
    const since = visit.ifModifiedSince === undefined ? undefined : parseInstant(visit.ifModifiedSince);
    if (visit.ifModifiedSince !== undefined && since === undefined)
      return plainText(412, 'The If-Modified-Since header is not a valid date');
    const offset = Number(/^\d{1,9}$/.exec(visit.query.get('offset') ?? '')?.[0] ?? 0);
    const cashOnly = visit.query.get('paymentsOnly')?.toLowerCase() === 'true';
    const { booked } = visit.organisation.journalBook;
    const found: NumberedJournal[] = [];
    for (let number = offset + 1; number <= booked.length && found.length < journalsMax; number += 1) {
      const one = booked[number - 1];
      if (one === undefined || (since !== undefined && one.createdMs <= since)) continue;
      if (!cashOnly || isCashBasis(visit.organisation, one))
        found.push(journalAt(visit.organisation, number));
    }
    return envelope(visit.nowMs, { Journals: found.map((one) => journalView(visit, one)) });
  },
  one(visit, id) {
    const { booked } = visit.organisation.journalBook;
    const numbered = /^\d{1,9}$/.test(id)
      ? Number(id)
      : booked.findIndex((one, index) => idOf(one.source, index + 1) === id.toLowerCase()) + 1;
    if (numbered < 1 || numbered > booked.length) return notFound();
    return envelope(visit.nowMs, { Journals: [journalView(visit, journalAt(visit.organisation, numbered))] });
  },
};

/** A journal has an id of its own that is always the same for its source and number. */
function idOf(source: string, number: number, line = ''): string {
  const hex = createHash('sha256').update(`journal ${source} ${number}${line}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function journalView(visit: Visit, { number, entry }: NumberedJournal): Readonly<Record<string, unknown>> {
  return {
    JournalID: idOf(entry.source, number),
    JournalDate: wireDate(entry.date),
    JournalNumber: number,
    CreatedDateUTC: wireInstant(entry.createdMs),
    Reference: entry.reference,
    SourceID: entry.source,
    SourceType: entry.sourceType,
    JournalLines: entry.postings.map((posting, index) => ({
      JournalLineID: idOf(entry.source, number, ` ${index}`),
      ...lineView(visit, posting),
    })),
  };
}

/** GrossAmount is the line with its tax, which has a line of its own as well, so that the NetAmounts come to 0. */
function lineView({ organisation }: Visit, posting: Posting): Readonly<Record<string, unknown>> {
  const account = organisation.accounts.get(posting.account);
  return {
    AccountID: posting.account,
    AccountCode: account?.code,
    AccountType: account?.type,
    AccountName: account?.name,
    Description: posting.description,
    NetAmount: money(posting.amount),
    GrossAmount: money(posting.amount + posting.tax),
    TaxAmount: money(posting.tax),
    TaxType: posting.taxType === '' ? undefined : posting.taxType,
    TaxName: organisation.taxRates.get(posting.taxType)?.name,
    TrackingCategories: trackingView(organisation, posting.tracking),
  };
}
