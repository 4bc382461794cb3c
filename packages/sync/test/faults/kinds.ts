// Records of every kind that reaches Xero, for the harness: the kinds come from the registry, and one without a maker here is an error.
import { lineAmounts, sumTotals } from '@stockbook/core';
import { entities } from '../../src/entities/index.ts';
import type { Entity } from '../../src/entity.ts';
import { layersOf } from '../../src/layer.ts';

/** Records made before, by kind: a child takes its parents from them, round and round. */
export type Parents = ReadonlyMap<string, readonly string[]>;

export interface Kind {
  entity: Entity;
  /** Record `n` of its kind in its `version`, which goes on the wire as 'v<version>.' */
  make(id: string, n: number, version: number, parents: Parents): { id: string };
}

type Maker = Kind['make'];

const makers: Readonly<Record<string, Maker>> = {
  contacts: (id, n, version) => ({
    ...{ id, number: `C-${n}`, name: `Contact ${n} v${version}.` },
    ...{ email: null, phone: null, country: null },
  }),
  items: (id, n, version) => ({
    ...{ id, code: `ITEM-${n}`, name: `Item ${n}`, nameSource: 'person' },
    ...{ description: `Sold by the piece, v${version}.`, kind: 'goods' },
  }),
  invoices: (id, n, version, parents) => ({
    ...documentOf(id, `INV-${n}`, n, version, parents),
    dueDate: '2027-03-15',
  }),
  'credit-notes': (id, n, version, parents) => documentOf(id, `CN-${n}`, n, version, parents),
};

/** Every kind that is sent, parents before children. */
export const kinds: readonly Kind[] = layersOf(entities)
  .flat()
  .map((entity) => ({ entity, make: makerOf(entity.name) }));

function makerOf(name: string): Maker {
  const maker = makers[name];
  if (maker === undefined)
    throw new Error(`The harness cannot make ${name}: give them a maker in test/faults/kinds.ts`);
  return maker;
}

/** Two lines of half a cent, which a float gets wrong in some (1.005), so that a cent that goes astray is seen. */
function documentOf(id: string, number: string, n: number, version: number, parents: Parents) {
  const lines = [lineOf(n, version, parents), lineOf(n + 1, version + 1, parents)];
  return {
    ...{ id, number, contactId: pick(parents.get('contacts'), n), date: '2027-02-13', currency: 'GBP' },
    ...{ reference: `v${version}.`, status: 'authorised' as const, sourceHash: null },
    ...sumTotals(lines),
    lines,
  };
}

function lineOf(n: number, version: number, parents: Parents) {
  const priced = {
    quantity: String(1 + (n % 3)),
    unitPrice:
      n % 2 === 0 ? `${version}.${String(n % 100).padStart(2, '0')}5` : `${3 + version}.${17 + (n % 80)}25`,
    taxRate: '20',
  };
  return {
    ...priced,
    ...{ itemId: pick(parents.get('items'), n), description: `Sold ${n}` },
    ...{ nature: 'goods', treatment: 'domestic-standard' },
    ...lineAmounts(priced),
  };
}

function pick(list: readonly string[] = [], n: number): string {
  return list[n % list.length] ?? '';
}

/** The version that a payload or an element's text carries; 0 where it carries none. */
export function versionIn(text: string): number {
  return Number(/\bv(\d+)\./.exec(text)?.[1] ?? 0);
}
