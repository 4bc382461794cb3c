// Contacts in the database.
import type { ModelTx } from '@stockbook/db';
import type { Reader } from '../../entity.ts';
import { writeRecords } from '../../record.ts';
import { idsOf, inOrder, readRows, writeRows } from '../../rows.ts';
import { type Contact, contactListed } from './model.ts';

export async function load(reader: Reader, organisation: string, ids: readonly string[]): Promise<Contact[]> {
  const rows = await readRows<Contact>(
    reader,
    `SELECT id, number, name, email, phone, country FROM contact WHERE organisation_id = $1::uuid AND id = ANY(${idsOf('$2')})`,
    organisation,
    ids,
  );
  return inOrder(rows, ids);
}

/** What was filled once and is empty now is kept as empty text: it was emptied here, and is to be in Xero. */
export async function apply(tx: ModelTx, contacts: readonly Contact[]): Promise<void> {
  await writeRows(
    tx,
    `INSERT INTO contact (organisation_id, id, number, name, email, phone, country)
     SELECT $1::uuid, x.id, x.number, x.name, x.email, x.phone, x.country
       FROM json_to_recordset($2::json) AS x(id uuid, number text, name text, email text, phone text, country text)
     ON CONFLICT (organisation_id, id) DO UPDATE SET number = excluded.number, name = excluded.name,
       email = ${kept('email')}, phone = ${kept('phone')}, country = ${kept('country')}, updated_at = stockbook_now()`,
    contacts,
  );
  await writeRecords(tx, 'contacts', contacts.map(contactListed));
}

const kept = (column: string): string =>
  `coalesce(excluded.${column}, CASE WHEN contact.${column} IS NOT NULL THEN '' END)`;
