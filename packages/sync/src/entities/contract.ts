// entityContract(): the suite that every entity must pass, whatever it is.
import { readFileSync } from 'node:fs';
import { syncColumns } from '@stockbook/core';
import { type Element, parseElements, type Resource, type Wire } from '@stockbook/xero';
import { describe, expect, it } from 'vitest';
import type { Document } from '../document.ts';
import type { Entity, Ids, Mapped } from '../entity.ts';
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

/** When a document of two goods lines, 20.34 and 4.07 of tax, agrees with Xero's answer (X17); `answer` reads the fixture of that name. */
export function agreementContract<D extends Document>(
  check: (document: D, element: Element, wire: Wire | undefined) => string | undefined,
  document: D,
  mapped: Mapped,
  answer: (fixture: string) => Element,
): void {
  const sent = mapped.kind === 'ready' ? mapped.wire : undefined;
  const agrees = answer('agrees');

  describe('an answer of Xero', () => {
    it('agrees when it is the same to the cent (X17)', () => {
      expect(check(document, agrees, sent)).toBeUndefined();
    });

    it('is a warning when a cent differs, or the status, or a line is missing (X17, C8)', () => {
      expect(check(document, answer('cent-off'), sent)).toMatch(/total 24.42 instead of 24.41/);
      expect(check(document, answer('draft'), sent)).toMatch(/status DRAFT/);
      expect(check(document, answer('line-lost'), sent)).toMatch(/1 lines instead of 2/);
    });

    it('is a warning when the sums agree and what is under a tax type does not (X17)', () => {
      const moved = [
        { taxType: 'OUTPUT2', net: '20.34', tax: '4.06' },
        { taxType: '', net: '0', tax: '0.01' },
      ];
      expect(check(document, { ...agrees, lines: moved }, sent)).toBe(
        'Xero holds it otherwise: tax of OUTPUT2 4.06 instead of 4.07, tax of no tax type 0.01 instead of 0.00',
      );
      const other = agrees.lines?.map((each) => ({ ...each, taxType: 'RROUTPUT' })) ?? [];
      expect(check(document, { ...agrees, lines: other }, sent)).toMatch(
        /net of OUTPUT2 0.00 instead of 20.34, tax of OUTPUT2 0.00 instead of 4.07, net of RROUTPUT 20.34 instead of 0.00/,
      );
    });

    it('has its sums alone to agree with where Xero told no lines', () => {
      expect(check(document, { ...agrees, lines: null }, sent)).toBeUndefined();
      expect(check(document, { ...answer('cent-off'), lines: null }, sent)).toMatch(/total 24.42 instead/);
    });
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
