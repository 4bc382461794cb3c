// Reads an invoice or credit note as a client sends it; what is undefined was not sent.
import {
  asDate,
  asGuid,
  asList,
  asNumber,
  asText,
  asWord,
  readChild,
  readDate,
  readFlag,
  readGuid,
  readText,
  type Source,
} from '../fields.ts';
import { type DocumentStatus, type DocumentType, type LineAmountType, lineAmountTypes } from './document.ts';
import type { Family } from './family.ts';

export type SentNumber = number | string | undefined;

export type SentLine = {
  readonly id: string | undefined;
  readonly description: string | undefined;
  readonly quantity: SentNumber;
  readonly price: SentNumber;
  readonly amount: SentNumber;
  readonly tax: SentNumber;
  readonly discountRate: SentNumber;
  readonly discountAmount: SentNumber;
  readonly item: string | undefined;
  readonly account: string | undefined;
  readonly accountId: string | undefined;
  readonly taxType: string | undefined;
  readonly tracking: readonly SentTracking[] | undefined;
};

export type SentTracking = {
  readonly category: string | undefined;
  readonly option: string | undefined;
  readonly categoryId: string | undefined;
  readonly optionId: string | undefined;
};

export type SentSums = {
  readonly net: SentNumber;
  readonly tax: SentNumber;
  readonly total: SentNumber;
  readonly rounding: SentNumber;
  readonly entered: SentNumber;
};

export type SentDocument = {
  readonly id: string | undefined;
  readonly type: DocumentType | undefined;
  readonly number: string | undefined;
  readonly reference: string | undefined;
  readonly contact: Source | undefined;
  readonly date: string | undefined;
  readonly dueDate: string | undefined;
  readonly status: DocumentStatus | undefined;
  readonly mode: LineAmountType | undefined;
  readonly lines: readonly SentLine[] | undefined;
  readonly currency: string | undefined;
  readonly url: string | undefined;
  readonly theme: string | undefined;
  readonly sent: boolean | undefined;
  readonly plannedDate: string | undefined;
  readonly expectedDate: string | undefined;
  readonly rate: SentNumber;
  /** Sums, which only mean something together with a rounding (XERO.md 7.2). */
  readonly sums: SentSums;
  /** The members of the family's `texts` and `dates` that were sent. */
  readonly texts: Readonly<Record<string, string>>;
};

export function parseDocument(source: Source, family: Family): SentDocument {
  const { fields } = source;
  const { types, typeWord, statuses, statusWord } = family;
  return {
    id: readGuid(source, family.idField),
    type: asWord(source, 'Type', fields.Type, types, typeWord),
    number: readText(source, family.numberField)?.trim(),
    reference: asText(source, 'Reference', fields.Reference),
    contact: readChild(source, 'Contact'),
    date: asDate(source, 'Date', fields.Date),
    dueDate: asDate(source, 'DueDate', fields.DueDate),
    status: asWord(source, 'Status', fields.Status, statuses, statusWord),
    mode: asWord(source, 'LineAmountTypes', fields.LineAmountTypes, lineAmountTypes, 'LineAmountType'),
    lines: asList(source, 'LineItems', fields.LineItems)?.map(parseSentLine),
    currency: asText(source, 'CurrencyCode', fields.CurrencyCode),
    url: family.hasUrl ? asText(source, 'Url', fields.Url) : undefined,
    theme: asGuid(source, 'BrandingThemeID', fields.BrandingThemeID),
    sent: readFlag(source, 'SentToContact'),
    plannedDate: asDate(source, 'PlannedPaymentDate', fields.PlannedPaymentDate),
    expectedDate: asDate(source, 'ExpectedPaymentDate', fields.ExpectedPaymentDate),
    rate: asNumber(source, 'CurrencyRate', fields.CurrencyRate),
    sums: family.kind === 'invoice' ? readSums(source) : noSums,
    texts: family.texts.length > 0 ? ownTexts(source, family) : noTexts,
  };
}

const noSums: SentSums = {
  net: undefined,
  tax: undefined,
  total: undefined,
  rounding: undefined,
  entered: undefined,
};

function readSums(source: Source): SentSums {
  const { fields } = source;
  return {
    net: asNumber(source, 'SubTotal', fields.SubTotal),
    tax: asNumber(source, 'TotalTax', fields.TotalTax),
    total: asNumber(source, 'Total', fields.Total),
    rounding: asNumber(source, 'RoundingAmount', fields.RoundingAmount),
    entered: asNumber(source, 'EnteredTotal', fields.EnteredTotal),
  };
}

const noTexts: Readonly<Record<string, string>> = {};

function ownTexts(source: Source, family: Family): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const name of family.texts) {
    const text = readText(source, name);
    if (text !== undefined) texts[name] = text;
  }
  for (const name of family.dates) {
    const date = readDate(source, name);
    if (date !== undefined) texts[name] = date;
  }
  return texts;
}

export function parseTracking(source: Source): SentTracking {
  return {
    category: readText(source, 'Name'),
    option: readText(source, 'Option'),
    categoryId: readGuid(source, 'TrackingCategoryID'),
    optionId: readGuid(source, 'TrackingOptionID'),
  };
}

function parseSentLine(source: Source): SentLine {
  const { fields } = source;
  return {
    id: asGuid(source, 'LineItemID', fields.LineItemID),
    description: asText(source, 'Description', fields.Description),
    quantity: asNumber(source, 'Quantity', fields.Quantity),
    price: asNumber(source, 'UnitAmount', fields.UnitAmount),
    amount: asNumber(source, 'LineAmount', fields.LineAmount),
    tax: asNumber(source, 'TaxAmount', fields.TaxAmount),
    discountRate: asNumber(source, 'DiscountRate', fields.DiscountRate),
    discountAmount: asNumber(source, 'DiscountAmount', fields.DiscountAmount),
    item: asText(source, 'ItemCode', fields.ItemCode),
    account: asText(source, 'AccountCode', fields.AccountCode),
    accountId: asGuid(source, 'AccountID', fields.AccountID),
    taxType: asText(source, 'TaxType', fields.TaxType),
    tracking: asList(source, 'Tracking', fields.Tracking)?.map(parseTracking),
  };
}
