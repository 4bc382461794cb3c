// What a person changed in Xero is never written over unseen: it is shown, and a person chooses what holds.

import { createId } from '@stockbook/db';
import type { SandboxFault } from '@stockbook/sandbox/client';
import { freeze, hashOf, lineIdsOf, type Resource, type Wire, type XeroApi } from '@stockbook/xero';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chooseSide } from '../src/choose.ts';
import { contacts, entities, invoices } from '../src/entities/index.ts';
import { freezeClaimed } from '../src/freeze.ts';
import { record } from '../src/outbox.ts';
import { readConflict } from '../src/read-conflict.ts';
import { openRun } from '../src/run.ts';
import { readQueueCounts } from '../src/status.ts';
import { firstSend } from './first-send.ts';
import { countStates, ids, invoiceOf, makeInventory, writeContacts } from './inventory.ts';
import { createWorld, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

/** Sends what waits, and answers the API of a person's hand. */
async function inXero(): Promise<XeroApi> {
  await world.sync();
  return world.hand();
}

/** What a person does in Xero to one record. */
async function editInXero(api: XeroApi, resource: Resource, wire: Wire): Promise<void> {
  const { body, hash } = freeze(resource, [wire]);
  const answer = await api.send({ resource, action: 'update', body, hash, key: createId() });
  expect(answer).toMatchObject({ kind: 'answered', elements: [{ verdict: 'ok' }] });
}

async function renameInXero(api: XeroApi, id: string, n: number, name: string): Promise<void> {
  await editInXero(api, 'Contacts', {
    ContactID: await xeroIdOf(id),
    ContactNumber: `Contact-${n}`,
    Name: name,
  });
}

function editContact(id: string, n: number, name: string): Promise<void> {
  return world.db.write(world.organisation, async (tx) => {
    await contacts.apply(tx, [{ id, number: `Contact-${n}`, name, email: null, phone: null, country: null }]);
    record(tx, { entity: 'contacts', id });
  });
}

const readRecord = (id: string) => world.db.prisma.record.findFirstOrThrow({ where: { id } });
const xeroIdOf = async (id: string) => (await readRecord(id)).xeroId ?? '';
const choose = (recordId: string, keep: 'ours' | 'theirs') =>
  chooseSide(world.db, entities, world.organisation, 'tester', { recordId, keep });

async function nameInXero(api: XeroApi, xeroId: string): Promise<string | null | undefined> {
  const found = await api.find({ resource: 'Contacts', by: 'id', values: [xeroId] });
  return found.kind === 'answered' ? found.elements[0]?.name : undefined;
}

describe('a contact that was changed in Xero and here', () => {
  let api: XeroApi;
  let own: string[];
  beforeEach(async () => {
    own = ids(5);
    await world.db.write(world.organisation, (tx) => writeContacts(tx, own));
    api = await inXero();
    await renameInXero(api, own[0] ?? '', 0, 'Renamed in Xero');
    for (const [n, id] of own.entries()) await editContact(id, n, `Renamed here ${n}`);
    await world.sync();
  });

  it('waits for a person while its neighbours go (X7)', async () => {
    expect(await countStates(world.db, world.organisation, 'contacts')).toEqual({
      sent: 9,
      'held: conflict': 1,
    });
    expect(await readRecord(own[0] ?? '')).toMatchObject({
      syncState: 'conflict',
      problem: 'Xero was changed: name “Renamed in Xero” instead of “Contact 0”. Choose what holds',
    });
    expect(await nameInXero(api, await xeroIdOf(own[0] ?? ''))).toBe('Renamed in Xero');
    expect(await nameInXero(api, await xeroIdOf(own[1] ?? ''))).toBe('Renamed here 1');
    expect(await readQueueCounts(world.db, world.organisation)).toMatchObject({ conflicts: 1, held: 0 });
    expect(await readConflict(world.db, contacts, world.organisation, own[0] ?? '')).toMatchObject({
      gone: false,
      differences: [
        { field: 'name', ours: 'Renamed here 0', agreed: 'Contact 0', theirs: 'Renamed in Xero' },
      ],
    });
    expect(await world.sync()).toBe('nothing');
  });

  it('goes over Xero’s when a person chooses ours, and asks again when Xero was changed once more', async () => {
    expect(await choose(own[0] ?? '', 'ours')).toEqual({ kind: 'chosen' });
    expect(await choose(own[0] ?? '', 'ours')).toEqual({ kind: 'no-conflict' });
    await renameInXero(api, own[0] ?? '', 0, 'Again in Xero');
    await world.sync();
    expect(await readRecord(own[0] ?? '')).toMatchObject({ syncState: 'conflict' });
    await choose(own[0] ?? '', 'ours');
    await world.sync();
    expect(await readRecord(own[0] ?? '')).toMatchObject({ syncState: 'completed', problem: null });
    expect(await nameInXero(api, await xeroIdOf(own[0] ?? ''))).toBe('Renamed here 0');
  });

  it.each(['ours', 'theirs'] as const)(
    'choosing %s makes what is agreed no answer to a call',
    async (keep) => {
      const last = await world.db.prisma.attempt.findFirstOrThrow({
        where: { organisationId: world.organisation },
        orderBy: { endedAt: 'desc' },
      });
      expect(await choose(own[0] ?? '', keep)).toEqual({ kind: 'chosen' });
      const { updatedAt } = await world.db.prisma.mapping.findFirstOrThrow({
        where: { recordId: own[0] ?? '' },
      });
      expect(updatedAt.getTime()).toBeGreaterThan(last.endedAt?.getTime() ?? Number.POSITIVE_INFINITY);
    },
  );

  it('takes Xero’s over when a person chooses it, and both sides agree again', async () => {
    expect(await choose(own[0] ?? '', 'theirs')).toEqual({ kind: 'chosen' });
    expect(await readRecord(own[0] ?? '')).toMatchObject({
      syncState: 'completed',
      title: 'Renamed in Xero',
    });
    expect(await world.sync()).toBe('nothing');
    await editContact(own[0] ?? '', 0, 'Here once more');
    await world.sync();
    expect(await nameInXero(api, await xeroIdOf(own[0] ?? ''))).toBe('Here once more');
  });

  it('asks again for a newer change made here, which takes the place of the one that waits', async () => {
    await editContact(own[0] ?? '', 0, 'Newer here');
    await world.sync();
    expect(await readRecord(own[0] ?? '')).toMatchObject({ syncState: 'conflict' });
    expect(await countStates(world.db, world.organisation, 'contacts')).toEqual({
      sent: 9,
      superseded: 1,
      'held: conflict': 1,
    });
  });
});

describe('an invoice', () => {
  it('keeps its lines and what a person did to them: an update names the lines that stay', async () => {
    const made = await makeInventory(world.db, world.organisation, { contacts: 1, items: 2, invoices: 1 });
    const [id = ''] = made.invoices;
    const api = await inXero();
    const before = await linesInXero(api, await xeroIdOf(id));
    const invoice = invoiceOf(id, 'INV-0', made.contacts[0] ?? '', made.items[0] ?? '');
    await world.db.write(world.organisation, async (tx) => {
      const [first] = invoice.lines;
      if (first === undefined) throw new Error('an invoice has a line');
      const both = [{ ...first, itemId: made.items[1] ?? '', description: 'Sold too' }, first];
      await invoices.apply(tx, [
        { ...invoice, lines: both, subTotal: '119.94', totalTax: '23.98', total: '143.92' },
      ]);
      record(tx, { entity: 'invoices', id });
    });
    await world.sync();
    const after = await linesInXero(api, await xeroIdOf(id));
    expect(after.map((line) => line.text)).toEqual(['["ITEM-1","Sold too"]', '["ITEM-0","Sold"]']);
    expect(after[1]?.id).toBe(before[0]?.id);
    expect(await readRecord(id)).toMatchObject({ syncState: 'completed' });
  });

  /** An invoice whose quantity a person changed in Xero while its reference was changed here. */
  async function disagree(): Promise<{ id: string; contactId: string }> {
    const made = await makeInventory(world.db, world.organisation, { contacts: 1, items: 1, invoices: 2 });
    const [id = ''] = made.invoices;
    const api = await inXero();
    const xeroId = await xeroIdOf(id);
    const [line] = await linesInXero(api, xeroId);
    const contact = await xeroIdOf(made.contacts[0] ?? '');
    await editInXero(api, 'Invoices', {
      InvoiceID: xeroId,
      Type: 'ACCREC',
      InvoiceNumber: 'INV-0',
      Contact: { ContactID: contact },
      Date: '2026-11-20',
      DueDate: '2026-12-20',
      CurrencyCode: 'GBP',
      LineAmountTypes: 'Exclusive',
      Status: 'AUTHORISED',
      LineItems: [
        {
          ...(line === undefined ? {} : { LineItemID: line.id }),
          Description: 'Sold',
          Quantity: 4,
          UnitAmount: 19.99,
          ItemCode: 'ITEM-0',
          AccountCode: '200',
          TaxType: 'OUTPUT2',
        },
      ],
    });
    await world.db.write(world.organisation, async (tx) => {
      const invoice = invoiceOf(id, 'INV-0', made.contacts[0] ?? '', made.items[0] ?? '');
      await invoices.apply(tx, [{ ...invoice, reference: 'PO 7' }]);
      record(tx, { entity: 'invoices', id });
    });
    await world.sync();
    return { id, contactId: made.contacts[0] ?? '' };
  }

  it('is a conflict when a line was changed in Xero, and stays as Xero holds it when a person says so', async () => {
    const { id } = await disagree();
    expect((await readRecord(id)).problem).toMatch(/line 1 quantity “4” instead of “3”/);
    await choose(id, 'theirs');
    expect(await readRecord(id)).toMatchObject({
      syncState: 'warning',
      problem: expect.stringMatching(/^Kept as it is in Xero\. Xero was changed: /),
    });
    expect(await world.sync()).toBe('nothing');
  });

  it.each([
    ['discount', { DiscountRate: 10 }, /line 1 discount “10 %” instead of nothing/],
    ['tax by hand', { TaxAmount: 11 }, /tax total “11” instead of “11.99”/],
  ])(
    'is a conflict when a line got a %s in Xero, which sending ours would go over',
    async (_what, change, words) => {
      const made = await makeInventory(world.db, world.organisation, { contacts: 1, items: 1, invoices: 2 });
      const [id = ''] = made.invoices;
      const api = await inXero();
      const claimed = [{ number: '0', recordId: id }];
      const frozen = await freezeClaimed(world.db.sql, world.organisation, invoices, 'update', claimed);
      const edited = frozen.wires.map((wire) => ({
        ...wire,
        LineItems: 'LineItems' in wire ? wire.LineItems.map((line) => ({ ...line, ...change })) : [],
      }));
      const body = JSON.stringify({ Invoices: edited });
      const call = { action: 'update', body, hash: hashOf(body), key: createId() } as const;
      expect(await api.send({ resource: 'Invoices', ...call })).toMatchObject({
        elements: [{ verdict: 'ok' }],
      });
      await world.db.write(world.organisation, async (tx) => {
        for (const [n, each] of made.invoices.entries()) {
          const invoice = invoiceOf(each, `INV-${n}`, made.contacts[0] ?? '', made.items[0] ?? '');
          await invoices.apply(tx, [{ ...invoice, reference: 'PO 7' }]);
          record(tx, { entity: 'invoices', id: each });
        }
      });
      await world.sync();
      expect(await readRecord(id)).toMatchObject({
        syncState: 'conflict',
        problem: expect.stringMatching(words),
      });
      // Nobody touched its neighbour.
      expect(await readRecord(made.invoices[1] ?? '')).toMatchObject({ syncState: 'completed' });
    },
  );

  it('stays a conflict when Xero refuses its contact meanwhile: a person can choose still', async () => {
    const { id, contactId } = await disagree();
    await editContact(contactId, 0, 'Contact <0>');
    await world.sync();
    expect(await readRecord(contactId)).toMatchObject({ syncState: 'failed' });
    expect(await readRecord(id)).toMatchObject({ syncState: 'conflict' });
    expect(await countStates(world.db, world.organisation, 'invoices')).toMatchObject({
      'held: conflict': 1,
    });
    expect(await choose(id, 'theirs')).toEqual({ kind: 'chosen' });
  });

  it('is never Completed when Xero’s total differs by a cent (X17)', async () => {
    const made = await makeInventory(world.db, world.organisation, { contacts: 1, items: 1, invoices: 2 });
    const engine = world.engine({
      through: (api) => ({
        ...api,
        send: async (call) => {
          const answer = await api.send(call);
          if (answer.kind !== 'answered' || call.resource !== 'Invoices') return answer;
          const elements = answer.elements.map((element) =>
            element.number === 'INV-0' ? { ...element, total: '71.97' } : element,
          );
          return { ...answer, elements };
        },
      }),
    });
    await openRun(world.db, world.organisation, { kind: 'manual', startedBy: 'tester' });
    await engine.look();
    expect(await readRecord(made.invoices[0] ?? '')).toMatchObject({
      syncState: 'warning',
      problem: 'Xero holds it otherwise: total 71.97 instead of 71.96',
    });
    expect(await readRecord(made.invoices[1] ?? '')).toMatchObject({ syncState: 'completed' });
  });
});

describe('an update whose answer was lost', () => {
  it('is settled by what Xero holds: nothing is sent twice, and an edit made since is kept', async () => {
    const own = ids(3);
    await world.db.write(world.organisation, (tx) => writeContacts(tx, own));
    const api = await inXero();
    for (const [n, id] of own.entries()) await editContact(id, n, `Renamed ${n}`);
    const engine = world.engine({
      through: firstSend(async (call, mine) => {
        await world.client.fail({ kind: 'reset', method: 'POST' });
        const lost = await mine.send(call);
        await renameInXero(api, own[2] ?? '', 2, 'By hand');
        return lost;
      }),
    });
    await openRun(world.db, world.organisation, { kind: 'manual', startedBy: 'tester' });
    await engine.look();
    expect(await countStates(world.db, world.organisation, 'contacts')).toEqual({
      sent: 5,
      'held: conflict': 1,
    });
    expect(await nameInXero(api, await xeroIdOf(own[2] ?? ''))).toBe('By hand');
    expect((await world.client.summary()).calls['POST /Contacts']).toEqual({ 200: 2 });
  });
});

describe('an update whose request may still be under way', () => {
  /** Its first sendings end as `ends` says, none of them at Xero. */
  async function carry(ends: readonly SandboxFault[]) {
    const [id = ''] = ids(1);
    await world.db.write(world.organisation, (tx) => writeContacts(tx, [id]));
    const api = await inXero();
    await editContact(id, 0, 'Renamed');
    for (const end of ends) await world.client.fail({ ...end, method: 'POST' });
    await world.sync();
    expect(await nameInXero(api, await xeroIdOf(id))).toBe('Renamed');
    return world.db.prisma.export.findMany({
      where: { action: 'update' },
      orderBy: { id: 'asc' },
      select: { state: true, attempts: true, generation: true, looks: true },
    });
  }
  const lost: SandboxFault = { kind: 'reset', when: 'before' };
  const refused: SandboxFault = { kind: '400' };

  it('goes again under the same key, which carries it out once', async () => {
    expect(await carry([lost])).toEqual([{ state: 'sent', attempts: 2, generation: 0, looks: 0 }]);
  });

  it('goes under a new key only when two comparisons say that nothing of it landed', async () => {
    expect(await carry([lost, refused])).toEqual([
      { state: 'failed', attempts: 2, generation: 0, looks: 1 },
      { state: 'sent', attempts: 1, generation: 1, looks: 0 },
    ]);
  });
});

async function linesInXero(api: XeroApi, xeroId: string) {
  const found = await api.find({ resource: 'Invoices', by: 'id', values: [xeroId] });
  const text = found.kind === 'answered' ? found.elements[0]?.text : undefined;
  return text === undefined ? [] : lineIdsOf(JSON.parse(text));
}
