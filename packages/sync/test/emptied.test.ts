// A field that is emptied here is emptied in Xero, and what was never filled here stays there as it is.
import { createId } from '@stockbook/db';
import { freeze } from '@stockbook/xero';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { contacts, creditNotes, entities, invoices, items } from '../src/entities/index.ts';
import { record } from '../src/outbox.ts';
import { ids, invoiceOf } from './inventory.ts';
import { createWorld, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

const [contactId = '', itemId = '', invoiceId = '', noteId = ''] = ids(4);

/** Writes one record of each kind with what may be empty, and sends them. */
async function send(text: { words: string | null; email: string | null; phone: string | null }) {
  const { words, email, phone } = text;
  const document = { ...invoiceOf(invoiceId, 'INV-1', contactId, itemId), reference: words };
  await world.db.write(world.organisation, async (tx) => {
    const contact = { id: contactId, number: 'C-1', name: 'Smith', email, phone, country: words };
    await contacts.apply(tx, [contact]);
    const named = { code: 'ITEM-1', name: 'Item', nameSource: 'person', kind: 'goods' } as const;
    await items.apply(tx, [{ id: itemId, ...named, description: words }]);
    await invoices.apply(tx, [document]);
    await creditNotes.apply(tx, [{ ...document, id: noteId, number: 'CN-1' }]);
    record(tx, { entity: 'contacts', id: contactId });
    record(tx, { entity: 'items', id: itemId });
    record(tx, { entity: 'invoices', id: invoiceId });
    record(tx, { entity: 'credit-notes', id: noteId });
  });
  await world.sync();
}

/** What the mapping, which is Xero's last answer, says of what may be empty. */
async function held() {
  const mappings = await world.db.prisma.mapping.findMany({ where: { organisationId: world.organisation } });
  const said = mappings.flatMap(({ entity: name, agreed }) => {
    const fields = entities.find((entity) => entity.name === name)?.remote?.fields(JSON.parse(agreed));
    return ['e-mail', 'phone', 'country', 'description', 'reference'].flatMap((field) => {
      const text = fields?.get(field);
      return text ? [[`${name} ${field}`, text]] : [];
    });
  });
  return Object.fromEntries(said);
}

const completed = () =>
  world.db.prisma.record.count({
    where: { id: { in: [contactId, itemId, invoiceId, noteId] }, syncState: 'completed' },
  });

it('empties in Xero what was filled here once and is empty now, and finds nothing changed in what was always empty', async () => {
  await send({ words: null, email: null, phone: null });
  expect(await held()).toEqual({});
  await send({ words: 'PO 7', email: 'a@smith.example', phone: '020 7946 0000' });
  expect(await held()).toEqual({
    'contacts e-mail': 'a@smith.example',
    'contacts phone': '020 7946 0000',
    'contacts country': 'PO 7',
    'items description': 'PO 7',
    'invoices reference': 'PO 7',
    'credit-notes reference': 'PO 7',
  });
  await send({ words: null, email: null, phone: null });
  expect(await held()).toEqual({});
  expect(await completed()).toBe(4);
  // One more change of what is empty on both sides is no conflict.
  await send({ words: null, email: null, phone: null });
  expect(await completed()).toBe(4);
});

it('leaves an e-mail address in Xero that was never filled here', async () => {
  await send({ words: null, email: null, phone: null });
  const { xeroId } = await world.db.prisma.record.findFirstOrThrow({ where: { id: contactId } });
  const wire = {
    ContactID: xeroId ?? '',
    ContactNumber: 'C-1',
    Name: 'Smith',
    EmailAddress: 'b@xero.example',
  };
  const { body, hash } = freeze('Contacts', [wire]);
  const call = { resource: 'Contacts', action: 'update', body, hash, key: createId() } as const;
  await (await world.hand()).send(call);
  await send({ words: null, email: null, phone: null });
  await send({ words: 'France', email: null, phone: null });
  expect(await held()).toMatchObject({ 'contacts e-mail': 'b@xero.example', 'contacts country': 'France' });
});
