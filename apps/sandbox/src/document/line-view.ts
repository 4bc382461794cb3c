// A line of a document in Xero's JSON.
import { fixed } from '../exact.ts';
import { madeOften, priceText, quoted, quotedAfter, Raw, toJson } from '../json.ts';
import type { Organisation } from '../organisation.ts';
import { trackingView } from '../tracking/line-tracking.ts';
import type { Line } from './document.ts';

export function lineView(organisation: Organisation, line: Line, places: 2 | 4): Raw {
  return new Raw(withLine('', organisation, line, places, accountText(organisation, line.account)));
}

/** The list of a document's lines after the text that stands before it: what is joined at its end is copied soonest. */
export function withLines(
  before: string,
  organisation: Organisation,
  lines: readonly Line[],
  places: 2 | 4,
): string {
  let text = `${before}[`;
  // The same account in line after line is what most documents have.
  let [code, account] = ['', ''];
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index];
    if (line === undefined) continue;
    if (line.account !== code) {
      code = line.account;
      account = accountText(organisation, code);
    }
    text = withLine(index === 0 ? text : `${text},`, organisation, line, places, account);
  }
  return `${text}]`;
}

/** Written as text at once: documents are made of little else, and an object for each line would cost four times as much. */
function withLine(
  before: string,
  organisation: Organisation,
  line: Line,
  places: 2 | 4,
  account: string,
): string {
  const { price, taxType, item, tracking, quantity, discountRate, discountAmount } = line;
  let text = `${before}{"LineItemID":"`;
  text += line.id;
  text += afterId(line.description);
  if (price !== null) text = `${text},"UnitAmount":${priceText(price, places)}`;
  text += taxMembers(taxType);
  text = `${text}${fixed(line.tax, 2)},"LineAmount":${fixed(line.amount, 2)}`;
  text += account;
  text +=
    tracking === undefined
      ? untrackedMembers(item)
      : `${itemMember(item)},"Tracking":${toJson(trackingView(organisation, tracking))}`;
  if (quantity !== null) text = `${text},"Quantity":${fixed(quantity, 4)}`;
  if (discountRate !== null) text = `${text},"DiscountRate":${fixed(discountRate, 4)}`;
  if (discountAmount !== null) text = `${text},"DiscountAmount":${fixed(discountAmount, 2)}`;
  return `${text},"ValidationErrors":[]}`;
}

const afterId = quotedAfter('","Description":');
const taxMembers = madeOften((taxType) =>
  taxType === '' ? ',"TaxAmount":' : `,"TaxType":${quoted(taxType)},"TaxAmount":`,
);
const itemMember = (item: string): string => (item === '' ? '' : `,"ItemCode":${quoted(item)}`);
const untrackedMembers = madeOften((item) => `${itemMember(item)},"Tracking":[]`);

/** Both members of an account, or none where a line has none. */
function accountText(organisation: Organisation, code: string): string {
  if (code === '') return '';
  const account = organisation.accounts.find('code', code.toLowerCase());
  return `,"AccountCode":${quoted(code)}${account === undefined ? '' : `,"AccountID":"${account.id}"`}`;
}
