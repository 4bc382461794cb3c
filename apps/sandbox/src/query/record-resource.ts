// The reading half of a resource whose records stand in one store: list with where, order and pages, and one by its id.
import type { Resource, Visit } from '../call/visit.ts';
import type { Organisation } from '../organisation.ts';
import { envelope, notFound } from '../reply.ts';
import type { Store, Stored } from '../store.ts';
import type { FieldTable } from './field.ts';
import type { HighVolume } from './high-volume.ts';
import { isSent, select } from './selection.ts';

export type RecordKind<T extends Stored> = {
  /** The member that holds the records, such as `ManualJournals`; the record's own name is without the last letter. */
  readonly envelope: string;
  readonly scopes: readonly string[];
  readonly fields: FieldTable<T>;
  readonly store: (organisation: Organisation) => Store<T>;
  readonly view: (visit: Visit, record: T) => unknown;
  readonly paging: 'asked' | 'never';
  /** By default every record is listed. */
  readonly isListed?: (visit: Visit, record: T) => boolean;
  readonly highVolume?: HighVolume;
  readonly find?: (organisation: Organisation, id: string) => T | undefined;
};

export function recordResource<T extends Stored>(
  kind: RecordKind<T>,
): Pick<Resource, 'scopes' | 'list' | 'one'> {
  const { isListed, find = (organisation, id) => kind.store(organisation).get(id.toLowerCase()) } = kind;
  return {
    scopes: kind.scopes,
    list(visit) {
      const selection = select(visit, {
        resource: kind.envelope.replace(/ies$/, 'y').replace(/s$/, ''),
        fields: kind.fields,
        records: kind.store(visit.organisation).ordered(),
        tests: isListed === undefined ? [] : [(record: T) => isListed(visit, record)],
        highVolume: kind.highVolume,
        isPaged: kind.paging === 'asked' && isSent(visit.query, ['page', 'pageSize']),
      });
      if (selection.kind === 'refused') return selection.reply;
      const views = selection.records.map((record) => kind.view(visit, record));
      return envelope(visit.nowMs, { pagination: selection.page, [kind.envelope]: views });
    },
    one(visit, id) {
      const record = find(visit.organisation, id);
      if (record === undefined) return notFound();
      return envelope(visit.nowMs, { [kind.envelope]: [kind.view(visit, record)] });
    },
  };
}
