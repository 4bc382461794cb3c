// A tracking category and its options as the sandbox keeps them.
import { z } from 'zod';

const status = z.enum(['ACTIVE', 'ARCHIVED']);

export const trackingCategoryRecord = z.object({
  id: z.string(),
  name: z.string(),
  status,
  options: z.array(z.object({ id: z.string(), name: z.string(), status })),
  updatedMs: z.number(),
});

export type TrackingCategory = z.output<typeof trackingCategoryRecord>;
export type TrackingOption = TrackingCategory['options'][number];
