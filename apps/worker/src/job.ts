// A job of the alarm clock: defined where it is named, implemented where its work is, rung by Agenda.
import type { Logger } from 'pino';
import type { z } from 'zod';

export interface JobDefinition<Data> {
  name: string;
  /** How often: '1 minute', or a cron line. */
  every: string;
  /** For a cron line. */
  timeZone?: string;
  /** A worker killed while it rings blocks the job for so long: over its longest run, under its patience. */
  lockLifetimeMs: number;
  data: z.ZodType<Data>;
  /** What the alarm is set with. */
  given: Data;
}

/** What a job is told beside its data. */
export interface Ring<Context> {
  context: Context;
  /** When Agenda began this ring. */
  at: Date;
  log: Logger;
}

export interface Job<Context> extends Omit<JobDefinition<unknown>, 'data'> {
  /** Parses the data and does the work. Bad data is logged and rings nothing; it stops no other job. */
  ring(ring: Ring<Context>, data: unknown): Promise<void>;
}

/** Keeps the data's type while a job is described. */
export function defineJob<Data>(definition: JobDefinition<Data>): JobDefinition<Data> {
  return definition;
}

/** The work only inserts or deletes rows and returns: whatever takes longer is a run or a load, and those are rows. */
export function implementJob<Context, Data>(
  { data: shape, ...definition }: JobDefinition<Data>,
  work: (ring: Ring<Context>, data: Data) => Promise<void>,
): Job<Context> {
  return {
    ...definition,
    async ring(ring, data) {
      const log = ring.log.child({ job: definition.name });
      const parsed = shape.safeParse(data);
      if (!parsed.success) {
        log.error({ data, issues: parsed.error.issues }, 'The data of this job cannot be read');
        return;
      }
      await work({ ...ring, log }, parsed.data);
    },
  };
}
