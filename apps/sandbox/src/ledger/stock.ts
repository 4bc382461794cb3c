// Moves tracked stock when a document is approved, changed or voided, and takes it back exactly (XERO.md 6.1).
import { change, type Session } from '../call/visit.ts';
import { fold } from '../contact/contact.ts';
import { type Document, isApproved } from '../document/document.ts';
import { type Item, isTracked } from '../item/item.ts';
import { option } from '../options.ts';
import { baseLines } from './base-lines.ts';
import type { Movement } from './movement.ts';
import { type Pool, shortageCorrection, valueAtAverage, valueOut } from './pool.ts';

/** Sets `document.stock` and changes the items; returns the complaints. */
export function moveStock(session: Session, document: Document, before: Document | undefined): string[] {
  const approved = isApproved(document.status);
  const old = before?.stock ?? [];
  // Corrections of a voided document stay; nothing moves it any more.
  if (!approved && (before === undefined || !isApproved(before.status))) return [];
  if (approved && old.length > 0 && isSameStock(document, before)) return [];
  const tracked = approved ? trackedLines(session, document) : [];
  if (tracked.length === 0 && old.length === 0) return [];
  const items = new Map<string, Item>();
  for (const movement of old) {
    const item = items.get(movement.item) ?? session.organisation.items.get(movement.item);
    if (item !== undefined) items.set(item.id, moved(item, -movement.quantity, -movement.value));
  }
  const movements: Movement[] = [];
  for (const { item: found, quantity, net } of tracked) {
    const item = items.get(found.id) ?? found;
    const made = movementsOf(session, document, item, quantity, net);
    let [toQuantity, toValue] = [0, 0];
    for (const movement of made) {
      toQuantity += movement.quantity;
      toValue += movement.value;
    }
    const next = moved(item, toQuantity, toValue);
    if (document.type === 'ACCREC' && made[0] !== undefined) {
      next.lastOutQuantity = -made[0].quantity;
      next.lastOutValue = -made[0].value;
    }
    items.set(item.id, next);
    movements.push(...made);
  }
  for (const [id, item] of items) {
    // What is empty is worth nothing; the rest belongs to the cost of sales.
    if (item.quantity === 0 && item.value !== 0) {
      movements.push(correction(item, -item.value));
      items.set(id, moved(item, 0, -item.value));
    }
  }
  const short = [...items.values()].some(
    (item) => item.quantity < 0 && item.quantity < (session.organisation.items.get(item.id)?.quantity ?? 0),
  );
  if (short && !mayBackorder(session, document))
    return ['Insufficient stock. Items are eligible for backorder.'];
  document.stock = movements;
  // That its stock moves is no change of the item: UpdatedDateUTC stays.
  for (const item of items.values()) change(session, { kind: 'item', record: item });
  return [];
}

function mayBackorder(session: Session, document: Document): boolean {
  return document.type === 'ACCREC' && session.query.get('allowBackorders')?.toLowerCase() === 'true';
}

/** Whether nothing that moves stock has changed. */
function isSameStock(document: Document, before: Document | undefined): boolean {
  return (
    before !== undefined &&
    isApproved(before.status) &&
    document.rate === before.rate &&
    document.total === before.total &&
    document.lines.length === before.lines.length &&
    document.lines.every((line, index) => {
      const old = before.lines[index];
      return (
        line.item === old?.item &&
        line.quantity === old.quantity &&
        line.amount === old.amount &&
        line.tax === old.tax &&
        line.account === old.account
      );
    })
  );
}

type TrackedLine = { readonly item: Item; readonly quantity: number; readonly net: number };

/** On purchases only lines that post to the item's own inventory account move stock, and those of 0.00. */
function trackedLines(session: Session, document: Document): TrackedLine[] {
  const found: TrackedLine[] = [];
  let nets: readonly number[] | undefined;
  for (const [index, line] of document.lines.entries()) {
    if (line.item === '' || !line.quantity) continue;
    const item = session.organisation.items.find('code', fold(line.item));
    if (item === undefined || !isTracked(item)) continue;
    if (!leaves(document) && line.account !== '' && fold(line.account) !== fold(item.inventoryAccount))
      continue;
    nets ??= baseLines(document).nets;
    found.push({ item, quantity: line.quantity, net: nets[index] ?? 0 });
  }
  return found;
}

/** Sales and customers' returns: stock moves at cost, whatever the line says. */
function leaves(document: Document): boolean {
  return document.type === 'ACCREC' || document.type === 'ACCRECCREDIT' || document.type === 'RECEIVE';
}

function movementsOf(
  session: Session,
  document: Document,
  item: Item,
  quantity: number,
  net: number,
): Movement[] {
  const { type } = document;
  const price = item.purchase.price ?? 0;
  if (type === 'ACCREC' || type === 'RECEIVE')
    return [movement(item, -quantity, -valueOut(item, quantity, price), item.cogsAccount)];
  if (type === 'ACCRECCREDIT') {
    const value = returnValue(session, item, quantity, price);
    return corrected(item, quantity, value, movement(item, quantity, value, item.cogsAccount));
  }
  if (type === 'ACCPAYCREDIT') {
    const out = movement(item, -quantity, -net, '');
    if (option(session, 'supplier-credit-stock') === 'price') return [out];
    const difference = net - valueOut(item, quantity, price);
    return difference === 0 ? [out] : [out, correction(item, difference)];
  }
  return corrected(item, quantity, net, movement(item, quantity, net, ''));
}

/** A return comes back at the average, or at what the item last left at. */
function returnValue(session: Session, item: Item, quantity: number, price: number): number {
  const last = { quantity: item.lastOutQuantity, value: item.lastOutValue };
  const atCost = valueAtAverage(last, quantity);
  const atAverage = valueAtAverage(item, quantity);
  const [first, second] =
    option(session, 'return-stock') === 'cost' ? [atCost, atAverage] : [atAverage, atCost];
  return first ?? second ?? valueOut({ quantity: 0, value: 0 }, quantity, price);
}

function corrected(item: Item, quantity: number, value: number, made: Movement): Movement[] {
  const cents = shortageCorrection(item, quantity, value);
  return cents === 0 ? [made] : [made, correction(item, cents)];
}

function correction(item: Item, value: number): Movement {
  return movement(item, 0, value, item.cogsAccount);
}

function movement(item: Item, quantity: number, value: number, contra: string): Movement {
  return { item: item.id, quantity, value, account: item.inventoryAccount, contra };
}

function moved(item: Item & Pool, quantity: number, value: number): Item {
  return { ...item, quantity: item.quantity + quantity, value: item.value + value };
}
