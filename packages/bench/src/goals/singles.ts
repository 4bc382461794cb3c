// Frozen batches taken apart: one document a call, under numbers of their own.
import type { Batch } from '../batches.ts';
import { renumbered } from './ceiling.ts';

export function singles(batches: readonly Batch[], prefix: string): Batch[] {
  return renumbered(batches, prefix)
    .filter(({ entity }) => entity === 'invoices')
    .flatMap(({ entity, body }) => {
      const envelope: Record<string, unknown[]> = JSON.parse(body);
      return Object.entries(envelope).flatMap(([resource, documents]) =>
        documents.map((document) => ({ entity, body: JSON.stringify({ [resource]: [document] }) })),
      );
    });
}
