// What a look finds under a record's number may be another's: a supplier's document, or what another record is mapped to.
import { createId } from '@stockbook/db';
import type { SandboxFault } from '@stockbook/sandbox/client';
import { hashOf, type SendCall } from '@stockbook/xero';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { entities, invoices } from '../src/entities/index.ts';
import { setDoNotSync } from '../src/exclusion.ts';
import { record } from '../src/outbox.ts';
import { retryChanges } from '../src/retry.ts';
import { openBooks } from './faults/books.ts';
import { countStates, ids, invoiceOf, makeInventory } from './inventory.ts';
import { actor, createWorld, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

const readRecord = (id: string) => world.db.prisma.record.findFirstOrThrow({ where: { id } });

/** Carries a run whose first sending to a collection never reaches Xero, and ends like this. */
async function syncWithout(fault: SandboxFault, resource: SendCall['resource']): Promise<void> {
  await world.client.fail({ ...fault, method: 'PUT', path: `/${resource}` });
  await world.sync();
}

const refused: SandboxFault = { kind: '400', message: 'Refused as a whole' };
const lost: SandboxFault = { kind: 'reset', when: 'before' };

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

it('a number that another record had, and still has in Xero, does not make that one’s document ours', async () => {
  const { db, organisation } = world;
  const made = await makeInventory(db, organisation, { contacts: 1, items: 1, invoices: 1 });
  const [contact = '', item = ''] = [made.contacts[0], made.items[0]];
  const [former = ''] = made.invoices;
  await world.sync();
  const { xeroId } = await readRecord(former);
  const [later = ''] = ids(1);
  const write = (id: string, number: string) =>
    db.write(organisation, async (tx) => {
      await invoices.apply(tx, [invoiceOf(id, number, contact, item)]);
      record(tx, { entity: 'invoices', id });
    });
  const exclude = (id: string, noExport: boolean) =>
    db.write(organisation, (tx) => setDoNotSync(tx, entities, actor, id, { noExport }));
  await write(former, 'INV-1');
  await exclude(former, true);
  await write(later, 'INV-0');
  await syncWithout(lost, 'Invoices');
  expect(await readRecord(later)).toMatchObject({
    ...{ syncState: 'failed', xeroId: null, problem: expect.stringMatching(/must be unique/) },
  });
  expect(await readRecord(former)).toMatchObject({ xeroId });

  // Renamed in Xero, too, it gives the number away.
  await exclude(former, false);
  await world.sync();
  await retryChanges(db, organisation, actor, { kind: 'all' });
  await world.sync();
  expect(await countStates(db, organisation, 'invoices')).toEqual({ sent: 3, skipped: 1 });
  expect((await readRecord(later)).xeroId).not.toBe(xeroId);
});
