// What invoices and credit notes share, without I/O: their lines, what of a line goes to Xero, and when Xero's answer agrees.
import {
  compareShares,
  type Listed,
  type Money,
  sameMoney,
  type TaxedLine,
  type Totals,
} from '@stockbook/core';
import type { Element, Wire, WireLine } from '@stockbook/xero';
import type { Ids } from './entity.ts';

export interface DocumentLine {
  itemId: string | null;
  description: string;
  quantity: Money;
  unitPrice: Money;
  /** Decides the account. */
  nature: string;
  /** Decides the tax type. */
  treatment: string;
  /** Percent. */
  taxRate: Money;
  net: Money;
  tax: Money;
}

export interface Document extends Totals {
  id: string;
  number: string;
  contactId: string;
  /** 'YYYY-MM-DD' */
  date: string;
  currency: string;
  reference: string | null;
  status: 'authorised';
  sourceHash: string | null;
  lines: DocumentLine[];
}

export function documentParents(document: Document): string[] {
  const items = document.lines.flatMap((line) => line.itemId ?? []);
  return [...new Set([document.contactId, ...items])];
}

export function documentListed(document: Document, title: string): Listed {
  const { id, number, date, total, currency, status } = document;
  return { id, number, title, date, total, currency, status };
}

/** The lines as Xero takes them; held while a parent is not in Xero or an account or tax type is not settled. */
export function wireLines(
  document: Document,
  ids: Ids,
): { kind: 'ready'; lines: WireLine[] } | { kind: 'held'; held: 'parent' | 'account'; reason: string } {
  const missing = documentParents(document).find((parent) => ids.xeroId(parent) === undefined);
  if (missing !== undefined) {
    const why = ids.isKept(missing)
      ? 'which is kept from Xero by “Do not sync”: let it sync first'
      : 'which is not in Xero';
    return { kind: 'held', held: 'parent', reason: `Waits for ${ids.title(missing)}, ${why}` };
  }
  const lines: WireLine[] = [];
  for (const line of document.lines) {
    const account = ids.accountCode(line.nature);
    if (account === undefined) {
      return {
        kind: 'held',
        held: 'account',
        reason: `No account is chosen for revenue of the nature “${line.nature}”: choose one under Connect`,
      };
    }
    const taxType = ids.taxType(line.treatment, line.taxRate);
    if (taxType === undefined) {
      return {
        kind: 'held',
        held: 'account',
        reason: `No tax type is chosen for the treatment “${line.treatment}” at ${line.taxRate} %: choose one under Connect`,
      };
    }
    const code = line.itemId === null ? undefined : ids.code(line.itemId);
    lines.push({
      Description: line.description,
      Quantity: Number(line.quantity),
      UnitAmount: Number(line.unitPrice),
      ...(code === undefined ? {} : { ItemCode: code }),
      AccountCode: account,
      TaxType: taxType,
    });
  }
  return { kind: 'ready', lines };
}

/** What of Xero's answer differs from what was planned (X17); undefined when it agrees to the cent. `wire` is what was sent of it. */
export function checkDocument(
  document: Document,
  element: Element,
  wire: Wire | undefined,
): string | undefined {
  const differences: string[] = [];
  if (element.status !== 'AUTHORISED' && element.status !== 'PAID')
    differences.push(`status ${element.status ?? 'missing'}`);
  if (element.date !== document.date)
    differences.push(`date ${element.date ?? 'missing'} instead of ${document.date}`);
  if (element.currency !== null && element.currency !== document.currency)
    differences.push(`currency ${element.currency}`);
  compare(differences, 'net total', element.subTotal, document.subTotal);
  compare(differences, 'tax', element.totalTax, document.totalTax);
  compare(differences, 'total', element.total, document.total);
  if (element.lines !== null) compareLines(differences, element.lines, document, wire);
  return differences.length === 0 ? undefined : `Xero holds it otherwise: ${differences.join(', ')}`;
}

function compare(differences: string[], what: string, theirs: string | null, ours: string): void {
  if (theirs === null) differences.push(`${what} missing`);
  else if (!sameMoney(theirs, ours)) differences.push(`${what} ${theirs} instead of ${ours}`);
}

/** An answer without lines has sums alone to go by. */
function compareLines(
  differences: string[],
  theirs: readonly TaxedLine[],
  { lines }: Document,
  wire: Wire | undefined,
): void {
  if (theirs.length !== lines.length) differences.push(`${theirs.length} lines instead of ${lines.length}`);
  const sent = wire !== undefined && 'LineItems' in wire ? wire.LineItems : [];
  // The books hold other lines by now: nobody knows their tax types.
  if (sent.length !== lines.length) return;
  const ours = lines.map(({ net, tax }, index) => ({ taxType: sent[index]?.TaxType ?? '', net, tax }));
  for (const share of compareShares(ours, theirs))
    differences.push(
      `${share.what} of ${share.taxType || 'no tax type'} ${share.theirs} instead of ${share.ours}`,
    );
}
