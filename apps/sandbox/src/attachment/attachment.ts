// A file that hangs on a record, and a note in a record's history, as the sandbox keeps them.
import { z } from 'zod';
import type { Store } from '../store.ts';

export const attachmentRecord = z.object({
  id: z.string(),
  /** The id of the record it hangs on. */
  parent: z.string(),
  name: z.string(),
  mediaType: z.string(),
  includeOnline: z.boolean(),
  /** The bytes in base64. */
  content: z.string(),
  length: z.number(),
  updatedMs: z.number(),
});

export const historyRecord = z.object({
  id: z.string(),
  parent: z.string(),
  changes: z.string(),
  user: z.string(),
  details: z.string(),
  updatedMs: z.number(),
});

export type Attachment = z.output<typeof attachmentRecord>;
export type HistoryRecord = z.output<typeof historyRecord>;

/** Whether files hang on the record of this id. */
export function hasFiles(organisation: { readonly attachments: Store<Attachment> }, id: string): boolean {
  return organisation.attachments.size > 0 && organisation.attachments.find('parent', id) !== undefined;
}
