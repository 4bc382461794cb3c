// An employee as the sandbox keeps one.
import { z } from 'zod';

export const employeeRecord = z.object({
  id: z.string(),
  status: z.enum(['ACTIVE', 'ARCHIVED', 'DELETED']),
  firstName: z.string(),
  lastName: z.string(),
  link: z.string(),
  updatedMs: z.number(),
});

export type Employee = z.output<typeof employeeRecord>;
