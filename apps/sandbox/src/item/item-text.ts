// Items as the journal keeps them, written as text at once: every sale of tracked stock changes one.
import { quoted } from '../json.ts';
import type { Item, ItemDetails } from './item.ts';

/** JSON that `itemRecord` reads back as it was; what is empty or nought is left out where reading makes it so. */
export function itemText(item: Item): string {
  const { id, code, name, description, purchaseDescription, isSold, isPurchased, updatedMs } = item;
  const { inventoryAccount, cogsAccount, quantity, value, lastOutQuantity, lastOutValue } = item;
  let text = `{"id":"${id}","code":${quoted(code)},"name":${quoted(name)},"description":${quoted(description)},"purchaseDescription":${quoted(purchaseDescription)}`;
  text += `,"isSold":${isSold},"isPurchased":${isPurchased},"sales":${detailsText(item.sales)},"purchase":${detailsText(item.purchase)},"updatedMs":${updatedMs}`;
  if (inventoryAccount !== '') text += `,"inventoryAccount":${quoted(inventoryAccount)}`;
  if (cogsAccount !== '') text += `,"cogsAccount":${quoted(cogsAccount)}`;
  if (quantity !== 0) text += `,"quantity":${quantity}`;
  if (value !== 0) text += `,"value":${value}`;
  if (lastOutQuantity !== 0) text += `,"lastOutQuantity":${lastOutQuantity}`;
  if (lastOutValue !== 0) text += `,"lastOutValue":${lastOutValue}`;
  return `${text}}`;
}

function detailsText({ price, account, taxType }: ItemDetails): string {
  return `{"price":${price},"account":${quoted(account)},"taxType":${quoted(taxType)}}`;
}
