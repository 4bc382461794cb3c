// Documents as the journal keeps them, written as text at once: nothing else is written so much.
import { quoted } from '../json.ts';
import { recordText } from '../record-text.ts';
import { type Document, documentRecord, type Line } from './document.ts';

const headText = recordText(documentRecord.omit({ lines: true }));

/** JSON that `documentRecord` reads back as it was. */
export function documentText(document: Document): string {
  let lines = '';
  for (const line of document.lines) lines += `${lines === '' ? '' : ','}${lineText(line)}`;
  return headText(document, `"lines":[${lines}]`);
}

/** What is empty is left out, as `lineRecord` reads it so. */
function lineText(line: Line): string {
  const { item, account, taxType, discountRate, discountAmount, tracking } = line;
  let text = `{"id":"${line.id}","description":${quoted(line.description)},"quantity":${line.quantity},"price":${line.price}`;
  if (item !== '') text += `,"item":${quoted(item)}`;
  if (account !== '') text += `,"account":${quoted(account)}`;
  if (taxType !== '') text += `,"taxType":${quoted(taxType)}`;
  text += `,"amount":${line.amount},"tax":${line.tax}`;
  if (discountRate !== null) text += `,"discountRate":${discountRate}`;
  if (discountAmount !== null) text += `,"discountAmount":${discountAmount}`;
  if (tracking !== undefined) text += `,"tracking":${JSON.stringify(tracking)}`;
  return `${text}}`;
}
