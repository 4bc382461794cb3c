// One line of the journal: what was committed by one call.
import { z } from 'zod';
import { changeText } from './change-text.ts';
import { identityChange } from './identity/grant.ts';
import type { Line, Place } from './journal.ts';
import { JsonWriter } from './json-writer.ts';
import { windowRecord } from './limits.ts';
import { type OrganisationChange, organisationChange } from './organisation-change.ts';
import { organisationRecord } from './organisation-record.ts';
import { type RememberedReply, replyRecord } from './replies.ts';
import { webhookChange } from './webhook/subscription.ts';

/** What an entry does not concern is absent. */
const entryRecord = z.object({
  atMs: z.number(),
  organisation: organisationRecord.optional(),
  identity: z.array(identityChange).optional(),
  tenant: z.string().optional(),
  changes: z.array(organisationChange).optional(),
  reply: replyRecord.optional(),
  call: z.object({ name: z.string(), status: z.number(), times: z.number().optional() }).optional(),
  window: windowRecord.optional(),
  webhook: z.array(webhookChange).optional(),
  reset: z.literal(true).optional(),
  /** Lines of a snapshot that take the place of everything; one entry, so that a kill leaves all of it or nothing. */
  restore: z.array(z.string()).optional(),
});

/** The body of its reply may be bytes, or stand somewhere in the journal. */
export type Entry = Omit<z.output<typeof entryRecord>, 'reply'> & {
  readonly reply?: RememberedReply | undefined;
};

const writer = new JsonWriter();

/**
 * The line of an entry, whose bytes stay until the next is made. A body of bytes becomes its tail: as a text within the
 * entry it would be escaped and encoded once more.
 */
export function toLine(entry: Entry): Line {
  writer.cut(0);
  const { changes, reply, ...rest } = entry;
  const tail = tailOf(reply?.body);
  const told = reply && { ...reply, body: tail === undefined ? textOf(reply.body) : '' };
  writer.text(JSON.stringify({ ...rest, reply: told }).slice(0, -1));
  if (changes !== undefined) writeChanges(changes);
  writer.text('}');
  if (tail === undefined) {
    writer.text('\n');
    return { bytes: writer.view(0) };
  }
  writer.text('\t');
  const at = writer.begin();
  writer.bytes(tail);
  writer.text('\n');
  return { bytes: writer.view(0), tail: { at, length: tail.length } };
}

function tailOf(body: RememberedReply['body'] | undefined): Buffer | undefined {
  return Buffer.isBuffer(body) && !body.includes('\t') && !body.includes('\n') ? body : undefined;
}

function textOf(body: RememberedReply['body']): unknown {
  return Buffer.isBuffer(body) ? body.toString() : body;
}

/** An entry has an instant at least, so that other members stand before them. */
function writeChanges(changes: readonly OrganisationChange[]): void {
  let start = ',"changes":[';
  for (const change of changes) {
    writer.text(start + changeText(change));
    start = ',';
  }
  writer.text(changes.length === 0 ? ',"changes":[]' : ']');
}

/** A line as one text without its end, as snapshots hold it. */
export function toText(entry: Entry): string {
  const { bytes } = toLine(entry);
  return bytes.toString('utf8', 0, bytes.length - 1);
}

/** `tail`: the place of the line's tail, if it has one. Throws when the line is none of ours. */
export function parseEntry(text: string, tail: Place | undefined): Entry {
  return withBody(entryRecord.parse(JSON.parse(text)), tail);
}

/** Throws when the line is none of ours. */
export function parseText(line: string): Entry {
  const at = line.indexOf('\t');
  if (at < 0) return parseEntry(line, undefined);
  return withBody(entryRecord.parse(JSON.parse(line.slice(0, at))), Buffer.from(line.slice(at + 1)));
}

function withBody(entry: Entry, body: RememberedReply['body'] | undefined): Entry {
  return entry.reply === undefined || body === undefined
    ? entry
    : { ...entry, reply: { ...entry.reply, body } };
}
