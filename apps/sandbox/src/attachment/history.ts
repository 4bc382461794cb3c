// `/{Endpoint}/{id}/History`: the notes on a record (XERO.md 8).
import { randomUUID } from 'node:crypto';
import { writeBatch } from '../call/batch.ts';
import { change, type Part, type Session, type Written } from '../call/visit.ts';
import { readText, type Source } from '../fields.ts';
import { option } from '../options.ts';
import { envelope, plainText, validationException } from '../reply.ts';
import { wireInstant } from '../wire-date.ts';
import type { HistoryRecord } from './attachment.ts';
import type { Parent } from './parent.ts';

const unknown = 'The document with the supplied id was not found for this endpoint.';
const charactersMax = 2_500;

/** The part `History` of the records of a kind. */
export function historyPart(parent: Parent): Part {
  return (visit, method, id) => {
    const record = parent.find(visit.organisation, id);
    if (record === undefined) {
      const reply = validationException([{ ValidationErrors: [{ Message: unknown }] }]);
      const status = Number(option(visit, 'history-missing'));
      return { reply: { ...reply, status }, changes: [] };
    }
    if (method === 'GET') {
      const notes = visit.organisation.history.findAll('parent', record.id);
      return { reply: envelope(visit.nowMs, { HistoryRecords: notes.map(historyView) }), changes: [] };
    }
    if (method === 'PUT') {
      const write = (session: Session, source: Source): Written => writeNote(session, record.id, source);
      const writer = { envelope: 'HistoryRecords', idField: 'Details', errorFlag: undefined, write };
      return writeBatch(visit, writer, { kind: 'create' });
    }
    return { reply: plainText(501, `${method} is not implemented for this address`), changes: [] };
  };
}

function writeNote(session: Session, parent: string, source: Source): Written {
  const details = readText(source, 'Details') ?? '';
  const messages: string[] = [];
  if (details.trim() === '') messages.push('Details must be specified');
  if (details.length > charactersMax)
    messages.push(`The field Details must be a string with a maximum length of ${charactersMax}.`);
  if (messages.length > 0) return { kind: 'refused', id: '', messages };
  const note: HistoryRecord = {
    id: randomUUID(),
    parent,
    changes: 'Note',
    user: 'System Generated',
    details,
    updatedMs: session.nowMs,
  };
  change(session, { kind: 'history', record: note });
  return { kind: 'saved', view: () => historyView(note), warnings: [] };
}

function historyView(note: HistoryRecord): Readonly<Record<string, unknown>> {
  return {
    Changes: note.changes,
    DateUTC: wireInstant(note.updatedMs),
    DateUTCString: new Date(note.updatedMs).toISOString().slice(0, 19),
    User: note.user,
    Details: note.details,
  };
}
