// A line of a document in Xero's JSON.
import type { Account } from '../chart/account.ts';
import { fixed } from '../exact.ts';
import { priceText, quotedOften, Raw, toJson } from '../json.ts';
import type { Organisation } from '../organisation.ts';
import { trackingView } from '../tracking/line-tracking.ts';
import type { Line } from './document.ts';

export function lineView(organisation: Organisation, line: Line, places: 2 | 4): Raw {
  return new Raw(lineText(organisation, line, places));
}

/** Written as text at once: documents are made of little else, and an object for each line would cost four times as much. */
export function lineText(organisation: Organisation, line: Line, places: 2 | 4): string {
  const { price, taxType, account, item, tracking, quantity, discountRate, discountAmount } = line;
  let text = `{"LineItemID":"${line.id}","Description":${quotedOften(line.description)}`;
  if (price !== null) text += `,"UnitAmount":${priceText(price, places)}`;
  if (taxType !== '') text += `,"TaxType":${quotedOften(taxType)}`;
  text += `,"TaxAmount":${fixed(line.tax, 2)},"LineAmount":${fixed(line.amount, 2)}`;
  if (account !== '') text += accountText(account, organisation.accounts.find('code', account.toLowerCase()));
  if (item !== '') text += `,"ItemCode":${quotedOften(item)}`;
  if (tracking !== undefined) text += `,"Tracking":${toJson(trackingView(organisation, tracking))}`;
  else text += ',"Tracking":[]';
  if (quantity !== null) text += `,"Quantity":${fixed(quantity, 4)}`;
  if (discountRate !== null) text += `,"DiscountRate":${fixed(discountRate, 4)}`;
  if (discountAmount !== null) text += `,"DiscountAmount":${fixed(discountAmount, 2)}`;
  return `${text},"ValidationErrors":[]}`;
}

/** The same as before where the line before had the same account, which is so as a rule. */
function accountText(code: string, account: Account | undefined): string {
  if (lastText.code === code && lastText.account === account) return lastText.text;
  const id = account === undefined ? '' : `,"AccountID":"${account.id}"`;
  lastText = { code, account, text: `,"AccountCode":${quotedOften(code)}${id}` };
  return lastText.text;
}

type AccountText = { readonly code: string; readonly account: Account | undefined; readonly text: string };
let lastText: AccountText = { code: '', account: undefined, text: '' };
