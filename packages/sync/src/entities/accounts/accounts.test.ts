// Accounts: what of Xero’s is kept, and that none is ever sent.
import { readFileSync } from 'node:fs';
import { parseAccounts } from '@stockbook/xero';
import { describe, expect, test } from 'vitest';
import { entityContract } from '../contract.ts';
import { accounts } from './index.ts';
import { fromXero } from './map.ts';
import { accountListed } from './model.ts';

const full = {
  AccountID: '44444444-4444-4444-8444-444444444441',
  Code: '200',
  Name: 'Sales',
  Type: 'SALES',
  Class: 'REVENUE',
  Status: 'ACTIVE',
  TaxType: 'OUTPUT2',
  SystemAccount: null,
  EnablePaymentsToAccount: false,
};

describe('an account', () => {
  test('keeps what Xero says of it, and its id', () => {
    expect(fromXero(full)).toEqual({
      id: full.AccountID,
      code: '200',
      name: 'Sales',
      type: 'SALES',
      class: 'REVENUE',
      status: 'ACTIVE',
      taxType: 'OUTPUT2',
      systemAccount: null,
      paymentsOn: false,
    });
  });

  test('may lack code, class, status and tax type, and be of a type nobody has heard of', () => {
    const fixture = readFileSync(new URL('./fixtures/accounts.json', import.meta.url), 'utf8');
    const read = parseAccounts(JSON.parse(fixture)).map(fromXero);
    expect(read.map(({ code, type, status }) => [code, type, status])).toEqual([
      ['200', 'SALES', 'ACTIVE'],
      [null, 'BANK', 'ACTIVE'],
      ['610', 'CURRENT', 'ARCHIVED'],
      [null, 'NEWTYPE', 'ACTIVE'],
    ]);
    expect(read.at(-1)).toMatchObject({ class: '', taxType: null, systemAccount: null, paymentsOn: false });
  });

  test('is listed by code and name, with its code as the accounting code', () => {
    expect(accountListed(fromXero(full))).toMatchObject({
      number: '200',
      title: 'Sales',
      accountingCode: '200',
      status: 'active',
      xeroId: full.AccountID,
    });
  });

  test('is read and never sent', () => {
    expect(accounts).toMatchObject({ exports: 'read only', form: [] });
    expect(accounts.remote).toBeUndefined();
    expect(accounts.toXero).toBeUndefined();
  });
});

entityContract(accounts, [fromXero(full)]);
