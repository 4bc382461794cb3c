// A contact as Xero takes it: what is empty is not sent, so that nothing a person wrote in Xero is cleared (XERO.md 7.1).
import type { Fields } from '@stockbook/core';
import type { Element } from '@stockbook/xero';
import type { Mapped } from '../../entity.ts';
import { type Contact, contactFault } from './model.ts';

export function toXero(contact: Contact): Mapped {
  return {
    kind: 'ready',
    wire: {
      ContactNumber: contact.number,
      Name: contact.name,
      ...(contact.email === null ? {} : { EmailAddress: contact.email }),
      ...(contact.phone === null ? {} : { Phones: [{ PhoneType: 'DEFAULT', PhoneNumber: contact.phone }] }),
      ...(contact.country === null
        ? {}
        : { Addresses: [{ AddressType: 'STREET', Country: contact.country }] }),
    },
  };
}

export function check(contact: Contact, element: Element): string | undefined {
  return element.name === contact.name
    ? undefined
    : `Xero holds it otherwise: name ${element.name ?? 'missing'}`;
}

/** The contact with what Xero holds; undefined where it is archived, has another number, or would be none of ours. */
export function adopt(contact: Contact, theirs: Fields): Contact | undefined {
  if (theirs.has('status') || theirs.get('number') !== contact.number) return undefined;
  const text = (field: string) => theirs.get(field) || null;
  const adopted = {
    ...contact,
    name: theirs.get('name') ?? contact.name,
    email: text('e-mail'),
    phone: text('phone'),
    country: text('country'),
  };
  return contactFault(adopted) === undefined ? adopted : undefined;
}
