// A contact as Xero takes it: what was never filled here is not sent, so that nothing a person wrote in Xero is cleared (XERO.md 7.1); what was emptied here is.
import type { Fields } from '@stockbook/core';
import type { Element, WirePhone } from '@stockbook/xero';
import type { Mapped } from '../../entity.ts';
import { type Contact, contactFault } from './model.ts';

export function toXero(contact: Contact): Mapped {
  return {
    kind: 'ready',
    wire: {
      ContactNumber: contact.number,
      Name: contact.name,
      ...(contact.email === null ? {} : { EmailAddress: contact.email }),
      ...(contact.phone === null ? {} : { Phones: [phoneOf(contact.phone)] }),
      ...(contact.country === null
        ? {}
        : { Addresses: [{ AddressType: 'STREET', Country: contact.country }] }),
    },
  };
}

/** Xero clears a number only where each of its parts is said to be empty. */
function phoneOf(number: string): WirePhone {
  const parts = number === '' ? { PhoneAreaCode: '', PhoneCountryCode: '' } : {};
  return { PhoneType: 'DEFAULT', PhoneNumber: number, ...parts };
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
