// A customer or supplier in our canonical shape.
import type { Detail, Listed } from '@stockbook/core';

export interface Contact {
  id: string;
  /** Ours, unique; Xero's ContactNumber. */
  number: string;
  name: string;
  /** Null where nobody ever filled it; empty text where it was emptied. */
  email: string | null;
  phone: string | null;
  country: string | null;
}

/** The limits Xero sets (XERO.md 7.1). */
const contactLimits = { number: 50, name: 255, email: 255, phone: 50, country: 50 } as const;

/** What is wrong with a contact, in words; undefined when Xero can take it. */
export function contactFault(contact: Contact): string | undefined {
  if (contact.name.trim() === '') return 'The name is missing: give the contact a name';
  if (contact.name !== contact.name.trim() || /\s\s/.test(contact.name))
    return 'The name has spaces at its ends or double spaces: remove them';
  if (/[<>]/.test(contact.name)) return 'The name contains < or >, which Xero does not take: remove them';
  if (contact.number.trim() === '') return 'The number is missing: give the contact a number';
  for (const field of ['number', 'name', 'email', 'phone', 'country'] as const) {
    if ((contact[field] ?? '').length > contactLimits[field]) {
      return `The ${field} is longer than ${contactLimits[field]} characters: shorten it`;
    }
  }
  if (contact.email && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(contact.email))
    return 'The e-mail address is not valid: correct or clear it';
  return undefined;
}

export function contactListed(contact: Contact): Listed {
  return {
    id: contact.id,
    number: contact.number,
    title: contact.name,
    date: null,
    total: null,
    currency: null,
    status: 'active',
  };
}

export function contactDetails(contact: Contact): Detail[] {
  return [
    { label: 'Number', text: contact.number },
    { label: 'Name', text: contact.name },
    { label: 'E-mail', text: contact.email ?? '' },
    { label: 'Phone', text: contact.phone ?? '' },
    { label: 'Country', text: contact.country ?? '' },
  ];
}
