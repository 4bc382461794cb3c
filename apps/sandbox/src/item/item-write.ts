// PUT, POST and DELETE of items: which item an element means, Xero's rules, saving (XERO.md 6, 10.2).
import { change, type Matching, type Session, type Writer, type Written } from '../call/visit.ts';
import { fold } from '../contact/contact.ts';
import { tooLong } from '../contact/contact-save.ts';
import { toUnits } from '../exact.ts';
import { isGuid, readChild, readFlag, readGuid, readNumber, readText, type Source } from '../fields.ts';
import { newId } from '../new-id.ts';
import type { Organisation } from '../organisation.ts';
import { notFound, plainText, type Reply, validationException } from '../reply.ts';
import { type Item, type ItemDetails, isTracked } from './item.ts';
import { itemView } from './item-view.ts';
import { isUsed, readTrackingCodes, trackingFaults } from './tracking-codes.ts';

export const itemWriter: Writer = {
  envelope: 'Items',
  idField: 'ItemID',
  errorFlag: undefined,
  elementsMax: { create: 500, upsert: 500 },
  write: writeItem,
};

/** The item of this id or code. */
export function findItem(organisation: Organisation, idOrCode: string): Item | undefined {
  const byId = isGuid(idOrCode) ? organisation.items.get(idOrCode.toLowerCase()) : undefined;
  return byId ?? organisation.items.find('code', fold(idOrCode));
}

/** Untracked items can be deleted at any time, tracked ones until a document has moved them (XERO.md 6). */
export function removeItem(session: Session, id: string): Reply {
  const item = findItem(session.organisation, id);
  if (item === undefined) return notFound();
  if (isTracked(item) && isUsed(session.organisation, item)) {
    const message = 'The item cannot be deleted: it is tracked and has transactions';
    return validationException([
      { ItemID: item.id, Code: item.code, ValidationErrors: [{ Message: message }] },
    ]);
  }
  change(session, { kind: 'item-gone', id: item.id });
  return plainText(204, '');
}

function writeItem(session: Session, source: Source, matching: Matching): Written {
  const code = readText(source, 'Code')?.trim();
  const found = match(session.organisation, readGuid(source, 'ItemID'), code ?? '', matching);
  if (found.kind !== 'found') return found;
  const messages: string[] = [];
  const item = readItem(session, source, found.item, code, messages);
  messages.push(...faultsOf(session.organisation, item), ...trackingFaults(session, item, found.item));
  if (messages.length > 0) return { kind: 'refused', id: found.item?.id ?? '', messages };
  change(session, { kind: 'item', record: item });
  return { kind: 'saved', view: () => itemView(item, session.places), warnings: [] };
}

type Match =
  | { readonly kind: 'found'; readonly item: Item | undefined }
  | { readonly kind: 'refused'; readonly id: string; readonly messages: readonly string[] }
  | { readonly kind: 'missing' };

function match(organisation: Organisation, id: string | undefined, code: string, matching: Matching): Match {
  if (matching.kind === 'create') return { kind: 'found', item: undefined };
  if (matching.kind === 'id') {
    const item = findItem(organisation, matching.id);
    return item === undefined ? { kind: 'missing' } : { kind: 'found', item };
  }
  if (id === undefined) return { kind: 'found', item: organisation.items.find('code', fold(code)) };
  const item = organisation.items.get(id);
  return item === undefined
    ? { kind: 'refused', id, messages: ['An existing Item with the specified ItemID could not be found'] }
    : { kind: 'found', item };
}

function readItem(
  session: Session,
  source: Source,
  before: Item | undefined,
  code: string | undefined,
  messages: string[],
): Item {
  const isSold = readFlag(source, 'IsSold') ?? before?.isSold ?? true;
  const isPurchased = readFlag(source, 'IsPurchased') ?? before?.isPurchased ?? true;
  const sales = readDetails(session, source, 'SalesDetails', before?.sales, messages);
  const purchase = readDetails(session, source, 'PurchaseDetails', before?.purchase, messages);
  const description = readText(source, 'Description') ?? before?.description ?? '';
  const purchaseDescription = readText(source, 'PurchaseDescription') ?? before?.purchaseDescription ?? '';
  return {
    id: before?.id ?? newId(),
    code: code ?? before?.code ?? '',
    name: readText(source, 'Name') ?? before?.name ?? '',
    description: isSold ? description : '',
    purchaseDescription: isPurchased ? purchaseDescription : '',
    isSold,
    isPurchased,
    sales: isSold ? sales : noDetails,
    purchase: isPurchased ? purchase : noDetails,
    updatedMs: session.nowMs,
    ...readTrackingCodes(source, before),
    quantity: before?.quantity ?? 0,
    value: before?.value ?? 0,
    lastOutQuantity: before?.lastOutQuantity ?? 0,
    lastOutValue: before?.lastOutValue ?? 0,
  };
}

const noDetails: ItemDetails = { price: null, account: '', taxType: '' };

/** A member that is null is cleared; one that was not sent stays. */
function readDetails(
  session: Session,
  source: Source,
  name: string,
  before: ItemDetails | undefined,
  messages: string[],
): ItemDetails {
  const sent = readChild(source, name);
  const old = before ?? noDetails;
  if (sent === undefined) return old;
  const keep = (member: string, value: string): string =>
    sent.fields[member] === null ? '' : (readText(sent, member) ?? value);
  const number = readNumber(sent, 'UnitPrice');
  const units = number === undefined ? undefined : toUnits(number, session.places);
  if (number !== undefined && units === undefined) messages.push('The UnitPrice is out of range.');
  const priced = units === undefined ? old.price : session.places === 4 ? units : units * 100;
  return {
    price: sent.fields.UnitPrice === null ? null : priced,
    account: keep('AccountCode', old.account),
    taxType: keep('TaxType', old.taxType),
  };
}

function faultsOf(organisation: Organisation, item: Item): string[] {
  const messages: string[] = [];
  if (item.code === '') messages.push('Price List Item Code must be specified');
  const other = item.code === '' ? undefined : organisation.items.find('code', fold(item.code));
  if (other !== undefined && other.id !== item.id)
    messages.push(`Price List Item with Code '${item.code}' already exists`);
  messages.push(
    ...tooLong([
      ['Code', item.code, 30],
      ['Name', item.name, 50],
      ['Description', item.description, 4_000],
      ['PurchaseDescription', item.purchaseDescription, 4_000],
    ]),
  );
  for (const details of [item.sales, item.purchase]) {
    const account = organisation.accounts.find('code', fold(details.account));
    if (details.account !== '' && account === undefined) {
      messages.push(`Account code '${details.account}' is not a valid code for this document`);
    }
    if (details.taxType !== '' && !organisation.taxRates.has(details.taxType)) {
      messages.push(
        `The TaxType code ${details.taxType} does not exist or cannot be used for this type of transaction.`,
      );
    }
  }
  return messages;
}
