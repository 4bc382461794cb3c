// The resource Accounts: list, one by id or code, archiving.
import { change, type Matching, type Resource, type Session, type Written } from '../call/visit.ts';
import { isGuid, readWord, type Source } from '../fields.ts';
import type { Organisation } from '../organisation.ts';
import { date, type FieldTable, flag, guid, text } from '../query/field.ts';
import { select } from '../query/selection.ts';
import { envelope, notFound } from '../reply.ts';
import { wireInstant } from '../wire-date.ts';
import { type Account, classOf } from './account.ts';

export const accounts: Resource = {
  scopes: ['accounting.settings'],
  list(visit) {
    const records = [...visit.organisation.accounts.ordered()].sort((a, b) => (a.code < b.code ? -1 : 1));
    const selection = select(visit, {
      resource: 'Account',
      fields: accountFields,
      records,
      tests: [],
      isPaged: false,
    });
    if (selection.kind === 'refused') return selection.reply;
    return envelope(visit.nowMs, {
      Accounts: selection.records.map((account) => accountView(visit.organisation, account)),
    });
  },
  one(visit, id) {
    const account = findAccount(visit.organisation, id);
    return account === undefined
      ? notFound()
      : envelope(visit.nowMs, { Accounts: [accountView(visit.organisation, account)] });
  },
  writer: { envelope: 'Accounts', idField: 'AccountID', errorFlag: undefined, write: writeAccount },
};

const accountFields: FieldTable<Account> = {
  AccountID: guid((account) => account.id),
  Code: text((account) => account.code),
  Name: text((account) => account.name),
  Type: text((account) => account.type),
  Class: text((account) => classOf(account.type)),
  Status: text((account) => account.status),
  TaxType: text((account) => account.taxType),
  SystemAccount: text((account) => account.system),
  EnablePaymentsToAccount: flag((account) => account.payments),
  UpdatedDateUTC: date((account) => account.updatedMs),
};

function findAccount(owner: Organisation, id: string): Account | undefined {
  const byId = isGuid(id) ? owner.accounts.get(id.toLowerCase()) : undefined;
  return byId ?? owner.accounts.find('code', id.toLowerCase());
}

/** Accounts can be archived and made active again, each as a call of its own. */
function writeAccount(session: Session, source: Source, matching: Matching): Written {
  const account = matching.kind === 'id' ? findAccount(session.organisation, matching.id) : undefined;
  if (account === undefined) return { kind: 'missing' };
  const status = readWord(source, 'Status', ['ACTIVE', 'ARCHIVED'], 'AccountStatus');
  if (status === undefined)
    return {
      kind: 'refused',
      id: account.id,
      messages: ['Only the Status of an account can be changed here.'],
    };
  if (account.system !== '')
    return { kind: 'refused', id: account.id, messages: ['System accounts cannot be changed.'] };
  const record: Account = { ...account, status, updatedMs: session.nowMs };
  change(session, { kind: 'account', record });
  return { kind: 'saved', view: () => accountView(session.organisation, record), warnings: [] };
}

function accountView(owner: Organisation, account: Account): Readonly<Record<string, unknown>> {
  return {
    AccountID: account.id,
    Code: account.code,
    Name: account.name,
    Status: account.status,
    Type: account.type,
    TaxType: account.taxType,
    Description: account.description === '' ? undefined : account.description,
    Class: classOf(account.type),
    SystemAccount: account.system === '' ? undefined : account.system,
    EnablePaymentsToAccount: account.payments,
    ShowInExpenseClaims: false,
    BankAccountNumber: account.type === 'BANK' ? account.bankNumber : undefined,
    BankAccountType: account.type === 'BANK' ? 'BANK' : '',
    CurrencyCode: account.type === 'BANK' ? account.currency || owner.record.currency : undefined,
    ReportingCode: classOf(account.type).slice(0, 3),
    HasAttachments: false,
    UpdatedDateUTC: wireInstant(account.updatedMs),
    AddToWatchlist: false,
  };
}
