// Moves tracked stock when a document is approved, changed or voided, and takes it back exactly (XERO.md 6.1).
import { change, type Session } from '../call/visit.ts';
import { fold } from '../contact/contact.ts';
import { type Document, isApproved } from '../document/document.ts';
import type { MadeLine } from '../document/line.ts';
import { type Item, isTracked } from '../item/item.ts';
import { option } from '../options.ts';
import { baseLines } from './base-lines.ts';
import type { Movement } from './movement.ts';
import { shortageCorrection, valueAtAverage, valueOut } from './pool.ts';

/** Sets `document.stock` and changes the items; returns the complaints. `made`: the document's lines as they were made. */
export function moveStock(
  session: Session,
  document: Document,
  before: Document | undefined,
  made: readonly MadeLine[],
): string[] {
  const approved = isApproved(document.status);
  const old = before?.stock ?? [];
  // Corrections of a voided document stay; nothing moves it any more.
  if (!approved && (before === undefined || !isApproved(before.status))) return [];
  if (approved && old.length > 0 && isSameStock(document, before)) return [];
  const tracked = approved ? trackedLines(session, document, made) : [];
  if (tracked.length === 0 && old.length === 0) return [];
  const stocks = new Map<string, Stock>();
  for (const movement of old) {
    const item = session.organisation.items.get(movement.item);
    if (item !== undefined) move(stockOf(stocks, item), -movement.quantity, -movement.value);
  }
  const movements: Movement[] = [];
  for (const { item, quantity, net } of tracked) {
    const stock = stockOf(stocks, item);
    const moved = movementsOf(session, document, stock, quantity, net);
    for (const one of moved) move(stock, one.quantity, one.value);
    const [first] = moved;
    if (document.type === 'ACCREC' && first !== undefined) {
      stock.lastOutQuantity = -first.quantity;
      stock.lastOutValue = -first.value;
    }
    movements.push(...moved);
  }
  let short = false;
  for (const stock of stocks.values()) {
    // What is empty is worth nothing; the rest belongs to the cost of sales.
    if (stock.quantity === 0 && stock.value !== 0) {
      movements.push(correction(stock.item, -stock.value));
      stock.value = 0;
    }
    short ||= stock.quantity < 0 && stock.quantity < stock.item.quantity;
  }
  if (short && !mayBackorder(session, document))
    return ['Insufficient stock. Items are eligible for backorder.'];
  document.stock = movements;
  // That its stock moves is no change of the item: UpdatedDateUTC stays.
  for (const [id, { quantity, value, lastOutQuantity, lastOutValue }] of stocks)
    change(session, { kind: 'stock', id, quantity, value, lastOutQuantity, lastOutValue });
  return [];
}

/** What an item, which stands as before, is to have once the document is saved. */
type Stock = {
  readonly item: Item;
  quantity: number;
  value: number;
  lastOutQuantity: number;
  lastOutValue: number;
};

function stockOf(stocks: Map<string, Stock>, item: Item): Stock {
  const known = stocks.get(item.id);
  if (known !== undefined) return known;
  const { quantity, value, lastOutQuantity, lastOutValue } = item;
  const stock = { item, quantity, value, lastOutQuantity, lastOutValue };
  stocks.set(item.id, stock);
  return stock;
}

function move(stock: Stock, quantity: number, value: number): void {
  stock.quantity += quantity;
  stock.value += value;
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

/** `net`: what the line comes to in the base currency, 0 where stock moves at cost. */
type TrackedLine = { readonly item: Item; readonly quantity: number; readonly net: number };

/** On purchases only lines that post to the item's own inventory account move stock, and those of 0.00. */
function trackedLines(session: Session, document: Document, made: readonly MadeLine[]): TrackedLine[] {
  const found: TrackedLine[] = [];
  const atCost = leaves(document);
  let nets: readonly number[] | undefined;
  const { lines } = document;
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index];
    if (line === undefined || line.item === '' || !line.quantity) continue;
    const item = made[index]?.item ?? session.organisation.items.find('code', fold(line.item));
    if (item === undefined || !isTracked(item)) continue;
    if (!atCost && line.account !== '' && fold(line.account) !== fold(item.inventoryAccount)) continue;
    if (!atCost) nets ??= baseLines(document).nets;
    found.push({ item, quantity: line.quantity, net: nets?.[index] ?? 0 });
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
  stock: Stock,
  quantity: number,
  net: number,
): Movement[] {
  const { type } = document;
  const { item } = stock;
  const price = item.purchase.price ?? 0;
  if (type === 'ACCREC' || type === 'RECEIVE')
    return [movement(item, -quantity, -valueOut(stock, quantity, price), item.cogsAccount)];
  if (type === 'ACCRECCREDIT') {
    const value = returnValue(session, stock, quantity, price);
    return corrected(stock, quantity, value, movement(item, quantity, value, item.cogsAccount));
  }
  if (type === 'ACCPAYCREDIT') {
    const out = movement(item, -quantity, -net, '');
    if (option(session, 'supplier-credit-stock') === 'price') return [out];
    const difference = net - valueOut(stock, quantity, price);
    return difference === 0 ? [out] : [out, correction(item, difference)];
  }
  return corrected(stock, quantity, net, movement(item, quantity, net, ''));
}

/** A return comes back at the average, or at what the item last left at. */
function returnValue(session: Session, stock: Stock, quantity: number, price: number): number {
  const last = { quantity: stock.lastOutQuantity, value: stock.lastOutValue };
  const atCost = valueAtAverage(last, quantity);
  const atAverage = valueAtAverage(stock, quantity);
  const [first, second] =
    option(session, 'return-stock') === 'cost' ? [atCost, atAverage] : [atAverage, atCost];
  return first ?? second ?? valueOut({ quantity: 0, value: 0 }, quantity, price);
}

function corrected(stock: Stock, quantity: number, value: number, made: Movement): Movement[] {
  const cents = shortageCorrection(stock, quantity, value);
  return cents === 0 ? [made] : [made, correction(stock.item, cents)];
}

function correction(item: Item, value: number): Movement {
  return movement(item, 0, value, item.cogsAccount);
}

function movement(item: Item, quantity: number, value: number, contra: string): Movement {
  return { item: item.id, quantity, value, account: item.inventoryAccount, contra };
}
