// An account of Xero's in our shape.
import type { XeroAccount } from '@stockbook/xero';
import type { LedgerAccount } from './model.ts';

export function fromXero(account: XeroAccount): LedgerAccount {
  return {
    id: account.AccountID,
    code: account.Code,
    name: account.Name,
    type: account.Type,
    class: account.Class ?? '',
    status: account.Status ?? 'ACTIVE',
    taxType: account.TaxType,
    systemAccount: account.SystemAccount,
    paymentsOn: account.EnablePaymentsToAccount,
  };
}
