// The items of a load: found by their code or made, and given a better name where the file has one.
import type { ItemMention } from '@stockbook/csv';
import { createId, type ModelTx } from '@stockbook/db';
import { items } from './entities/index.ts';
import { record } from './outbox.ts';

export interface PlacedItem {
  id: string;
  name: string;
}

type NameSource = ItemMention['nameSource'] | 'person';

/** A name from a row with a price beats one from a free row, which beats the code; a person's word is last. */
const ranks: Readonly<Record<NameSource, number>> = { code: 0, free: 1, priced: 2, person: 3 };

function betterName(source: NameSource, than: NameSource): boolean {
  return ranks[source] > ranks[than];
}

/** Id and name of every item mentioned, by code; of several names of one rank the first counts. */
export async function placeItems(
  tx: ModelTx,
  mentions: readonly ItemMention[],
): Promise<Map<string, PlacedItem>> {
  if (mentions.length === 0) return new Map();
  const wanted = bestMentions(mentions);
  const found = await findItems(tx, [...wanted.keys()]);
  const placed = new Map<string, PlacedItem>(found.map(({ id, code, name }) => [code, { id, name }]));
  const better = found.filter(({ code, nameSource }) => {
    const mention = wanted.get(code);
    return mention !== undefined && betterName(mention.nameSource, nameSource);
  });
  for (const item of await renameItems(tx, wanted, better)) placed.set(item.code, item);
  const fresh = [...wanted.values()].filter(({ code }) => !placed.has(code)).map(freshItem);
  await items.apply(tx, fresh);
  for (const { id, code, name } of fresh) {
    placed.set(code, { id, name });
    record(tx, { entity: items.name, id });
  }
  return placed;
}

function bestMentions(mentions: readonly ItemMention[]): Map<string, ItemMention> {
  const best = new Map<string, ItemMention>();
  for (const mention of mentions) {
    const known = best.get(mention.code);
    if (known === undefined || betterName(mention.nameSource, known.nameSource))
      best.set(mention.code, mention);
  }
  return best;
}

interface FoundItem {
  id: string;
  code: string;
  name: string;
  nameSource: NameSource;
}

async function findItems(tx: ModelTx, codes: readonly string[]): Promise<FoundItem[]> {
  return tx.sql.query<FoundItem>(
    `SELECT id, code, name, name_source AS "nameSource" FROM item
      WHERE organisation_id = $1::uuid AND code IN (SELECT value FROM json_array_elements_text($2::json))`,
    tx.organisation,
    JSON.stringify(codes),
  );
}

/** Locks and reads the items again, because a person may be naming one of them now. */
async function renameItems(
  tx: ModelTx,
  wanted: ReadonlyMap<string, ItemMention>,
  better: readonly FoundItem[],
): Promise<FoundItem[]> {
  if (better.length === 0) return [];
  const ids = better.map(({ id }) => id);
  await tx.sql.query(
    `SELECT id FROM item WHERE organisation_id = $1::uuid
        AND id = ANY(ARRAY(SELECT value::uuid FROM json_array_elements_text($2::json))) ORDER BY id FOR UPDATE`,
    tx.organisation,
    JSON.stringify(ids),
  );
  const now = await items.load(tx.sql, tx.organisation, ids);
  const renamed = now.flatMap((item) => {
    const mention = wanted.get(item.code);
    if (mention === undefined || !betterName(mention.nameSource, item.nameSource)) return [];
    return [{ before: item.name, item: { ...item, name: mention.name, nameSource: mention.nameSource } }];
  });
  await items.apply(
    tx,
    renamed.map(({ item }) => item),
  );
  for (const { before, item } of renamed)
    if (item.name !== before) record(tx, { entity: items.name, id: item.id });
  return renamed.map(({ item }) => item);
}

function freshItem({ code, name, nameSource, kind }: ItemMention) {
  return { id: createId(), code, name, nameSource, description: null, kind };
}
