// Frozen batches taken apart: one document a call, under numbers of their own.
import { apart, type Batch } from '../batches.ts';

export function singles(batches: readonly Batch[], prefix: string): Batch[] {
  return renumbered(batches, prefix)
    .filter(({ entity }) => entity === 'invoices')
    .flatMap(apart);
}

/** The same documents under numbers of their own: Xero takes a number once. */
export function renumbered(batches: readonly Batch[], prefix: string): Batch[] {
  return batches.map(({ entity, body }) => ({
    entity,
    body: body.replaceAll(/("InvoiceNumber":")[^-"]*-/g, `$1${prefix}-`),
  }));
}
