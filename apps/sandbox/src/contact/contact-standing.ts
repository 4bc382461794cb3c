// What a contact has by other records: its groups, what it owes and is owed, and whether files hang on it (XERO.md 5, 7.1).
import { hasFiles } from '../attachment/attachment.ts';
import type { Visit } from '../call/visit.ts';
import type { ContactGroup } from '../contact-group/contact-group.ts';
import { openAmount } from '../document/document.ts';
import { money, type Piece } from '../json.ts';
import type { Organisation } from '../organisation.ts';
import { localDate } from '../wire-date.ts';
import type { Contact } from './contact.ts';

export type Standing = Readonly<Record<string, unknown>>;

/** Reads the books and the groups once, for all the contacts it is then asked about. */
export function contactStanding(
  visit: Pick<Visit, 'organisation' | 'nowMs'>,
): (contact: Contact) => Standing {
  const { organisation } = visit;
  const today = localDate(visit.nowMs, organisation.record.timeZone);
  const receivable = balances(organisation, 'ACCREC', today);
  const payable = balances(organisation, 'ACCPAY', today);
  const groups = new Map<string, ContactGroup[]>();
  for (const group of liveGroups(organisation)) {
    for (const id of group.contacts) groups.set(id, [...(groups.get(id) ?? []), group]);
  }
  return (contact) => ({
    ...belongings(organisation, contact, groups.get(contact.id) ?? []),
    Balances: {
      AccountsReceivable: balanceView(receivable.get(contact.id)),
      AccountsPayable: balanceView(payable.get(contact.id)),
    },
  });
}

/** Its groups and files, as a reply to a write shows them too. */
export function contactBelongings(organisation: Organisation, contact: Contact): Standing {
  const groups = liveGroups(organisation).filter((group) => group.contacts.includes(contact.id));
  return belongings(organisation, contact, groups);
}

function liveGroups(organisation: Organisation): readonly ContactGroup[] {
  return organisation.contactGroups.ordered().filter((group) => group.status === 'ACTIVE');
}

function belongings(organisation: Organisation, contact: Contact, groups: readonly ContactGroup[]): Standing {
  return {
    ContactGroups: groups.map(({ id, name, status }) => ({
      ContactGroupID: id,
      Name: name,
      Status: status,
      Contacts: [],
      HasValidationErrors: false,
    })),
    HasAttachments: hasFiles(organisation, contact.id),
  };
}

/** Cents of all currencies as they are, by contact: Xero does not convert them. */
type Balance = { outstanding: number; overdue: number };

function balances(
  organisation: Organisation,
  type: 'ACCREC' | 'ACCPAY',
  today: string,
): Map<string, Balance> {
  const found = new Map<string, Balance>();
  for (const invoice of organisation.invoices.ordered()) {
    if (invoice.type !== type || invoice.status !== 'AUTHORISED') continue;
    const balance = found.get(invoice.contact) ?? { outstanding: 0, overdue: 0 };
    found.set(invoice.contact, balance);
    balance.outstanding += openAmount(invoice);
    if (invoice.dueDate !== '' && invoice.dueDate < today) balance.overdue += openAmount(invoice);
  }
  return found;
}

function balanceView(balance: Balance | undefined): Readonly<Record<string, Piece>> {
  return { Outstanding: money(balance?.outstanding ?? 0), Overdue: money(balance?.overdue ?? 0) };
}
