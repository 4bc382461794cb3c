// The resource Accounts: list, one by id or code, archiving.
import type { Matching, Resource, Session } from '../call/visit.ts';
import { isGuid, type Source } from '../fields.ts';
import type { Organisation } from '../organisation.ts';
import { date, type FieldTable, flag, guid, text } from '../query/field.ts';
import { select } from '../query/selection.ts';
import { envelope, notFound } from '../reply.ts';
import { wireInstant } from '../wire-date.ts';
import { type Account, classOf } from './account.ts';
import { removeAccount, writeAccount } from './account-write.ts';

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
  writer: {
    envelope: 'Accounts',
    idField: 'AccountID',
    errorFlag: undefined,
    elementsMax: { create: 1, upsert: 1 },
    write(session: Session, source: Source, matching: Matching) {
      const owner = session.organisation;
      const find = (id: string) => findAccount(owner, id);
      return writeAccount(session, source, matching, find, (account) => accountView(owner, account));
    },
  },
  creates: 'put',
  remove(session, id) {
    const owner = session.organisation;
    return removeAccount(session, findAccount(owner, id), (account) => accountView(owner, account));
  },
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
    HasAttachments: owner.attachments.find('parent', account.id) !== undefined,
    UpdatedDateUTC: wireInstant(account.updatedMs),
    AddToWatchlist: false,
  };
}
