// A contact as Xero takes it: what is empty is not sent, so that nothing a person wrote in Xero is cleared (XERO.md 7.1).
import type { Element } from '@stockbook/xero';
import type { Mapped } from '../../entity.ts';
import type { Contact } from './model.ts';

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
