// One line of the journal: what was committed by one call.
import { z } from 'zod';
import { identityChange } from './identity/grant.ts';
import { windowRecord } from './limits.ts';
import { organisationChange } from './organisation-change.ts';
import { organisationRecord } from './organisation-record.ts';
import { replyRecord } from './replies.ts';
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

export type Entry = z.output<typeof entryRecord>;

/** A tab, which JSON text never holds as such, parts the entry from the body of its reply: escaping that would cost time. */
const tab = '\t';

export function toLine(entry: Entry): string {
  const { reply } = entry;
  if (reply === undefined || mayBreak(reply)) return JSON.stringify(entry);
  return `${JSON.stringify({ ...entry, reply: { ...reply, body: '' } })}${tab}${reply.body}`;
}

/** JSON text holds neither tabs nor line ends as such, so that only other replies need to be looked through. */
function mayBreak({ contentType, body }: { readonly contentType: string; readonly body: string }): boolean {
  return !contentType.startsWith('application/json') && /[\n\t]/.test(body);
}

/** Throws when the line is none of ours. */
export function parseLine(line: string): Entry {
  const at = line.indexOf(tab);
  if (at < 0) return entryRecord.parse(JSON.parse(line));
  const entry = entryRecord.parse(JSON.parse(line.slice(0, at)));
  return entry.reply === undefined
    ? entry
    : { ...entry, reply: { ...entry.reply, body: line.slice(at + 1) } };
}
