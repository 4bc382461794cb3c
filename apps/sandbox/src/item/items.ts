// The resource Items: list (never paged), one by id or code, writing, deleting.
import type { Resource, Visit } from '../call/visit.ts';
import { date, type FieldTable, flag, guid, number, text } from '../query/field.ts';
import { select } from '../query/selection.ts';
import { envelope, notFound, type Reply } from '../reply.ts';
import { type Item, isTracked } from './item.ts';
import { itemView } from './item-view.ts';
import { findItem, itemWriter, removeItem } from './item-write.ts';

export const items: Resource = {
  scopes: ['accounting.settings', 'accounting.transactions', 'accounting.invoices'],
  list,
  one,
  writer: itemWriter,
  creates: true,
  remove: removeItem,
};

const fields: FieldTable<Item> = {
  ItemID: guid((item) => item.id),
  Code: text((item) => item.code),
  Name: text((item) => item.name),
  Description: text((item) => item.description),
  IsSold: flag((item) => item.isSold),
  IsPurchased: flag((item) => item.isPurchased),
  IsTrackedAsInventory: flag(isTracked),
  UpdatedDateUTC: date((item) => item.updatedMs),
  'SalesDetails.UnitPrice': number((item) => (item.sales.price === null ? null : item.sales.price / 10_000)),
  'PurchaseDetails.UnitPrice': number((item) =>
    item.purchase.price === null ? null : item.purchase.price / 10_000,
  ),
};

function list(visit: Visit): Reply {
  const records = visit.organisation.items.ordered();
  const selection = select(visit, { resource: 'Item', fields, records, tests: [], isPaged: false });
  if (selection.kind === 'refused') return selection.reply;
  return envelope(visit.nowMs, { Items: selection.records.map((item) => itemView(item, visit.places)) });
}

function one(visit: Visit, id: string): Reply {
  const item = findItem(visit.organisation, id);
  return item === undefined ? notFound() : envelope(visit.nowMs, { Items: [itemView(item, visit.places)] });
}
