// What a look finds under a number of ours may be a supplier’s document.
import { createId } from '@stockbook/db';
import { type CallResult, hashOf, type SendCall, type XeroApi } from '@stockbook/xero';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openRun } from '../src/run.ts';
import { openBooks } from './faults/books.ts';
import { createWorld, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

const readRecord = (id: string) => world.db.prisma.record.findFirstOrThrow({ where: { id } });

type Failed = CallResult & { kind: 'failed' };

/** Carries a run whose first sending to a collection never reaches Xero, and ends like this. */
async function syncWithout(failure: Failed['failure'], resource: SendCall['resource']): Promise<void> {
  let failed = false;
  const through = (api: XeroApi): XeroApi => ({
    ...api,
    send: async (call) => {
      if (failed || call.resource !== resource) return api.send(call);
      failed = true;
      return { kind: 'failed', failure, allowance: { leftThisMinute: null, leftToday: null }, calls: 1 };
    },
  });
  await openRun(world.db, world.organisation, { kind: 'manual', startedBy: 'tester' });
  await world.engine({ through }).look();
}

const refused: Failed['failure'] = { kind: 'invalid', status: 400, message: 'Refused as a whole' };
const _lost: Failed['failure'] = { kind: 'unknown-outcome', status: null, message: 'No answer' };

/** A supplier's document under a number of ours, written by another hand. */
async function writeSuppliers(
  resource: 'Invoices' | 'CreditNotes',
  numbers: readonly string[],
): Promise<Set<string | null>> {
  const api = await world.hand();
  const common = {
    Contact: { Name: 'Supplier' },
    Date: '2026-11-20',
    DueDate: '2026-12-20',
    Status: 'AUTHORISED',
    LineAmountTypes: 'Exclusive',
    LineItems: [{ Description: 'Bought', Quantity: 1, UnitAmount: 5, AccountCode: '300', TaxType: 'INPUT2' }],
  };
  const own = numbers.map((number) =>
    resource === 'Invoices'
      ? { ...common, Type: 'ACCPAY', InvoiceNumber: number }
      : { ...common, Type: 'ACCPAYCREDIT', CreditNoteNumber: number },
  );
  const body = JSON.stringify({ [resource]: own });
  const answer = await api.send({ resource, action: 'create', body, hash: hashOf(body), key: createId() });
  const elements = answer.kind === 'answered' ? answer.elements : [];
  expect(elements.map(({ verdict, xeroId }) => ({ verdict, made: xeroId !== null }))).toEqual(
    own.map(() => ({ verdict: 'ok', made: true })),
  );
  return new Set(elements.map(({ xeroId }) => xeroId));
}

it.each([
  ['Invoices', 'invoices'],
  ['CreditNotes', 'credit-notes'],
] as const)('a supplier’s document of the same number among %s is none of ours', async (resource, name) => {
  const { db, organisation, tenantId } = world;
  const { entries } = await openBooks(db, organisation, 2);
  const own = entries.filter(({ kind }) => kind.entity.name === name);
  const records = await Promise.all(own.map(({ id }) => readRecord(id)));
  const theirs = await writeSuppliers(
    resource,
    records.map(({ number }) => number ?? ''),
  );
  await syncWithout(refused, resource);
  for (const { id } of own) {
    const { syncState, problem, xeroId } = await readRecord(id);
    expect({ syncState, problem, isTheirs: theirs.has(xeroId) }).toEqual({
      ...{ syncState: 'completed', problem: null, isTheirs: false },
    });
  }
  expect((await world.client.summary(tenantId)).organisations[tenantId]?.[resource]?.count).toBe(
    own.length + theirs.size,
  );
});
