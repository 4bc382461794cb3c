// The walk over contacts, contact groups and items.
import { expect } from 'vitest';
import { Contact, ContactGroup } from 'xero-node';
import { idOf, keep, refusalOf, type Walk } from './walk.ts';

const none = undefined;

export async function walkContacts(walk: Walk): Promise<void> {
  const { api, tenant } = walk;
  const ann = {
    name: 'Ann Archer',
    contactNumber: 'C-1',
    firstName: 'Ann',
    emailAddress: 'ann@example.com',
    contactPersons: [{ firstName: 'Bea', emailAddress: 'bea@example.com', includeInEmails: true }],
  };
  const made = await api.createContacts(
    tenant,
    { contacts: [ann, { name: 'Old Oak' }] },
    false,
    'k-contacts',
  );
  const id = keep(walk, 'contact', made.body.contacts?.[0]?.contactID);
  const old = keep(walk, 'other contact', made.body.contacts?.[1]?.contactID);
  // Persons that are not sent again are removed (XERO.md 7.1).
  const { contactPersons } = ann;
  const wish = { contacts: [{ contactID: id, taxNumber: 'GB123' }, { name: 'New Nell' }] };
  expect((await api.updateOrCreateContacts(tenant, wish)).body.contacts).toHaveLength(2);
  const changed = await api.updateContact(tenant, id, {
    contacts: [{ accountNumber: 'A-1', contactPersons }],
  });
  expect(changed.body.contacts?.[0]).toMatchObject({ accountNumber: 'A-1', taxNumber: 'GB123' });
  expect((await api.getContact(tenant, id)).body.contacts?.[0]).toMatchObject({ ...ann, contactID: id });
  const byNumber = await api.getContactByContactNumber(tenant, 'C-1');
  expect(byNumber.body.contacts?.[0]?.contactID).toBe(id);
  const archive = { contacts: [{ contactStatus: Contact.ContactStatusEnum.ARCHIVED }] };
  expect((await api.updateContact(tenant, old, archive)).body.contacts?.[0]?.contactStatus).toBe('ARCHIVED');
  const listed = await api.getContacts(tenant, new Date(0), none, 'Name', none, 1, true, false, none, 2);
  expect(listed.body.contacts?.map(({ name }) => name)).toEqual(['Ann Archer', 'New Nell']);
  expect(listed.body.pagination).toMatchObject({ itemCount: 3, pageCount: 2 });
  const searched = await api.getContacts(tenant, none, none, none, [id], none, none, true, 'ann');
  expect(searched.body.contacts).toHaveLength(1);
  const again = await refusalOf(api.createContacts(tenant, { contacts: [{ name: 'Ann Archer' }] }));
  expect(again.status).toBe(400);
  expect(again.messages.join()).toContain('is already assigned to another contact');
  expect((await refusalOf(api.getContact(tenant, tenant))).status).toBe(404);
}

export async function walkContactGroups(walk: Walk): Promise<void> {
  const { api, tenant } = walk;
  const contacts = [{ contactID: idOf(walk, 'contact') }];
  const made = await api.createContactGroup(tenant, { contactGroups: [{ name: 'Shops' }] });
  const id = keep(walk, 'group', made.body.contactGroups?.[0]?.contactGroupID);
  await api.updateContactGroup(tenant, id, { contactGroups: [{ name: 'Shops North' }] });
  await api.createContactGroupContacts(tenant, id, { contacts });
  const read = (await api.getContactGroup(tenant, id)).body.contactGroups?.[0];
  expect(read).toMatchObject({ name: 'Shops North', contacts: [{ name: 'Ann Archer' }] });
  await api.deleteContactGroupContact(tenant, id, idOf(walk, 'contact'));
  await api.createContactGroupContacts(tenant, id, { contacts });
  await api.deleteContactGroupContacts(tenant, id);
  expect((await api.getContactGroup(tenant, id)).body.contactGroups?.[0]?.contacts).toEqual([]);
  const status = ContactGroup.StatusEnum.DELETED;
  await api.updateContactGroup(tenant, id, { contactGroups: [{ status }] });
  expect((await api.getContactGroups(tenant, none, 'Name')).body.contactGroups).toEqual([]);
  expect((await refusalOf(api.createContactGroup(tenant, { contactGroups: [{}] }))).status).toBe(400);
}

export async function walkItems(walk: Walk): Promise<void> {
  const { api, tenant } = walk;
  const items = [
    { code: 'I-1', name: 'Lamp', salesDetails: { unitPrice: 12.3456, accountCode: '200' } },
    {
      code: 'I-2',
      name: 'Tracked lamp',
      inventoryAssetAccountCode: '630',
      salesDetails: { unitPrice: 9, accountCode: '200' },
      purchaseDetails: { unitPrice: 2, cOGSAccountCode: '310' },
    },
  ];
  const made = (await api.createItems(tenant, { items }, false, 4)).body.items ?? [];
  expect(made[0]?.salesDetails?.unitPrice).toBe(12.3456);
  expect(made[1]).toMatchObject({ isTrackedAsInventory: true, quantityOnHand: 0, quantityAvailable: 0 });
  const id = keep(walk, 'item', made[0]?.itemID);
  const wish = { items: [{ code: 'I-1', name: 'Lamp, brass' }, { code: 'I-3' }] };
  const both = (await api.updateOrCreateItems(tenant, wish)).body.items ?? [];
  await api.updateItem(tenant, id, { items: [{ code: 'I-1', description: 'Of brass' }] }, 4);
  const read = (await api.getItem(tenant, id, 4)).body.items?.[0];
  expect(read).toMatchObject({ name: 'Lamp, brass', description: 'Of brass' });
  const listed = await api.getItems(tenant, new Date(0), 'Code!="I-3"', 'Code DESC', 4);
  expect(listed.body.items?.map(({ code }) => code)).toEqual(['I-2', 'I-1']);
  await api.deleteItem(tenant, both[1]?.itemID ?? '');
  expect((await refusalOf(api.getItem(tenant, both[1]?.itemID ?? ''))).status).toBe(404);
  expect(await refusalOf(api.createItems(tenant, { items: [{ code: 'I-1' }] }))).toEqual({
    status: 400,
    messages: ["Price List Item with Code 'I-1' already exists"],
  });
}
