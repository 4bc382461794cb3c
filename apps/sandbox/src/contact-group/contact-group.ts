// A group of contacts as the sandbox keeps it.
import { z } from 'zod';

export const contactGroupRecord = z.object({
  id: z.string(),
  name: z.string(),
  status: z.enum(['ACTIVE', 'DELETED']),
  /** The ids of its contacts. */
  contacts: z.array(z.string()),
  updatedMs: z.number(),
});

export type ContactGroup = z.output<typeof contactGroupRecord>;
