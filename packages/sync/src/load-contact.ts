// The contacts of a load: found by their number, or made as the file names them.
import type { Party } from '@stockbook/csv';
import { createId, type ModelTx } from '@stockbook/db';
import { contacts } from './entities/index.ts';
import { record } from './outbox.ts';

/** The contact's id by number; new ones are written and recorded, known ones stay as they are. */
export async function placeContacts(tx: ModelTx, parties: readonly Party[]): Promise<Map<string, string>> {
  if (parties.length === 0) return new Map();
  const wanted = new Map<string, Party>();
  for (const party of parties) if (!wanted.has(party.number)) wanted.set(party.number, party);
  const found = await tx.sql.query<{ id: string; number: string }>(
    `SELECT id, number FROM contact WHERE organisation_id = $1::uuid
        AND number IN (SELECT value FROM json_array_elements_text($2::json))`,
    tx.organisation,
    JSON.stringify([...wanted.keys()]),
  );
  const ids = new Map(found.map(({ id, number }) => [number, id]));
  const fresh = [...wanted.values()]
    .filter(({ number }) => !ids.has(number))
    .map(({ number, name, country }) => ({
      id: createId(),
      number,
      name,
      email: null,
      phone: null,
      country,
    }));
  await contacts.apply(tx, fresh);
  for (const { id, number } of fresh) {
    ids.set(number, id);
    record(tx, { entity: contacts.name, id });
  }
  return ids;
}
