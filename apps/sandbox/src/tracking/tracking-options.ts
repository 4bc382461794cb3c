// `/TrackingCategories/{id}/Options`: made, renamed, archived and deleted one by one (XERO.md 7.7).
import { randomUUID } from 'node:crypto';
import { writeBatch } from '../call/batch.ts';
import { change, openSession, type Part, type Session, type Written } from '../call/visit.ts';
import { fold } from '../contact/contact.ts';
import { readText, readWord, type Source } from '../fields.ts';
import { envelope, notFound, plainText } from '../reply.ts';
import { isUsed } from './tracking-categories.ts';
import type { TrackingCategory, TrackingOption } from './tracking-category.ts';

export const optionsPart: Part = (visit, method, id, rest) => {
  const category = visit.organisation.tracking.get(id.toLowerCase());
  if (category === undefined) return { reply: notFound(), changes: [] };
  const writes = (method === 'PUT' && rest.length === 0) || (method === 'POST' && rest.length === 1);
  if (writes) {
    const write = (session: Session, source: Source): Written =>
      writeOption(session, category.id, rest[0], source);
    const one = { create: 1, upsert: 1 };
    const writer = {
      envelope: 'Options',
      idField: 'TrackingOptionID',
      errorFlag: undefined,
      elementsMax: one,
      write,
    };
    return writeBatch(visit, writer, { kind: 'create' });
  }
  if (method === 'DELETE' && rest[0] !== undefined) {
    const session = openSession(visit);
    const reply = removeOption(session, category, rest[0].toLowerCase());
    return { reply, changes: session.changes };
  }
  return { reply: plainText(501, `${method} is not implemented for this address`), changes: [] };
};

function writeOption(
  session: Session,
  categoryId: string,
  optionId: string | undefined,
  source: Source,
): Written {
  const category = session.organisation.tracking.get(categoryId);
  const before = category?.options.find((option) => option.id === optionId?.toLowerCase());
  if (category === undefined || (optionId !== undefined && before === undefined)) return { kind: 'missing' };
  const option: TrackingOption = {
    id: before?.id ?? randomUUID(),
    name: readText(source, 'Name')?.trim() ?? before?.name ?? '',
    status:
      readWord(source, 'Status', ['ACTIVE', 'ARCHIVED'], 'TrackingOptionStatus') ??
      before?.status ??
      'ACTIVE',
  };
  const messages: string[] = [];
  if (option.name === '') messages.push('The tracking option name must be specified');
  if (option.name.length > 100)
    messages.push('The field Name must be a string with a maximum length of 100.');
  if (category.options.some((other) => other.id !== option.id && fold(other.name) === fold(option.name)))
    messages.push('The tracking option name must be unique within its category');
  if (messages.length > 0) return { kind: 'refused', id: before?.id ?? '', messages };
  const options =
    before === undefined
      ? [...category.options, option]
      : category.options.map((other) => (other.id === option.id ? option : other));
  save(session, { ...category, options });
  return { kind: 'saved', view: () => optionView(category, option, option.status), warnings: [] };
}

/** One that is used is archived instead. */
function removeOption(session: Session, category: TrackingCategory, id: string) {
  const option = category.options.find((one) => one.id === id);
  if (option === undefined) return notFound();
  const used = isUsed(session.organisation, id);
  const archived: TrackingOption = { ...option, status: 'ARCHIVED' };
  const options = used
    ? category.options.map((one) => (one.id === id ? archived : one))
    : category.options.filter((one) => one.id !== id);
  save(session, { ...category, options });
  const status = used ? 'ARCHIVED' : 'DELETED';
  return envelope(session.nowMs, { Options: [optionView(category, option, status)] });
}

function save(session: Session, category: TrackingCategory): void {
  change(session, { kind: 'tracking-category', record: { ...category, updatedMs: session.nowMs } });
}

function optionView(category: TrackingCategory, option: TrackingOption, status: string) {
  return {
    TrackingOptionID: option.id,
    Name: option.name,
    Status: status,
    TrackingCategoryID: category.id,
  };
}
