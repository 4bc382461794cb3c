// Reads the elements of an answer from Xero's raw JSON: by hand, since a thousand of them are read each second.
import { subtract, type TaxedLine } from '@stockbook/core';
import type { Element } from './api.ts';
import type { Resource } from './wire.ts';

/** The elements of an answer's envelope; undefined where the list is missing, as in an HTML page with status 200. */
export function parseElements(resource: Resource, data: unknown): Element[] | undefined {
  const list = isObject(data) ? data[resource] : undefined;
  if (!Array.isArray(list) || !list.every(isObject)) return undefined;
  return list.map((each) => parseElement(resource, each));
}

type Fields = Record<string, unknown>;

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Where each collection keeps its id and its number. */
const keys: Record<Resource, { id: string; number: string | null }> = {
  Contacts: { id: 'ContactID', number: 'ContactNumber' },
  Items: { id: 'ItemID', number: null },
  Invoices: { id: 'InvoiceID', number: 'InvoiceNumber' },
  CreditNotes: { id: 'CreditNoteID', number: 'CreditNoteNumber' },
};

function parseElement(resource: Resource, element: Fields): Element {
  const { id, number } = keys[resource];
  const xeroId = text(element[id]);
  const messages = words(element.ValidationErrors);
  const warnings = words(element.Warnings);
  const verdict = verdictOf(element, messages, warnings);
  const lines = element.LineItems;
  return {
    verdict,
    xeroId: xeroId === zeroId ? null : xeroId,
    number: number === null ? null : text(element[number]),
    type: text(element.Type),
    code: text(element.Code),
    name: text(element.Name),
    messages: messages.length > 0 || verdict !== 'error' ? messages : nestedMessages(element),
    warnings,
    status: text(element[resource === 'Contacts' ? 'ContactStatus' : 'Status']),
    date: parseDate(text(element.DateString) ?? text(element.Date)),
    currency: text(element.CurrencyCode),
    subTotal: amount(element.SubTotal),
    totalTax: amount(element.TotalTax),
    total: amount(element.Total),
    lines: Array.isArray(lines) ? lines.map((line) => taxedLine(line, element.LineAmountTypes)) : null,
    text: JSON.stringify(element),
  };
}

/** A new element that was refused carries this id (XERO.md 4.2). */
const zeroId = '00000000-0000-0000-0000-000000000000';

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function amount(value: unknown): string | null {
  return typeof value === 'number' || typeof value === 'string' ? String(value) : null;
}

/** A line's amount has its tax in it where the document says so; what is not told is nought. */
function taxedLine(line: unknown, lineAmountTypes: unknown): TaxedLine {
  if (!isObject(line)) return { taxType: '', net: '0', tax: '0' };
  const whole = amount(line.LineAmount) ?? '0';
  const tax = amount(line.TaxAmount) ?? '0';
  const net = lineAmountTypes === 'Inclusive' ? subtract(whole, tax) : whole;
  return { taxType: text(line.TaxType) ?? '', net, tax };
}

/** StatusAttributeString decides where there is one; elements of a read have none and are OK unless they carry errors. */
function verdictOf(element: Fields, messages: string[], warnings: string[]): Element['verdict'] {
  const said = text(element.StatusAttributeString)?.toUpperCase();
  const flagged = element.HasErrors === true || element.HasValidationErrors === true;
  if (said === 'ERROR' || flagged || messages.length > 0) return 'error';
  return said === 'WARNING' || warnings.length > 0 ? 'warning' : 'ok';
}

/** The words of a list of notes, each once; Xero spells them Message or Description. */
function words(list: unknown): string[] {
  if (!Array.isArray(list) || list.length === 0) return [];
  const said = list.filter(isObject).map((note) => text(note.Message) ?? text(note.Description) ?? '');
  return [...new Set(said.filter((each) => each !== ''))];
}

/** Lines and embedded contacts carry messages of their own (XERO.md 4.2). */
function nestedMessages(element: Fields): string[] {
  const parts = Object.values(element).flat();
  return [...new Set(parts.filter(isObject).flatMap((part) => words(part.ValidationErrors)))];
}

/** '2026-04-09T00:00:00' or '/Date(1775692800000+0000)/' as 'YYYY-MM-DD': Xero's document dates are midnight UTC (XERO.md 5). */
export function parseDate(value: string | null): string | null {
  if (value === null) return null;
  const epoch = /^\/Date\((-?\d+)(?:[+-]\d{4})?\)\/$/.exec(value);
  if (epoch) return new Date(Number(epoch[1])).toISOString().slice(0, 10);
  return /^\d{4}-\d{2}-\d{2}/.test(value) ? value.slice(0, 10) : null;
}
