// Gives a resource the parts Attachments and History below its records (XERO.md 8).
import type { Part, Resource } from '../call/visit.ts';
import type { Organisation } from '../organisation.ts';
import type { Store, Stored } from '../store.ts';
import { attachmentsPart } from './attachments.ts';
import { historyPart } from './history.ts';
import type { Parent } from './parent.ts';

export function withFiles(resource: Resource, parent: Parent): Resource {
  return withParts(resource, [['attachments', attachmentsPart(parent)]]);
}

export function withHistory(resource: Resource, parent: Parent): Resource {
  return withParts(resource, [['history', historyPart(parent)]]);
}

export function withBoth(resource: Resource, parent: Parent): Resource {
  return withHistory(withFiles(resource, parent), parent);
}

/** Finds the record by its id in the store that `storeOf` names. */
export function byId<T extends Stored>(storeOf: (organisation: Organisation) => Store<T>): Parent['find'] {
  return (organisation, id) => storeOf(organisation).get(id.toLowerCase());
}

function withParts(resource: Resource, parts: readonly (readonly [string, Part])[]): Resource {
  return { ...resource, parts: new Map([...(resource.parts ?? []), ...parts]) };
}
