// Documents as the journal keeps them, written as text at once: nothing else is written so much.
import { madeOften, quoted, quotedAfter } from '../json.ts';
import type { Movement } from '../ledger/movement.ts';
import type { Document, Line } from './document.ts';

/** JSON that `documentRecord` reads back as it was; what is usual is left out. */
export function documentText(document: Document): string {
  const { id, type, number, reference, contact, date, dueDate, status, mode } = document;
  const { net, tax, total, currency, updatedMs } = document;
  let text = `{"id":"${id}","type":"${type}","number":${quoted(number)},"contact":"${contact}${afterContact(date)},"status":"${status}","mode":"${mode}"`;
  if (reference !== '') text = `${text},"reference":${quoted(reference)}`;
  if (dueDate !== '') text += afterReference(dueDate);
  text = `${text},"net":${net},"tax":${tax},"total":${total}${afterTotal(currency)},"updatedMs":${updatedMs}`;
  text += seldomText(document);
  if (document.stock !== undefined) text = `${text},"stock":${stockText(document.stock)}`;
  if (document.app !== undefined) text += afterStock(document.app);
  text += ',"lines":[';
  let start = '';
  for (const line of document.lines) {
    text = withLine(text + start, line);
    start = ',';
  }
  return `${text}]}`;
}

const afterContact = quotedAfter('","date":');
const afterReference = quotedAfter(',"dueDate":');
const afterTotal = quotedAfter(',"currency":');
const afterStock = quotedAfter(',"app":');

/** Members that most documents do not have, or have at nought. */
function seldomText(document: Document): string {
  const { discount, rounding, entered, url, theme, sent, plannedDate, expectedDate, paidOn } = document;
  const { rate, paid, credited, relieved, bank, texts, approvedMs } = document;
  let text = '';
  if (rate !== 1_000_000) text += `,"rate":${rate}`;
  if (discount !== 0) text += `,"discount":${discount}`;
  if (paid !== 0) text += `,"paid":${paid}`;
  if (credited !== 0) text += `,"credited":${credited}`;
  if (relieved !== 0) text += `,"relieved":${relieved}`;
  if (paidOn !== '') text += `,"paidOn":${quoted(paidOn)}`;
  if (sent) text += ',"sent":true';
  if (url !== '') text += `,"url":${quoted(url)}`;
  if (theme !== '') text += `,"theme":${quoted(theme)}`;
  if (plannedDate !== '') text += `,"plannedDate":${quoted(plannedDate)}`;
  if (expectedDate !== '') text += `,"expectedDate":${quoted(expectedDate)}`;
  if (rounding !== undefined) text += `,"rounding":${rounding}`;
  if (entered !== undefined) text += `,"entered":${entered}`;
  if (approvedMs !== undefined) text += `,"approvedMs":${approvedMs}`;
  if (bank !== undefined) text += `,"bank":${quoted(bank)}`;
  if (texts !== undefined) text += `,"texts":${JSON.stringify(texts)}`;
  return text;
}

function stockText(movements: readonly Movement[]): string {
  let text = '[';
  for (const { item, quantity, value, account, contra } of movements) {
    if (text !== '[') text += ',';
    text = `${text}{"item":"${item}","quantity":${quantity},"value":${value}${afterValue(account)}${afterAccount(contra)}}`;
  }
  return `${text}]`;
}

const afterValue = quotedAfter(',"account":');
const afterAccount = quotedAfter(',"contra":');

/** A line after the text that stands before it: what is joined at its end is copied soonest. */
function withLine(before: string, line: Line): string {
  const { item, account, taxType, discountRate, discountAmount, tracking } = line;
  let text = `${before}{"id":"`;
  text += line.id;
  text += afterId(line.description);
  text = `${text}${line.quantity},"price":${line.price},"amount":${line.amount},"tax":${line.tax}`;
  if (item !== '') text += afterTax(item);
  text += codingText(account, taxType);
  if (discountRate !== null) text = `${text},"discountRate":${discountRate}`;
  if (discountAmount !== null) text = `${text},"discountAmount":${discountAmount}`;
  if (tracking !== undefined) text = `${text},"tracking":${JSON.stringify(tracking)}`;
  return `${text}}`;
}

const afterId = madeOften((description) => `","description":${quoted(description)},"quantity":`);
const afterTax = quotedAfter(',"item":');

/** The same as before where the line before had the same account and tax type, which is so as a rule. */
function codingText(account: string, taxType: string): string {
  if (lastCoding.account === account && lastCoding.taxType === taxType) return lastCoding.text;
  let text = '';
  if (account !== '') text += `,"account":${quoted(account)}`;
  if (taxType !== '') text += `,"taxType":${quoted(taxType)}`;
  lastCoding = { account, taxType, text: Buffer.from(text).toString() };
  return lastCoding.text;
}

let lastCoding = { account: '', taxType: '', text: '' };
