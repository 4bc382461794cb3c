import { describe, expect, test } from 'vitest';
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

  test('may lack code, class and status', () => {
    const bare = fromXero({ ...full, Code: null, Class: null, Status: null, TaxType: null });
    expect(bare).toMatchObject({ code: null, class: '', status: 'ACTIVE', taxType: null });
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
