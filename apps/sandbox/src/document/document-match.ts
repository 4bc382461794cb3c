// Which document an id, a number or an element of a write means (XERO.md 4.1).
import type { Matching } from '../call/visit.ts';
import { isGuid } from '../fields.ts';
import type { Organisation } from '../organisation.ts';
import { type Document, hasOwnNumber } from './document.ts';
import { type Family, storeOf } from './family.ts';
import type { SentDocument } from './sent-document.ts';

/** The document of this id or number. */
export function findDocument(
  organisation: Organisation,
  family: Family,
  idOrNumber: string,
): Document | undefined {
  const store = storeOf(organisation, family);
  const byId = isGuid(idOrNumber) ? store.get(idOrNumber.toLowerCase()) : undefined;
  const number = idOrNumber.toLowerCase();
  return byId ?? store.find('number', number, hasOwnNumber) ?? store.find('number', number);
}

export type Match =
  | { readonly kind: 'found'; readonly document: Document | undefined }
  | { readonly kind: 'refused'; readonly id: string; readonly messages: readonly string[] }
  | { readonly kind: 'missing' };

/** PUT always makes a new one; POST finds it by id or, for sales documents, by number. */
export function matchDocument(
  organisation: Organisation,
  family: Family,
  sent: SentDocument,
  matching: Matching,
): Match {
  if (matching.kind === 'create') return { kind: 'found', document: undefined };
  if (matching.kind === 'id') {
    const document = findDocument(organisation, family, matching.id);
    return document === undefined ? { kind: 'missing' } : { kind: 'found', document };
  }
  if (sent.id !== undefined) {
    const document = storeOf(organisation, family).get(sent.id);
    return document === undefined
      ? { kind: 'refused', id: sent.id, messages: [family.messages.unknownId] }
      : { kind: 'found', document };
  }
  // Only sales documents are found by number: several bills may share one.
  const mayMatch = sent.type === undefined || sent.type === family.salesType;
  const document =
    sent.number && mayMatch
      ? storeOf(organisation, family).find('number', sent.number.toLowerCase(), hasOwnNumber)
      : undefined;
  return { kind: 'found', document };
}
