// A line of a document in Xero's JSON.
import { fixed } from '../exact.ts';
import { priceText, quoted, Raw, toJson } from '../json.ts';
import type { Organisation } from '../organisation.ts';
import { trackingView } from '../tracking/line-tracking.ts';
import type { Line } from './document.ts';

/** Written as text at once: documents are made of little else, and an object for each line would cost four times as much. */
export function lineView(organisation: Organisation, line: Line, places: 2 | 4): Raw {
  const { price, taxType, account, item, tracking, quantity, discountRate, discountAmount } = line;
  let text = `{"LineItemID":"${line.id}","Description":${quoted(line.description)}`;
  if (price !== null) text += `,"UnitAmount":${priceText(price, places)}`;
  if (taxType !== '') text += `,"TaxType":${quoted(taxType)}`;
  text += `,"TaxAmount":${fixed(line.tax, 2)},"LineAmount":${fixed(line.amount, 2)}`;
  if (account !== '') {
    const id = organisation.accounts.find('code', account.toLowerCase())?.id;
    text += `,"AccountCode":${quoted(account)}`;
    if (id !== undefined) text += `,"AccountID":"${id}"`;
  }
  if (item !== '') text += `,"ItemCode":${quoted(item)}`;
  text += `,"Tracking":${tracking === undefined ? '[]' : toJson(trackingView(organisation, tracking))}`;
  if (quantity !== null) text += `,"Quantity":${fixed(quantity, 4)}`;
  if (discountRate !== null) text += `,"DiscountRate":${fixed(discountRate, 4)}`;
  if (discountAmount !== null) text += `,"DiscountAmount":${fixed(discountAmount, 2)}`;
  return new Raw(`${text},"ValidationErrors":[]}`);
}
