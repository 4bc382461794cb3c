// The resource BankTransfers: money moved from one bank account to another (XERO.md 1.3, 8).
import type { Resource } from '../call/visit.ts';
import { date, type FieldTable, guid, number, text } from '../query/field.ts';
import { recordResource } from '../query/record-resource.ts';
import { dateMs } from '../wire-date.ts';
import type { BankTransfer } from './bank-transfer.ts';
import { bankTransferView, writeBankTransfer } from './bank-transfer-write.ts';

const fields: FieldTable<BankTransfer> = {
  BankTransferID: guid((one) => one.id),
  Amount: number((one) => one.amount / 100),
  Date: date((one) => dateMs(one.date)),
  Reference: text((one) => one.reference),
  Status: text((one) => one.status),
  CreatedDateUTC: date((one) => one.createdMs),
  'FromBankAccount.AccountID': guid((one) => one.from),
  'ToBankAccount.AccountID': guid((one) => one.to),
};

export const bankTransfers: Resource = {
  ...recordResource({
    envelope: 'BankTransfers',
    scopes: ['accounting.transactions', 'accounting.banktransactions'],
    fields,
    store: (organisation) => organisation.bankTransfers,
    view: (visit, one) => bankTransferView(visit.organisation, one),
    paging: 'never',
    isListed: ({ query }, one) =>
      one.status !== 'DELETED' || query.get('includeDeleted')?.toLowerCase() === 'true',
  }),
  writer: {
    envelope: 'BankTransfers',
    idField: 'BankTransferID',
    errorFlag: undefined,
    write: writeBankTransfer,
  },
  creates: true,
};
