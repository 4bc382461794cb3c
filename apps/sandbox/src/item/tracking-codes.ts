// What makes an item tracked: an inventory asset account and a cost of goods sold account (XERO.md 6).
import type { Session } from '../call/visit.ts';
import { fold } from '../contact/contact.ts';
import { readChild, readFlag, readText, type Source } from '../fields.ts';
import type { Organisation } from '../organisation.ts';
import { documentKinds, documentsOf } from '../organisation-change.ts';
import { type Item, isTracked } from './item.ts';

export type TrackingCodes = Pick<Item, 'inventoryAccount' | 'cogsAccount'>;

/** A code that is null is cleared; one that was not sent stays. */
export function readTrackingCodes(source: Source, before: Item | undefined): TrackingCodes {
  const purchase = readChild(source, 'PurchaseDetails');
  const isPurchased = readFlag(source, 'IsPurchased') ?? before?.isPurchased ?? true;
  return {
    inventoryAccount: readCode(source, 'InventoryAssetAccountCode', before?.inventoryAccount ?? ''),
    // What is not purchased has no purchase details, and so no cost account.
    cogsAccount: !isPurchased
      ? ''
      : purchase === undefined
        ? (before?.cogsAccount ?? '')
        : readCode(purchase, 'COGSAccountCode', before?.cogsAccount ?? ''),
  };
}

function readCode(source: Source, name: string, before: string): string {
  return source.fields[name] === null ? '' : (readText(source, name) ?? before);
}

/** Xero's words for most of these are not known; these are the sandbox's own. */
export function trackingFaults(session: Session, item: Item, before: Item | undefined): string[] {
  const { organisation } = session;
  const messages: string[] = [];
  const { inventoryAccount, cogsAccount } = item;
  if (before !== undefined && isUsed(organisation, before)) {
    if (isTracked(before) !== isTracked(item) || before.inventoryAccount !== inventoryAccount)
      messages.push('The inventory asset account cannot be changed: the item has transactions');
  }
  if (inventoryAccount === '' && cogsAccount === '') return messages;
  if (inventoryAccount === '')
    messages.push('InventoryAssetAccountCode must be specified where COGSAccountCode is');
  if (cogsAccount === '') messages.push('COGSAccountCode must be specified for a tracked item');
  if (item.purchase.account !== '')
    messages.push('A tracked item has a COGSAccountCode and no AccountCode in its PurchaseDetails');
  const asset = organisation.accounts.find('code', fold(inventoryAccount));
  if (inventoryAccount !== '' && (asset?.type !== 'INVENTORY' || asset.status !== 'ACTIVE'))
    messages.push(`The account '${inventoryAccount}' is not an account of type INVENTORY`);
  const cogs = organisation.accounts.find('code', fold(cogsAccount));
  if (cogsAccount !== '' && (cogs === undefined || cogs.status !== 'ACTIVE' || cogs.type === 'INVENTORY'))
    messages.push(`Account code '${cogsAccount}' is not a valid code for this document`);
  return messages;
}

/** Whether a document has ever moved the item's stock. */
export function isUsed(organisation: Organisation, item: Item): boolean {
  if (item.quantity !== 0 || item.value !== 0) return true;
  return documentKinds.some((kind) =>
    documentsOf(organisation, kind)
      .ordered()
      .some((document) => document.stock?.some((movement) => movement.item === item.id) === true),
  );
}
