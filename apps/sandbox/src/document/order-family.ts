// Purchase orders and quotes: documents that post nothing (XERO.md 7.5). Their transitions are not published.
import type { Family } from './family.ts';

const open = ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'BILLED', 'DELETED'] as const;

export const orderFamily: Family = {
  kind: 'purchase-order',
  envelope: 'PurchaseOrders',
  idField: 'PurchaseOrderID',
  numberField: 'PurchaseOrderNumber',
  typeWord: 'PurchaseOrderType',
  statusWord: 'PurchaseOrderStatus',
  types: ['PURCHASEORDER'],
  salesType: 'PURCHASEORDER',
  numberPrefix: 'PO-',
  hasUrl: false,
  posts: false,
  makesContacts: false,
  statuses: open,
  creatable: ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'BILLED'],
  steps: {
    DRAFT: open,
    SUBMITTED: open,
    AUTHORISED: ['AUTHORISED', 'BILLED', 'DELETED'],
    BILLED: ['BILLED', 'AUTHORISED', 'DELETED'],
  },
  complete: ['SUBMITTED', 'AUTHORISED', 'BILLED'],
  texts: ['DeliveryAddress', 'AttentionTo', 'Telephone', 'DeliveryInstructions'],
  dates: ['DeliveryDate', 'ExpectedArrivalDate'],
  messages: {
    type: '',
    unique: 'Order number must be unique',
    notCreatable: 'Purchase order not of valid status for creation',
    notModifiable: 'Purchase order not of valid status for modification',
    unknownId: 'An existing Purchase Order with the specified PurchaseOrderID could not be found',
    negative: 'The purchase order total must not be negative',
  },
};

export const quoteFamily: Family = {
  kind: 'quote',
  envelope: 'Quotes',
  idField: 'QuoteID',
  numberField: 'QuoteNumber',
  typeWord: 'QuoteType',
  statusWord: 'QuoteStatus',
  types: ['QUOTE'],
  salesType: 'QUOTE',
  numberPrefix: 'QU-',
  hasUrl: false,
  posts: false,
  makesContacts: true,
  statuses: ['DRAFT', 'SENT', 'ACCEPTED', 'DECLINED', 'INVOICED', 'DELETED'],
  creatable: ['DRAFT', 'SENT'],
  steps: {
    DRAFT: ['DRAFT', 'SENT', 'DELETED'],
    SENT: ['SENT', 'DRAFT', 'ACCEPTED', 'DECLINED', 'INVOICED', 'DELETED'],
    ACCEPTED: ['ACCEPTED', 'SENT', 'DRAFT', 'INVOICED', 'DELETED'],
    DECLINED: ['DECLINED', 'SENT', 'DRAFT', 'DELETED'],
    INVOICED: ['INVOICED', 'SENT', 'DRAFT', 'DELETED'],
  },
  complete: ['SENT', 'ACCEPTED', 'INVOICED'],
  texts: ['Title', 'Summary', 'Terms'],
  dates: ['ExpiryDate'],
  messages: {
    type: '',
    unique: 'Quote number must be unique',
    notCreatable: 'Quote not of valid status for creation',
    notModifiable: 'Quote not of valid status for modification',
    unknownId: 'An existing Quote with the specified QuoteID could not be found',
    negative: 'The quote total must not be negative',
  },
};
