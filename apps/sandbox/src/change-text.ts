// The changes of an organisation as the journal writes them.
import { documentText } from './document/document-text.ts';
import { itemText } from './item/item-text.ts';
import type { OrganisationChange } from './organisation-change.ts';

/** JSON that `organisationChange` reads back as it was; documents, items and their stock, which are nearly all, in few characters. */
export function changeText(change: OrganisationChange): string {
  switch (change.kind) {
    case 'invoice':
    case 'credit-note':
    case 'purchase-order':
    case 'quote':
    case 'bank-transaction':
    case 'receipt':
    case 'repeating-invoice':
    case 'overpayment':
    case 'prepayment':
      return `{"kind":"${change.kind}","record":${documentText(change.record)}}`;
    case 'item':
      return `{"kind":"item","record":${itemText(change.record)}}`;
    case 'stock': {
      const { id, quantity, value, lastOutQuantity, lastOutValue } = change;
      return `{"kind":"stock","id":"${id}","quantity":${quantity},"value":${value},"lastOutQuantity":${lastOutQuantity},"lastOutValue":${lastOutValue}}`;
    }
    default:
      return JSON.stringify(change);
  }
}
