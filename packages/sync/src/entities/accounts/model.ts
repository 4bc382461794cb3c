// An account of the chart of accounts, as Xero has it.
import type { Detail } from '@stockbook/core';
import type { ReadRecord } from '../../read-record.ts';

export interface LedgerAccount {
  /** Xero's own id. */
  id: string;
  /** Bank accounts may have none. */
  code: string | null;
  name: string;
  /** SALES, REVENUE, BANK, ... (XERO.md 7.8) */
  type: string;
  /** ASSET, EQUITY, EXPENSE, LIABILITY or REVENUE. */
  class: string;
  /** ACTIVE, ARCHIVED, or DELETED once a reading no longer holds it. */
  status: string;
  taxType: string | null;
  systemAccount: string | null;
  paymentsOn: boolean;
}

export function accountListed(account: LedgerAccount): ReadRecord {
  return {
    id: account.id,
    number: account.code,
    title: account.name,
    date: null,
    total: null,
    currency: null,
    status: account.status.toLowerCase(),
    xeroId: account.id,
    accountingCode: account.code,
  };
}

export function accountDetails(account: LedgerAccount): Detail[] {
  return [
    { label: 'Code', text: account.code ?? '' },
    { label: 'Name', text: account.name },
    { label: 'Type', text: account.type },
    { label: 'Class', text: account.class },
    { label: 'Tax type', text: account.taxType ?? '' },
    { label: 'System account', text: account.systemAccount ?? '' },
    { label: 'Takes payments', text: account.paymentsOn ? 'yes' : 'no' },
  ];
}
