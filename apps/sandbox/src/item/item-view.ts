// An item in Xero's JSON.
import { price } from '../json.ts';
import { wireInstant } from '../wire-date.ts';
import type { Item, ItemDetails } from './item.ts';

export function itemView(item: Item, places: 2 | 4): Readonly<Record<string, unknown>> {
  return {
    ItemID: item.id,
    Code: item.code,
    Name: shown(item.name),
    Description: shown(item.description),
    PurchaseDescription: shown(item.purchaseDescription),
    UpdatedDateUTC: wireInstant(item.updatedMs),
    PurchaseDetails: detailsView(item.purchase, places),
    SalesDetails: detailsView(item.sales, places),
    IsTrackedAsInventory: false,
    IsSold: item.isSold,
    IsPurchased: item.isPurchased,
    ValidationErrors: [],
  };
}

function detailsView(details: ItemDetails, places: 2 | 4): Readonly<Record<string, unknown>> {
  return {
    UnitPrice: details.price === null ? undefined : price(details.price, places),
    AccountCode: shown(details.account),
    TaxType: shown(details.taxType),
  };
}

function shown(text: string): string | undefined {
  return text === '' ? undefined : text;
}
