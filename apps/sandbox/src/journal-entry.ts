// One line of the journal: what was committed by one call.
import { z } from 'zod';
import { identityChange } from './identity/grant.ts';
import type { Line, Place } from './journal.ts';
import { windowRecord } from './limits.ts';
import { organisationChange } from './organisation-change.ts';
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

/** A body of bytes becomes the tail of the line: as a text within the entry it would be escaped and encoded once more. */
export function toLine(entry: Entry): Line {
  const { reply } = entry;
  if (reply === undefined || !Buffer.isBuffer(reply.body)) return { text: JSON.stringify(entry) };
  const { body } = reply;
  if (body.includes('\t') || body.includes('\n'))
    return { text: JSON.stringify({ ...entry, reply: { ...reply, body: body.toString() } }) };
  return { text: JSON.stringify({ ...entry, reply: { ...reply, body: '' } }), tail: body };
}

/** A line as one text, as snapshots hold it. */
export function toText(entry: Entry): string {
  const { text, tail } = toLine(entry);
  return tail === undefined ? text : `${text}\t${tail}`;
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
