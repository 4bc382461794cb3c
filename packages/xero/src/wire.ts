// Payloads as they stand on the wire, in Xero's own names; only what we send. Amounts are JavaScript numbers made from decimals last (XERO.md 11.2).
export interface WireContact {
  ContactID?: string;
  ContactNumber: string;
  Name: string;
  EmailAddress?: string;
  Phones?: WirePhone[];
  Addresses?: { AddressType: 'STREET'; Country: string }[];
}

export interface WirePhone {
  PhoneType: 'DEFAULT';
  PhoneNumber: string;
  PhoneAreaCode?: string;
  PhoneCountryCode?: string;
}

export interface WireItem {
  ItemID?: string;
  Code: string;
  Name: string;
  Description?: string;
}

export interface WireLine {
  /** On an update: Xero keeps the line of this id and deletes those that are not named (XERO.md 7.2). */
  LineItemID?: string;
  Description: string;
  Quantity: number;
  UnitAmount: number;
  ItemCode?: string;
  AccountCode: string;
  TaxType: string;
}

interface WireDocument {
  Contact: { ContactID: string };
  Date: string;
  CurrencyCode: string;
  LineAmountTypes: 'Exclusive';
  Status: 'AUTHORISED';
  Reference?: string;
  LineItems: WireLine[];
}

export interface WireInvoice extends WireDocument {
  InvoiceID?: string;
  Type: 'ACCREC';
  InvoiceNumber: string;
  DueDate: string;
}

export interface WireCreditNote extends WireDocument {
  CreditNoteID?: string;
  Type: 'ACCRECCREDIT';
  CreditNoteNumber: string;
}

export type Wire = WireContact | WireItem | WireInvoice | WireCreditNote;

/** The collections of the Accounting API that we write. */
export type Resource = 'Contacts' | 'Items' | 'Invoices' | 'CreditNotes';

/** The payload of each collection. */
export interface WireOf {
  Contacts: WireContact;
  Items: WireItem;
  Invoices: WireInvoice;
  CreditNotes: WireCreditNote;
}
