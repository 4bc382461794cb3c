// Contacts: what Xero can take of them, and what goes.
import { describe, expect, it } from 'vitest';
import { elementOf, entityContract } from '../contract.ts';
import { contacts } from './index.ts';
import { check, toXero } from './map.ts';
import { type Contact, contactFault } from './model.ts';

const smith: Contact = {
  id: '0190-1',
  number: 'C-17',
  name: 'Smith Ltd',
  email: 'a@smith.example',
  phone: '020 7946 0000',
  country: 'United Kingdom',
};
const walkIn: Contact = {
  id: '0190-2',
  number: 'WALK-IN France',
  name: 'Walk-in customer, France',
  email: null,
  phone: null,
  country: null,
};

describe('a contact', () => {
  it('is fit for Xero when it has a name and a number', () => {
    expect(contactFault(smith)).toBeUndefined();
    expect(contactFault(walkIn)).toBeUndefined();
  });

  it.each<[Partial<Contact>, RegExp]>([
    [{ name: '' }, /name is missing/],
    [{ name: ' Smith' }, /spaces/],
    [{ name: 'Smith  Ltd' }, /spaces/],
    [{ name: 'Smith <Ltd>' }, /< or >/],
    [{ name: 'x'.repeat(256) }, /longer than 255/],
    [{ number: '' }, /number is missing/],
    [{ number: 'x'.repeat(51) }, /longer than 50/],
    [{ email: 'smith' }, /e-mail/],
  ])('is refused with a reason: %j', (part, reason) => {
    expect(contactFault({ ...smith, ...part })).toMatch(reason);
  });

  it('sends nothing for what is empty, so that nothing is cleared in Xero', () => {
    const mapped = toXero(walkIn);
    expect(mapped).toEqual({
      kind: 'ready',
      wire: { ContactNumber: 'WALK-IN France', Name: 'Walk-in customer, France' },
    });
  });

  it('is a warning when Xero holds another name (X17)', () => {
    const element = elementOf('Contacts', new URL('./fixtures/name-differs.json', import.meta.url));
    expect(check(smith, element)).toMatch(/name/);
  });
});

entityContract(contacts, [smith, walkIn]);
