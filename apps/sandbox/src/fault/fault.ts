// What can be made to go wrong, for which calls and how often.
import { z } from 'zod';

export const faultKinds = [
  '429-minute',
  '429-day',
  '429-concurrent',
  '429-app',
  '400',
  '500',
  '500-keys',
  '502',
  '502-html',
  '503',
  '503-html',
  '503-organisation',
  '504',
  '504-html',
  '200-html',
  'timeout',
  'reset',
  'truncated',
  'empty',
  'left-out',
  'trickle',
  'token-expired',
  'refresh-revoked',
  'disconnected',
  'bad-elements',
] as const;

export const faultRecord = z.strictObject({
  kind: z.enum(faultKinds),
  /** Any where absent. */
  method: z.string().toUpperCase().optional(),
  /** A beginning below /api.xro/2.0 such as `/Invoices`, or of `/connect/token` or `/connections`; absent: any Accounting call. */
  path: z.string().startsWith('/').optional(),
  /** How many calls it meets; 1 where neither this nor `share` is given, all where only `share` is. */
  times: z.number().int().positive().optional(),
  /** The part of the matching calls it meets, drawn from `seed`. */
  share: z.number().min(0).max(1).optional(),
  seed: z.number().int().default(1),
  /** How many matching calls pass first. */
  skip: z.number().int().min(0).default(0),
  /** Whether the work is left undone or is done and committed first. */
  when: z.enum(['before', 'after']).optional(),
  /** `reset`, `truncated`: how much of the reply is sent; `trickle`: how much at a time. */
  bytes: z.number().int().min(0).optional(),
  /** Simulated: `timeout`: how long the connection is held; `trickle`: the pause between two pieces. */
  delayMs: z.number().min(0).optional(),
  /** The `Retry-After` of a 429 or 503 in place of its own. */
  retryAfterS: z.number().int().min(0).optional(),
  /** `left-out`: an id, number, code or name of each record that the answer lacks; all that it holds where absent. */
  records: z.array(z.string().min(1)).readonly().optional(),
  /** `bad-elements`: their positions from 0; a negative one counts from the end. */
  elements: z.array(z.number().int()).readonly().optional(),
  /** `400`, `bad-elements`: the message. */
  message: z.string().optional(),
});

export type FaultWanted = z.input<typeof faultRecord>;
export type Fault = z.infer<typeof faultRecord>;
export type FaultKind = Fault['kind'];

/** Kinds that leave a call no time to be worked on unless they are asked to come after it. */
export function isBefore(fault: Fault): boolean {
  return (fault.when ?? (comesAfter.has(fault.kind) ? 'after' : 'before')) === 'before';
}

const comesAfter: ReadonlySet<FaultKind> = new Set(['reset', 'truncated', 'empty', 'left-out', 'trickle']);
