// Files on records: `/{Endpoint}/{id}/Attachments` (XERO.md 8).
import { randomUUID } from 'node:crypto';
import { change, type Done, openSession, type Part, type Visit } from '../call/visit.ts';
import { isGuid } from '../fields.ts';
import { option } from '../options.ts';
import { envelope, notFound, plainText, type Reply, validationException } from '../reply.ts';
import type { Attachment } from './attachment.ts';
import { isListed, isProgram, typeOf } from './media-type.ts';
import type { Parent } from './parent.ts';

const filesMax = 10;
const journalBytesMax = 3 * 1024 * 1024;
const bytesMax = 10 * 1024 * 1024;

/** The part `Attachments` of the records of a kind. */
export function attachmentsPart(parent: Parent): Part {
  return (visit, method, id, rest) => {
    const record = parent.find(visit.organisation, id);
    if (record === undefined) return { reply: notFound(), changes: [] };
    const files = visit.organisation.attachments.findAll('parent', record.id);
    const [name] = rest;
    if (method === 'GET' && name === undefined)
      return { reply: listReply(visit, { parent, record, method }, files), changes: [] };
    if (method === 'GET' && name !== undefined) return { reply: fileReply(files, name), changes: [] };
    if ((method === 'PUT' || method === 'POST') && name !== undefined)
      return save(visit, { parent, record, method }, files, name);
    return { reply: plainText(501, `${method} is not implemented for this address`), changes: [] };
  };
}

/** The record an attachment hangs on, and how the call came. */
type Place = {
  readonly parent: Parent;
  readonly record: { readonly id: string; readonly type?: string };
  readonly method: string;
};

function listReply(visit: Visit, place: Place, files: readonly Attachment[]): Reply {
  return envelope(visit.nowMs, { Attachments: files.map((file) => attachmentView(place, file)) });
}

/** The bytes, by the file's id or name. */
function fileReply(files: readonly Attachment[], name: string): Reply {
  const file = files.find((one) => (isGuid(name) ? one.id === name.toLowerCase() : one.name === name));
  if (file === undefined) return notFound();
  return {
    status: 200,
    body: Buffer.from(file.content, 'base64'),
    contentType: file.mediaType,
  };
}

/** A file of a name there is takes its place. */
function save(visit: Visit, place: Place, files: readonly Attachment[], name: string): Done {
  const { parent, record, method } = place;
  const before = files.find((one) => one.name === name);
  const messages = faultsOf(visit, parent, name);
  if (before === undefined && files.length >= filesMax)
    messages.push(`A document can have no more than ${filesMax} attachments`);
  if (messages.length > 0) {
    const element = { FileName: name, ValidationErrors: messages.map((Message) => ({ Message })) };
    return { reply: validationException([element]), changes: [] };
  }
  const session = openSession(visit);
  // Only PUT has the parameter.
  const online =
    method === 'PUT'
      ? visit.query.get('IncludeOnline')?.toLowerCase() === 'true'
      : (before?.includeOnline ?? false);
  const file: Attachment = {
    id: before?.id ?? randomUUID(),
    parent: record.id,
    name,
    mediaType: visit.mediaType === '' ? typeOf(name) : visit.mediaType,
    includeOnline: hasOnline(place) && online,
    content: Buffer.from(visit.bytes).toString('base64'),
    length: visit.bytes.length,
    updatedMs: visit.nowMs,
  };
  change(session, { kind: 'attachment', record: file });
  const reply = envelope(visit.nowMs, { Attachments: [attachmentView(place, file)] });
  return { reply, changes: session.changes };
}

function faultsOf(visit: Visit, parent: Parent, name: string): string[] {
  const messages: string[] = [];
  if (/[<>:"/\\|?*+\0]/.test(name)) messages.push('The file name contains characters that are not allowed');
  if (option(visit, 'file-types') === 'listed' ? !isListed(name) : isProgram(name))
    messages.push('Files of this type cannot be attached');
  if (visit.bytes.length === 0) messages.push('The attachment is empty');
  const limit = parent.endpoint === 'ManualJournals' ? journalBytesMax : bytesMax;
  if (visit.bytes.length > limit) messages.push(`The attachment is larger than ${limit / 1024 / 1024} MB`);
  return messages;
}

/** Customers can be shown files of sales invoices and of customers' credit notes only. */
function hasOnline({ parent, record }: Place): boolean {
  return parent.hasOnline && record.type?.startsWith('ACCREC') === true;
}

function attachmentView(place: Place, file: Attachment): Readonly<Record<string, unknown>> {
  const { parent } = place;
  const path = `${parent.endpoint}/${file.parent}/Attachments/${encodeURIComponent(file.name)}`;
  return {
    AttachmentID: file.id,
    FileName: file.name,
    Url: `https://api.xero.com/api.xro/2.0/${path}`,
    MimeType: file.mediaType,
    ContentLength: file.length,
    IncludeOnline: hasOnline(place) ? file.includeOnline : undefined,
  };
}
