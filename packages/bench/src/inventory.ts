// Writes a sample into the inventory as a load does: hundreds of records to a transaction, each with its change in the outbox.
import type { Db } from '@stockbook/db';
import { type Entity, record } from '@stockbook/sync';
import { contacts, creditNotes, invoices, items } from '@stockbook/sync/entities';
import type { Sample } from './sample.ts';

export async function writeLists(
  db: Db,
  organisation: string,
  sample: Pick<Sample, 'contacts' | 'items'>,
): Promise<void> {
  await writeAll(db, organisation, contacts, sample.contacts);
  await writeAll(db, organisation, items, sample.items);
}

export async function writeDocuments(
  db: Db,
  organisation: string,
  sample: Pick<Sample, 'invoices' | 'creditNotes'>,
): Promise<void> {
  await writeAll(db, organisation, invoices, sample.invoices);
  await writeAll(db, organisation, creditNotes, sample.creditNotes);
}

/** Invoices that go before all else, and from the day's reserve. */
export async function writeUrgent(db: Db, organisation: string, urgent: Sample['invoices']): Promise<void> {
  await writeAll(db, organisation, invoices, urgent, true);
}

const together = 500;

async function writeAll<R extends { id: string }>(
  db: Db,
  organisation: string,
  entity: Pick<Entity<R>, 'name' | 'apply'>,
  records: readonly R[],
  urgent = false,
): Promise<void> {
  for (let at = 0; at < records.length; at += together) {
    const some = records.slice(at, at + together);
    await db.write(organisation, async (tx) => {
      await entity.apply(tx, some);
      for (const { id } of some) record(tx, { entity: entity.name, id, urgent });
    });
    // A load keeps the planner's statistics near the truth after each of its steps; so does this.
    await db.pool.query('SELECT stockbook_analyse()');
  }
}
