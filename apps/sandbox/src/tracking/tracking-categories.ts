// The resource TrackingCategories with its options: two active, four in all (XERO.md 7.7).
import { randomUUID } from 'node:crypto';
import { change, type Matching, type Resource, type Session, type Written } from '../call/visit.ts';
import { fold } from '../contact/contact.ts';
import { readText, readWord, type Source } from '../fields.ts';
import type { Organisation } from '../organisation.ts';
import { documentKinds, documentsOf } from '../organisation-change.ts';
import { type FieldTable, guid, text } from '../query/field.ts';
import { recordResource } from '../query/record-resource.ts';
import { envelope, notFound } from '../reply.ts';
import type { TrackingCategory } from './tracking-category.ts';
import { optionsPart } from './tracking-options.ts';

const fields: FieldTable<TrackingCategory> = {
  TrackingCategoryID: guid((category) => category.id),
  Name: text((category) => category.name),
  Status: text((category) => category.status),
};

export const trackingCategories: Resource = {
  ...recordResource({
    envelope: 'TrackingCategories',
    scopes: ['accounting.settings'],
    fields,
    store: (organisation) => organisation.tracking,
    view: (_visit, category) => categoryView(category),
    paging: 'never',
    isListed: (visit, category) =>
      category.status === 'ACTIVE' || visit.query.get('includeArchived')?.toLowerCase() === 'true',
  }),
  writer: {
    envelope: 'TrackingCategories',
    idField: 'TrackingCategoryID',
    errorFlag: undefined,
    elementsMax: { create: 1, upsert: 1 },
    write: writeCategory,
  },
  creates: 'put',
  remove: removeCategory,
  parts: new Map([['options', optionsPart]]),
};

function writeCategory(session: Session, source: Source, matching: Matching): Written {
  const before =
    matching.kind === 'id' ? session.organisation.tracking.get(matching.id.toLowerCase()) : undefined;
  if (matching.kind === 'id' && before === undefined) return { kind: 'missing' };
  const category: TrackingCategory = {
    id: before?.id ?? randomUUID(),
    name: readText(source, 'Name')?.trim() ?? before?.name ?? '',
    status:
      readWord(source, 'Status', ['ACTIVE', 'ARCHIVED'], 'TrackingCategoryStatus') ??
      before?.status ??
      'ACTIVE',
    options: before?.options ?? [],
    updatedMs: session.nowMs,
  };
  const messages = faultsOf(session.organisation, category);
  if (messages.length > 0) return { kind: 'refused', id: before?.id ?? '', messages };
  change(session, { kind: 'tracking-category', record: category });
  return { kind: 'saved', view: () => categoryView(category), warnings: [] };
}

/** Xero's words for these are not known; these are the sandbox's own. */
function faultsOf(organisation: Organisation, category: TrackingCategory): string[] {
  const messages: string[] = [];
  if (category.name === '') messages.push('The tracking category name must be specified');
  if (category.name.length > 100)
    messages.push('The field Name must be a string with a maximum length of 100.');
  const others = organisation.tracking.ordered().filter((other) => other.id !== category.id);
  if (others.some((other) => fold(other.name) === fold(category.name)))
    messages.push('The tracking category name must be unique');
  if (category.status === 'ACTIVE' && others.filter((other) => other.status === 'ACTIVE').length > 1)
    messages.push('No more than 2 tracking categories can be active');
  if (others.length > 3) messages.push('No more than 4 tracking categories are allowed');
  return messages;
}

/** One that is used is archived instead. */
function removeCategory(session: Session, id: string) {
  const category = session.organisation.tracking.get(id.toLowerCase());
  if (category === undefined) return notFound();
  if (isUsed(session.organisation, category.id)) {
    const archived: TrackingCategory = { ...category, status: 'ARCHIVED', updatedMs: session.nowMs };
    change(session, { kind: 'tracking-category', record: archived });
    return envelope(session.nowMs, { TrackingCategories: [categoryView(archived)] });
  }
  change(session, { kind: 'tracking-gone', id: category.id });
  return envelope(session.nowMs, { TrackingCategories: [{ ...categoryView(category), Status: 'DELETED' }] });
}

/** Whether any line names the category or the option of this id. */
export function isUsed(organisation: Organisation, id: string): boolean {
  const names = (tracking: readonly { category: string; option: string }[] | undefined): boolean =>
    tracking?.some((one) => one.category === id || one.option === id) === true;
  return (
    documentKinds.some((kind) =>
      documentsOf(organisation, kind)
        .ordered()
        .some((document) => document.lines.some((line) => names(line.tracking))),
    ) ||
    organisation.manualJournals
      .ordered()
      .some((journal) => journal.lines.some((line) => names(line.tracking)))
  );
}

function categoryView(category: TrackingCategory): Readonly<Record<string, unknown>> {
  return {
    Name: category.name,
    Status: category.status,
    TrackingCategoryID: category.id,
    Options: category.options.map((option) => ({
      TrackingOptionID: option.id,
      Name: option.name,
      Status: option.status,
      HasValidationErrors: false,
      IsDeleted: false,
      IsArchived: option.status === 'ARCHIVED',
      IsActive: option.status === 'ACTIVE',
    })),
  };
}
