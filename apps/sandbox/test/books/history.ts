// What the journal of a sandbox tells of its records: every state they passed through, and every quantity of stock.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const document = z.object({
  id: z.string(),
  status: z.string(),
  total: z.number(),
  paid: z.number().default(0),
  credited: z.number().default(0),
});
const entry = z.object({
  changes: z.array(z.object({ kind: z.string(), record: z.unknown().optional() })).default([]),
  reset: z.boolean().optional(),
});
const stated = z.object({ id: z.string(), status: z.string() });
const stocked = z.object({
  code: z.string(),
  quantity: z.number().default(0),
  value: z.number().default(0),
});

/** XERO.md 7.2 to 7.6: from a state to those it may be followed by, '' before the record was made. */
const booked = {
  '': ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'PAID'],
  DRAFT: ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'PAID', 'DELETED'],
  SUBMITTED: ['SUBMITTED', 'DRAFT', 'AUTHORISED', 'PAID', 'DELETED'],
  AUTHORISED: ['AUTHORISED', 'PAID', 'VOIDED'],
  PAID: ['PAID', 'AUTHORISED'],
};
const credit = {
  '': ['AUTHORISED'],
  AUTHORISED: ['AUTHORISED', 'PAID', 'VOIDED'],
  PAID: ['PAID', 'AUTHORISED'],
};
const once = { '': ['AUTHORISED'], AUTHORISED: ['DELETED'] };
const steps: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  invoice: booked,
  'credit-note': booked,
  overpayment: credit,
  prepayment: credit,
  payment: once,
  batch: once,
  'bank-transaction': { '': ['AUTHORISED'], AUTHORISED: ['AUTHORISED', 'DELETED'] },
  'manual-journal': {
    '': ['DRAFT', 'POSTED'],
    DRAFT: ['DRAFT', 'POSTED', 'DELETED'],
    POSTED: ['POSTED', 'VOIDED'],
  },
  'purchase-order': {
    '': ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'BILLED'],
    DRAFT: ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'BILLED', 'DELETED'],
    SUBMITTED: ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'BILLED', 'DELETED'],
    AUTHORISED: ['AUTHORISED', 'BILLED', 'DELETED'],
    BILLED: ['BILLED', 'AUTHORISED', 'DELETED'],
  },
};

export type History = {
  /** Steps that no rule allows, as sentences. */
  readonly illegal: readonly string[];
  /** Stock that was below nought, after each reset that went before. */
  readonly short: readonly { readonly resets: number; readonly code: string }[];
  readonly stepsTaken: number;
};

/** Reads the whole journal in a sandbox's folder. */
export function readHistory(folder: string): History {
  const illegal: string[] = [];
  const short: { resets: number; code: string }[] = [];
  const now = new Map<string, string>();
  let resets = 0;
  let stepsTaken = 0;
  for (const line of readFileSync(join(folder, 'journal.jsonl'), 'utf8').split('\n')) {
    if (line === '') continue;
    const { changes, reset } = entry.parse(JSON.parse(line.split('\t')[0] ?? ''));
    if (reset === true) resets += 1;
    for (const { kind, record } of changes) {
      if (kind === 'item') {
        const item = stocked.parse(record);
        if (item.quantity < 0) short.push({ resets, code: item.code });
        if (item.quantity === 0 && item.value !== 0)
          illegal.push(`${item.code} is empty and worth ${item.value}`);
      }
      if (steps[kind] === undefined) continue;
      const { id, status } = stated.parse(record);
      const before = now.get(`${kind} ${id}`) ?? '';
      stepsTaken += 1;
      now.set(`${kind} ${id}`, status);
      if (steps[kind][before]?.includes(status) !== true)
        illegal.push(`${kind} ${id}: ${before} -> ${status}`);
      if (steps[kind] === booked) illegal.push(...faultsOf(before, document.parse(record)));
    }
  }
  return { illegal, short, stepsTaken };
}

/** PAID is what has nothing open, AUTHORISED what has; nothing voided or deleted has anything against it. */
function faultsOf(
  before: string,
  { id, status, total, paid, credited }: z.output<typeof document>,
): string[] {
  const open = total - paid - credited;
  const faults: string[] = [];
  if (open < 0) faults.push(`${id} is overpaid by ${-open}`);
  if (status === 'PAID' && open !== 0) faults.push(`${id} is PAID with ${open} open`);
  if (status === 'AUTHORISED' && open === 0) faults.push(`${id} is AUTHORISED with nothing open`);
  if (!['AUTHORISED', 'PAID'].includes(status) && (paid !== 0 || credited !== 0))
    faults.push(`${id} is ${status} after ${before} with ${paid + credited} against it`);
  return faults;
}
