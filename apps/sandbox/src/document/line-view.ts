// A line of a document in Xero's JSON.
import { decimal, money, price } from '../json.ts';
import type { Organisation } from '../organisation.ts';
import { trackingView } from '../tracking/line-tracking.ts';
import type { Line } from './document.ts';

type View = Readonly<Record<string, unknown>>;

export function lineView(organisation: Organisation, line: Line, places: 2 | 4): View {
  const account =
    line.account === '' ? undefined : organisation.accounts.find('code', line.account.toLowerCase());
  return {
    LineItemID: line.id,
    Description: line.description,
    UnitAmount: line.price === null ? undefined : price(line.price, places),
    TaxType: line.taxType === '' ? undefined : line.taxType,
    TaxAmount: money(line.tax),
    LineAmount: money(line.amount),
    AccountCode: line.account === '' ? undefined : line.account,
    AccountID: account?.id,
    ItemCode: line.item === '' ? undefined : line.item,
    Tracking: trackingView(organisation, line.tracking),
    Quantity: line.quantity === null ? undefined : decimal(line.quantity, 4),
    DiscountRate: line.discountRate === null ? undefined : decimal(line.discountRate, 4),
    DiscountAmount: line.discountAmount === null ? undefined : money(line.discountAmount),
    ValidationErrors: [],
  };
}
