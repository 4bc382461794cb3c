// The resource Journals: every entry of the books with its lines, a hundred from an offset (XERO.md 5).
import { createHash } from 'node:crypto';
import type { Resource, Visit } from '../call/visit.ts';
import { money } from '../json.ts';
import { type BookEntry, bookEntries } from '../ledger/entries.ts';
import type { Organisation } from '../organisation.ts';
import { envelope, notFound, plainText } from '../reply.ts';
import { parseInstant, wireDate, wireInstant } from '../wire-date.ts';

const journalsMax = 100;

type Numbered = { readonly number: number; readonly id: string; readonly entry: BookEntry };

export const journals: Resource = {
  scopes: ['accounting.journals'],
  list(visit) {
    const since = visit.ifModifiedSince === undefined ? undefined : parseInstant(visit.ifModifiedSince);
    if (visit.ifModifiedSince !== undefined && since === undefined)
      return plainText(412, 'The If-Modified-Since header is not a valid date');
    const offset = Number(/^\d{1,9}$/.exec(visit.query.get('offset') ?? '')?.[0] ?? 0);
    const found = numbered(visit.organisation)
      .filter(({ number, entry }) => number > offset && (since === undefined || entry.createdMs > since))
      .slice(0, journalsMax);
    return envelope(visit.nowMs, { Journals: found.map((one) => journalView(visit, one)) });
  },
  one(visit, id) {
    const found = numbered(visit.organisation).find((one) => one.id === id || String(one.number) === id);
    return found === undefined
      ? notFound()
      : envelope(visit.nowMs, { Journals: [journalView(visit, found)] });
  },
};

/** Numbers follow the order in which what stands in the books last changed. */
function numbered(organisation: Organisation): Numbered[] {
  const entries = [...bookEntries(organisation)].sort((a, b) => a.createdMs - b.createdMs);
  return entries.map((entry, index) => ({ number: index + 1, id: idOf(entry.source), entry }));
}

/** A journal has an id of its own that is always the same for its source. */
function idOf(source: string): string {
  const hex = createHash('sha256').update(`journal ${source}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function journalView(visit: Visit, { number, id, entry }: Numbered): Readonly<Record<string, unknown>> {
  const { accounts, taxRates } = visit.organisation;
  return {
    JournalID: id,
    JournalDate: wireDate(entry.date),
    JournalNumber: number,
    CreatedDateUTC: wireInstant(entry.createdMs),
    Reference: entry.reference,
    SourceID: entry.source,
    SourceType: entry.sourceType,
    JournalLines: entry.postings.map((posting, index) => {
      const account = accounts.get(posting.account);
      return {
        JournalLineID: idOf(`${entry.source} ${index}`),
        AccountID: posting.account,
        AccountCode: account?.code,
        AccountType: account?.type,
        AccountName: account?.name,
        Description: posting.description,
        NetAmount: money(posting.amount),
        GrossAmount: money(posting.amount),
        TaxAmount: money(0),
        TaxType: posting.taxType === '' ? undefined : posting.taxType,
        TaxName: taxRates.get(posting.taxType)?.name,
        TrackingCategories: [],
      };
    }),
  };
}
