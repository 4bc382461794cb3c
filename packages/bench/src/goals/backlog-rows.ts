// A backlog of any length, written by SQL alone: what matters is how many rows stand in the outbox, not how they came there.
import type { Db } from '@stockbook/db';
import pg from 'pg';
import type { Database } from '../postgres.ts';
import type { Sample } from '../sample.ts';

export type Kind = 'contacts' | 'items' | 'invoices' | 'credit-notes';

export interface Backlog {
  /** So many changes of each kind, mixed as they are made: one of each after the other. */
  counts: Partial<Record<Kind, number>>;
  /** Of every third change: held back by a rule. */
  thirdHeld: boolean;
}

/** Documents are of one line, for contacts and items that Xero has already. */
export async function writeBacklog(
  db: Db,
  organisation: string,
  lists: Pick<Sample, 'contacts' | 'items'>,
  { counts, thirdHeld }: Backlog,
): Promise<void> {
  const contacts = lists.contacts.map(({ id }) => id);
  const items = lists.items.map(({ id }) => id);
  const { rows } = await db.pool.query<{ number: string }>(
    `SELECT coalesce(max(number), 0)::text AS number FROM change WHERE organisation_id = $1`,
    [organisation],
  );
  const after = BigInt(rows[0]?.number ?? 0);
  const mixed = entriesOf(counts).map(([kind, count = 0]) => ({ kind, byte: kindByte(kind), count }));
  // The kinds at once, each in a table of its own but for the record.
  await Promise.all(
    mixed.map(async ({ kind, byte, count }) => {
      for (const statement of recordSql[kind]) {
        const parents = kind === 'contacts' || kind === 'items' ? [] : [contacts, items];
        const given = [organisation, count, byte, ...parents.slice(0, statement.parents)];
        await db.pool.query(statement.text, given);
      }
    }),
  );
  await db.pool.query(changeSql, [organisation, JSON.stringify(mixed), after.toString(), thirdHeld]);
  const made = mixed.reduce((sum, { count }) => sum + count, 0);
  await db.pool.query(`UPDATE counter SET number = $2 WHERE organisation_id = $1`, [
    organisation,
    (after + BigInt(made)).toString(),
  ]);
  await db.pool.query('SELECT stockbook_analyse()');
}

/** What autovacuum and the checkpointer do within minutes of such a load: done at once, it does not fall into one window and spare another. */
export async function settleBacklog({ adminUrl, superuserUrl }: Database): Promise<void> {
  await run(
    adminUrl,
    'VACUUM (ANALYZE) contact, item, invoice, invoice_line, credit_note, credit_note_line, record, change',
  );
  await run(superuserUrl, 'CHECKPOINT');
}

async function run(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}

function entriesOf(counts: Backlog['counts']): [Kind, number | undefined][] {
  const kinds: Kind[] = ['contacts', 'items', 'invoices', 'credit-notes'];
  return kinds.filter((kind) => counts[kind] !== undefined).map((kind) => [kind, counts[kind]]);
}

function kindByte(kind: Kind): string {
  return { contacts: 'c0', items: 'c1', invoices: 'c2', 'credit-notes': 'c3' }[kind];
}

/** Ids that ascend as version 7 ids do, so that the indexes grow at their end. */
const id = `('00000000-0000-7000-80' || $3 || '-' || lpad(to_hex(g), 12, '0'))::uuid`;
const one = `generate_series(1, $2::int) g`;

function documentSql(table: 'invoice' | 'credit_note'): { text: string; parents: number }[] {
  const due =
    table === 'invoice' ? { column: 'due_date, ', value: `'2026-10-01', ` } : { column: '', value: '' };
  const title = table === 'invoice' ? 'invoices' : 'credit-notes';
  return [
    {
      text: `INSERT INTO ${table} (organisation_id, id, number, contact_id, date, ${due.column}currency, status, sub_total, total_tax, total)
             SELECT $1, ${id}, 'B' || $3 || '-' || g, ($4::uuid[])[1 + g % cardinality($4::uuid[])], '2026-09-01', ${due.value}'GBP', 'authorised', 10, 2, 12 FROM ${one}`,
      parents: 1,
    },
    {
      text: `INSERT INTO ${table}_line (organisation_id, document_id, position, item_id, description, quantity, unit_price, nature, treatment, tax_rate, net, tax)
             SELECT $1, ${id}, 1, ($5::uuid[])[1 + g % cardinality($5::uuid[])], 'Paper lantern', 2, 5, 'goods', 'domestic-standard', 20, 10, 2 FROM ${one}
              WHERE cardinality($4::uuid[]) > 0`,
      parents: 2,
    },
    {
      text: `INSERT INTO record (organisation_id, id, entity, number, title, date, total, currency, status, sync_state)
             SELECT $1, ${id}, '${title}', 'B' || $3 || '-' || g, 'Backlog', '2026-09-01', 12, 'GBP', 'authorised', 'pending' FROM ${one}`,
      parents: 0,
    },
  ];
}

const recordSql: Record<Kind, { text: string; parents: number }[]> = {
  contacts: [
    {
      text: `INSERT INTO contact (organisation_id, id, number, name, country)
             SELECT $1, ${id}, 'B' || $3 || '-' || g, 'Backlog ' || g, 'United Kingdom' FROM ${one}`,
      parents: 0,
    },
    {
      text: `INSERT INTO record (organisation_id, id, entity, number, title, status, sync_state)
             SELECT $1, ${id}, 'contacts', 'B' || $3 || '-' || g, 'Backlog ' || g, 'active', 'pending' FROM ${one}`,
      parents: 0,
    },
  ],
  items: [
    {
      text: `INSERT INTO item (organisation_id, id, code, name) SELECT $1, ${id}, 'B' || $3 || '-' || g, 'Lantern ' || g FROM ${one}`,
      parents: 0,
    },
    {
      text: `INSERT INTO record (organisation_id, id, entity, number, title, status, sync_state)
             SELECT $1, ${id}, 'items', 'B' || $3 || '-' || g, 'Lantern ' || g, 'active', 'pending' FROM ${one}`,
      parents: 0,
    },
  ],
  invoices: documentSql('invoice'),
  'credit-notes': documentSql('credit_note'),
};

/** Numbered, and lying in the table, one of each kind after the other. */
const changeSql = `INSERT INTO change (organisation_id, number, entity, record_id, action, state, held, reason, created_at)
  SELECT $1, $3::bigint + row_number() OVER (ORDER BY g, place), kind,
         ('00000000-0000-7000-80' || byte || '-' || lpad(to_hex(g), 12, '0'))::uuid, 'create', 'pending',
         CASE WHEN $4 AND g % 3 = 0 THEN 'rule' END, CASE WHEN $4 AND g % 3 = 0 THEN 'Held for the bench' END, stockbook_now()
    FROM ROWS FROM (json_to_recordset($2) AS (kind text, byte text, count int)) WITH ORDINALITY AS of (kind, byte, count, place)
    CROSS JOIN LATERAL generate_series(1, count) g ORDER BY g, place`;
