// entityContract(): the suite that every entity must pass, whatever it is.
import { readFileSync } from 'node:fs';
import { syncColumns } from '@stockbook/core';
import { type Element, parseElements, type Resource } from '@stockbook/xero';
import { describe, expect, it } from 'vitest';
import type { Entity, Ids } from '../entity.ts';
import { entities } from './index.ts';

/** An entity that knows every parent, account and tax type. */
export const settledIds: Ids = {
  xeroId: (id) => `00000000-0000-4000-8000-${id.slice(-12).padStart(12, '0')}`,
  title: (id) => `record ${id}`,
  isKept: () => false,
  code: (id) => `CODE-${id.slice(-4)}`,
  accountCode: () => '200',
  taxType: () => 'OUTPUT2',
};

/** One element of an answer, from a fixture. */
export function elementOf(resource: Resource, fixture: URL): Element {
  const [element] =
    parseElements(resource, { [resource]: [JSON.parse(readFileSync(fixture, 'utf8'))] }) ?? [];
  if (element === undefined) throw new Error(`${fixture.pathname} is no element of ${resource}`);
  return element;
}

export function entityContract<R extends { id: string }>(entity: Entity<R>, samples: readonly R[]): void {
  describe(`${entity.name} as an entity`, () => {
    it('is in the registry, once, after entities that are there too', () => {
      const names = entities.map((one) => one.name);
      expect(names.filter((name) => name === entity.name)).toHaveLength(1);
      for (const name of entity.after) expect(names).toContain(name);
    });

    it('has a column for each question people ask of the sync (A66 to A74)', () => {
      expect(entity.columns.map((column) => column.key)).toEqual(
        expect.arrayContaining(syncColumns.map((column) => column.key)),
      );
      expect(new Set(entity.columns.map((column) => column.key)).size).toBe(entity.columns.length);
    });

    it('shows a record in labelled texts', () => {
      for (const sample of samples) {
        const labels = entity.details(sample).map((detail) => detail.label);
        expect(labels.length).toBeGreaterThan(0);
        expect(new Set(labels).size).toBe(labels.length);
      }
    });

    it(`goes to Xero: ${entity.exports}`, () => {
      const sends = entity.exports === 'yes';
      expect(entity.toXero !== undefined).toBe(sends);
      expect(entity.remote !== undefined).toBe(sends);
      expect(entity.check !== undefined).toBe(sends);
    });

    if (entity.exports === 'yes')
      it('freezes to a text that thaws and freezes to itself', () => freezesToItself(entity, samples));
  });
}

function freezesToItself<R extends { id: string }>(entity: Entity<R>, samples: readonly R[]): void {
  const { remote, toXero } = entity;
  if (remote === undefined || toXero === undefined) throw new Error(`${entity.name} has no way to Xero`);
  const wires = samples.map((sample) => {
    const mapped = toXero(sample, settledIds);
    if (mapped.kind === 'held') throw new Error(mapped.reason);
    return mapped.wire;
  });
  const frozen = remote.freeze(wires);
  const again = remote.freeze(remote.thaw(frozen.body));
  expect(again).toEqual(frozen);
  expect(frozen.hash).toMatch(/^[0-9a-f]{64}$/);
  const keys = remote.thaw(frozen.body).map((wire) => remote.keyOf(wire));
  expect(keys).toEqual(wires.map((wire) => remote.keyOf(wire)));
  expect(keys.every((key) => key !== '')).toBe(true);
}
