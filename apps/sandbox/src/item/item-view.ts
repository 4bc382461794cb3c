// An item in Xero's JSON.
import { decimal, money, price } from '../json.ts';
import { wireInstant } from '../wire-date.ts';
import { type Item, type ItemDetails, isTracked } from './item.ts';

export function itemView(item: Item, places: 2 | 4): Readonly<Record<string, unknown>> {
  return {
    ItemID: item.id,
    Code: item.code,
    Name: shown(item.name),
    Description: shown(item.description),
    PurchaseDescription: shown(item.purchaseDescription),
    UpdatedDateUTC: wireInstant(item.updatedMs),
    PurchaseDetails: {
      ...detailsView(item.purchase, places),
      COGSAccountCode: shown(item.cogsAccount),
    },
    SalesDetails: detailsView(item.sales, places),
    ...stockView(item),
    IsSold: item.isSold,
    IsPurchased: item.isPurchased,
    ValidationErrors: [],
  };
}

function stockView(item: Item): Readonly<Record<string, unknown>> {
  if (!isTracked(item)) return { IsTrackedAsInventory: false };
  const units = (value: number) => decimal(value, 4);
  return {
    IsTrackedAsInventory: true,
    InventoryAssetAccountCode: item.inventoryAccount,
    TotalCostPool: money(item.value),
    QuantityOnHand: units(Math.max(item.quantity, 0)),
    QuantityOnBackOrder: units(Math.max(-item.quantity, 0)),
    QuantityAvailable: units(item.quantity),
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
