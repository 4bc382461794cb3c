// F36, X17: Xero holds a document's very sums, and under a tax type another tax: what a tax return is made of. That is shown, and is not gone over unseen.
import { lineAmounts, sumTotals } from '@stockbook/core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { chooseTax } from '../../src/choice.ts';
import { chooseSide } from '../../src/choose.ts';
import { entities } from '../../src/entities/index.ts';
import { freezeClaimed } from '../../src/freeze.ts';
import { record } from '../../src/outbox.ts';
import { ask, closeGround, finish, lastCallOf, writeBatch } from './batch.ts';
import type { Entry } from './books.ts';
import type { Ground } from './kill-points.ts';
import { type Kind, kinds } from './kinds.ts';
import { live } from './mortal.ts';
import { type OtherApp, openGroundWithRates, setTaxRate } from './other-app.ts';

const timeout = 600_000;
const documents = kinds.filter(({ entity }) => ['invoices', 'credit-notes'].includes(entity.name));
/** Longer than Xero remembers a key. */
const lateMs = 7 * 60_000;

let ground: Ground;
let app: OtherApp;
beforeAll(async () => {
  ({ ground, app } = await openGroundWithRates());
  const { stage, joined } = ground;
  for (const [treatment, type] of [
    ['domestic-standard', 'TAX001'],
    ['zero-rated-export', 'TAX002'],
  ] as const)
    expect(await chooseTax(stage.db, joined.organisation, 'Ann', { treatment, type })).toEqual({
      kind: 'chosen',
    });
});
afterAll(() => closeGround(ground));

function lineOf(treatment: string, taxRate: string) {
  const priced = { quantity: '1', unitPrice: '100', taxRate };
  return {
    ...priced,
    ...{ itemId: null, description: `Sold at ${taxRate} %`, nature: 'goods', treatment },
    ...lineAmounts(priced),
  };
}

const lines = [lineOf('domestic-standard', '20'), lineOf('zero-rated-export', '0')];

/** Half of it at the standard rate, half of it at none: 200.00 and 20.00 of tax. */
const mixed = (made: { id: string }) => ({ ...made, ...sumTotals(lines), lines });

async function shownOf(entries: readonly Entry[]) {
  const { db } = ground.stage;
  const ids = entries.map(({ id }) => id);
  const rows = await db.prisma.record.findMany({ where: { id: { in: ids } } });
  const held = await db.prisma.mapping.findMany({ where: { recordId: { in: ids } } });
  const answers = new Map(held.map(({ recordId, agreed }) => [recordId, summed.parse(JSON.parse(agreed))]));
  return rows.map(({ id, syncState, problem }) => ({ syncState, problem, sums: answers.get(id) }));
}

const summed = z.object({ SubTotal: z.number(), TotalTax: z.number(), Total: z.number() });
const sums = { SubTotal: 200, TotalTax: 20, Total: 220 };

/** A person writes a cent of the first line's tax to the second. */
async function moveCent({ entity }: Kind, entries: readonly Entry[]): Promise<void> {
  const { stage, joined } = ground;
  const claimed = entries.map(({ id }) => ({ number: '0', recordId: id }));
  const { wires } = await freezeClaimed(stage.db.sql, joined.organisation, entity, 'update', claimed);
  const taxes = [19.99, 0.01];
  const moved = wires.map((wire) => ({
    ...wire,
    LineItems: 'LineItems' in wire ? wire.LineItems.map((line, n) => ({ ...line, TaxAmount: taxes[n] })) : [],
  }));
  const collection = entity.name === 'invoices' ? 'Invoices' : 'CreditNotes';
  await app(`/${collection}`, { [collection]: moved });
}

describe.each(documents.map((kind) => [kind.entity.name, kind] as const))('F36: %s', (_name, kind) => {
  it('are completed where every tax type has the net and the tax that was reckoned', {
    timeout,
  }, async () => {
    const entries = await writeBatch(ground, kind, 2, mixed);
    await ask(ground);
    await finish(ground);
    const agrees = { syncState: 'completed', problem: null, sums };
    expect(await shownOf(entries)).toEqual([agrees, agrees]);
  });

  it('are a warning where two rates changed places in Xero, so that all sums agree', {
    timeout,
  }, async () => {
    const setRates = async (standard: number, nil: number) => {
      await setTaxRate(app, 'Own standard', standard);
      await setTaxRate(app, 'Own nil', nil);
    };
    onTestFinished(() => setRates(20, 0));
    await setRates(0, 20);
    const entries = await writeBatch(ground, kind, 2, mixed);
    await ask(ground);
    await finish(ground);
    const problem =
      'Xero holds it otherwise: tax of TAX001 0.00 instead of 20.00, tax of TAX002 20.00 instead of 0.00';
    const differs = { syncState: 'warning', problem, sums };
    expect(await shownOf(entries)).toEqual([differs, differs]);
  });

  it('are a warning where they are found again with a cent of tax on another line', { timeout }, async () => {
    const { stage, clock, dying } = ground;
    const afterId = await lastCallOf(stage);
    const entries = await writeBatch(ground, kind, 1, mixed);
    await ask(ground);
    dying.revive();
    const diesAt = { name: 'send after', entity: kind.entity.name } as const;
    expect(await live(dying, { stage, clock, diesAt })).toBe(true);
    await moveCent(kind, entries);
    await clock.step(lateMs);
    await finish(ground);
    const problem =
      'Xero holds it otherwise: tax of TAX001 19.99 instead of 20.00, tax of TAX002 0.01 instead of 0.00';
    expect(await shownOf(entries)).toEqual([{ syncState: 'warning', problem, sums }]);
    expect(await stage.client.calls({ afterId, method: 'PUT' })).toHaveLength(1);
  });

  it('are a conflict where a person moved a cent of tax, which an update would take back unseen', {
    timeout,
  }, async () => {
    const { stage, joined, books } = ground;
    const entries = await writeBatch(ground, kind, 1, mixed);
    await ask(ground);
    await finish(ground);
    await moveCent(kind, entries);
    for (const { id, n } of entries)
      await stage.db.write(joined.organisation, async (tx) => {
        await kind.entity.apply(tx, [mixed(kind.make(id, n, 2, books.parents))]);
        record(tx, { entity: kind.entity.name, id });
      });
    await ask(ground);
    await finish(ground);
    const words =
      'Xero was changed: line 1 tax amount “19.99” instead of “20”, line 2 tax amount “0.01” instead of “0”. Choose what holds';
    expect(await shownOf(entries)).toEqual([{ syncState: 'conflict', problem: words, sums }]);
    const [entry] = entries;
    await chooseSide(stage.db, entities, joined.organisation, 'Ann', {
      recordId: entry?.id ?? '',
      keep: 'ours',
    });
    await ask(ground);
    await finish(ground);
    expect(await shownOf(entries)).toEqual([{ syncState: 'completed', problem: null, sums }]);
  });
});
