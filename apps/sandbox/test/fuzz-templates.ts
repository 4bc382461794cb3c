// A good element of every resource with the members it may have, from which bad ones are made.
import { lineOf } from './xero.ts';

export type Template = {
  /** Below /api.xro/2.0. */
  readonly path: string;
  readonly envelope: string;
  readonly element: Readonly<Record<string, unknown>>;
  /** A record of it that exists, as a placeholder; none for those that have no address of their own. */
  readonly id?: string;
};

const tracking = [{ Name: 'Region', Option: 'England', TrackingCategoryID: '$CATEGORY$' }];
const line = lineOf({
  LineItemID: '$LINE$',
  ItemCode: 'U-1',
  LineAmount: 100,
  TaxAmount: 20,
  DiscountRate: 0,
  DiscountAmount: 0,
  AccountID: '$SALES$',
  Tracking: tracking,
});
const texts = (...names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, name.toLowerCase()]));

const document = {
  Contact: { ContactID: '$CONTACT$', Name: 'Ann Archer', ContactNumber: 'C-1' },
  Date: '2026-03-02',
  DueDate: '2026-04-01',
  LineAmountTypes: 'Exclusive',
  Status: 'AUTHORISED',
  LineItems: [line],
  CurrencyCode: 'GBP',
  CurrencyRate: 1,
  Reference: 'ref',
  BrandingThemeID: '$THEME$',
  SentToContact: false,
};
const contact = {
  ...texts('FirstName', 'LastName', 'AccountNumber', 'TaxNumber', 'CompanyNumber', 'BankAccountDetails'),
  ...{ ContactID: '$CONTACT$', ContactNumber: 'C-2', Name: 'Bo Baker', ContactStatus: 'ACTIVE' },
  ...{ EmailAddress: 'a@example.com', DefaultCurrency: 'GBP', Website: 'https://example.com' },
  Addresses: [texts('AddressType', 'AddressLine1', 'City', 'Region', 'PostalCode', 'Country', 'AttentionTo')],
  Phones: [texts('PhoneType', 'PhoneNumber', 'PhoneAreaCode', 'PhoneCountryCode')],
  ContactPersons: [
    { ...texts('FirstName', 'LastName'), EmailAddress: 'b@example.com', IncludeInEmails: true },
  ],
  PaymentTerms: { Bills: { Day: 5, Type: 'OFFOLLOWINGMONTH' }, Sales: { Day: 5, Type: 'DAYSAFTERBILLDATE' } },
};
const item = {
  ...{ ItemID: '$ITEM$', Code: 'U-9', Name: 'Lamp', Description: 'd', PurchaseDescription: 'p' },
  ...{ IsSold: true, IsPurchased: true, IsTrackedAsInventory: true, InventoryAssetAccountCode: '630' },
  SalesDetails: { UnitPrice: 1.5, AccountCode: '200', TaxType: 'OUTPUT2' },
  PurchaseDetails: { UnitPrice: 1, AccountCode: '300', COGSAccountCode: '310', TaxType: 'INPUT2' },
};
const payment = {
  ...{
    Invoice: { InvoiceID: '$INVOICE$', InvoiceNumber: 'F-1' },
    Account: { Code: '090', AccountID: '$BANK$' },
  },
  ...{ Date: '2026-03-03', Amount: 0.01, Reference: 'r', IsReconciled: true, CurrencyRate: 1 },
};
const allocation = {
  Amount: 0.01,
  AppliedAmount: 0.01,
  Date: '2026-03-02',
  Invoice: { InvoiceID: '$INVOICE$' },
};

export const templates: readonly Template[] = [
  { path: '/Contacts', envelope: 'Contacts', element: contact, id: '$CONTACT$' },
  { path: '/Items', envelope: 'Items', element: item, id: '$ITEM$' },
  {
    path: '/Invoices',
    envelope: 'Invoices',
    element: {
      ...{ InvoiceID: '$INVOICE$', Type: 'ACCREC', InvoiceNumber: 'F-9', Url: 'https://example.com/1' },
      ...document,
      ...{ PlannedPaymentDate: '2026-04-01', ExpectedPaymentDate: '2026-04-01' },
    },
    id: '$INVOICE$',
  },
  {
    path: '/CreditNotes',
    envelope: 'CreditNotes',
    element: { CreditNoteID: '$CREDIT$', Type: 'ACCRECCREDIT', CreditNoteNumber: 'CN-9', ...document },
    id: '$CREDIT$',
  },
  {
    path: '/PurchaseOrders',
    envelope: 'PurchaseOrders',
    element: {
      ...{ PurchaseOrderID: '$ORDER$', PurchaseOrderNumber: 'PO-9', DeliveryDate: '2026-04-01' },
      ...{ ...document, ...texts('DeliveryAddress', 'AttentionTo', 'Telephone', 'DeliveryInstructions') },
    },
    id: '$ORDER$',
  },
  {
    path: '/Quotes',
    envelope: 'Quotes',
    element: {
      ...{ QuoteID: '$QUOTE$', QuoteNumber: 'QU-9', ExpiryDate: '2026-04-01', ...document },
      ...{ ...texts('Title', 'Summary', 'Terms'), Status: 'SENT' },
    },
    id: '$QUOTE$',
  },
  {
    path: '/ManualJournals',
    envelope: 'ManualJournals',
    element: {
      ...{ ManualJournalID: '$JOURNAL$', Narration: 'n', Date: '2026-03-02', Status: 'POSTED' },
      ...{ LineAmountTypes: 'NoTax', Url: 'https://example.com', ShowOnCashBasisReports: true },
      JournalLines: [
        {
          LineAmount: 1,
          AccountCode: '310',
          Description: 'd',
          TaxType: 'NONE',
          Tracking: tracking,
          TaxAmount: 0,
        },
        { LineAmount: -1, AccountCode: '429', AccountID: '$SALES$' },
      ],
    },
    id: '$JOURNAL$',
  },
  {
    path: '/BankTransactions',
    envelope: 'BankTransactions',
    element: {
      ...{
        BankTransactionID: '$TRANSACTION$',
        Type: 'RECEIVE',
        BankAccount: { Code: '090', AccountID: '$BANK$' },
      },
      ...{ ...document, IsReconciled: true, Url: 'https://example.com' },
    },
    id: '$TRANSACTION$',
  },
  { path: '/Payments', envelope: 'Payments', element: { ...payment, Status: 'DELETED' }, id: '$PAYMENT$' },
  {
    path: '/BatchPayments',
    envelope: 'BatchPayments',
    element: {
      ...{ BatchPaymentID: '$BATCH$', Account: { Code: '090' }, Date: '2026-03-03', Status: 'DELETED' },
      ...{ ...texts('Reference', 'Narrative', 'Details', 'Particulars'), Payments: [payment] },
    },
    id: '$BATCH$',
  },
  ...[
    ['CreditNotes', '$CREDIT$'],
    ['Overpayments', '$OVERPAYMENT$'],
    ['Prepayments', '$PREPAYMENT$'],
  ].map(([name = '', id = '']) => ({
    path: `/${name}/${id}/Allocations`,
    envelope: 'Allocations',
    element: allocation,
    id: '$INVOICE$',
  })),
  {
    path: '/Accounts',
    envelope: 'Accounts',
    element: {
      ...{ Code: 'F9', Name: 'Fuzz', Type: 'EXPENSE', TaxType: 'INPUT2', Description: 'd', Status: 'ACTIVE' },
      ...{
        BankAccountNumber: '01',
        EnablePaymentsToAccount: false,
        CurrencyCode: 'GBP',
        AccountID: '$ACCOUNT$',
      },
    },
    id: '$ACCOUNT$',
  },
  {
    path: '/TaxRates',
    envelope: 'TaxRates',
    element: {
      ...{ Name: 'Fuzz rate', TaxType: 'TAX001', ReportTaxType: 'OUTPUT', Status: 'ACTIVE' },
      TaxComponents: [{ Name: 'A', Rate: 5, IsCompound: false, IsNonRecoverable: false }],
    },
    id: 'OUTPUT2',
  },
  { path: '/Currencies', envelope: 'Currencies', element: { Code: 'EUR', Description: 'Euro' }, id: 'GBP' },
  {
    path: '/TrackingCategories',
    envelope: 'TrackingCategories',
    element: { Name: 'Fuzz', Status: 'ACTIVE', Options: [{ Name: 'A' }] },
    id: '$CATEGORY$',
  },
  {
    path: '/TrackingCategories/$CATEGORY$/Options',
    envelope: 'Options',
    element: { Name: 'Fuzz', Status: 'ACTIVE' },
    id: '$OPTION$',
  },
  {
    path: '/ContactGroups',
    envelope: 'ContactGroups',
    element: { Name: 'Fuzz', Status: 'ACTIVE' },
    id: '$GROUP$',
  },
  {
    path: '/ContactGroups/$GROUP$/Contacts',
    envelope: 'Contacts',
    element: { ContactID: '$CONTACT$' },
    id: '$CONTACT$',
  },
  {
    path: '/Employees',
    envelope: 'Employees',
    element: {
      ...{ EmployeeID: '$EMPLOYEE$', FirstName: 'A', LastName: 'B', Status: 'ACTIVE' },
      ExternalLink: { Url: 'https://example.com', Description: 'd' },
    },
    id: '$EMPLOYEE$',
  },
  ...['Invoices/$INVOICE$', 'Items/$ITEM$', 'Payments/$PAYMENT$', 'Contacts/$CONTACT$'].map((parent) => ({
    path: `/${parent}/History`,
    envelope: 'HistoryRecords',
    element: { Details: 'note', Changes: 'c', DateUTC: '2026-01-01' },
  })),
];

/** Lists and records to be read, beside those above. */
export const readOnly: readonly string[] = [
  ...['/Organisation', '/Organisation/Actions', '/Journals', '/Journals/1', '/Overpayments', '/Prepayments'],
  ...[
    '/Overpayments/$OVERPAYMENT$',
    '/Prepayments/$PREPAYMENT$',
    '/Reports/TrialBalance',
    '/Reports/Nothing',
  ],
  ...[
    '/Reports/AgedReceivablesByContact',
    '/Reports/AgedPayablesByContact',
    '/Reports/BankSummary',
    '/Reports',
  ],
];

/** Records that files hang on, and two that take none. */
export const fileParents: readonly string[] = [
  ...['Invoices/$INVOICE$', 'CreditNotes/$CREDIT$', 'Contacts/$CONTACT$', 'PurchaseOrders/$ORDER$'],
  ...['Quotes/$QUOTE$', 'BankTransactions/$TRANSACTION$', 'ManualJournals/$JOURNAL$', 'Accounts/$ACCOUNT$'],
  ...['Items/$ITEM$', 'Payments/$PAYMENT$', 'Invoices/00000000-0000-0000-0000-000000000001', 'Invoices/x'],
];
