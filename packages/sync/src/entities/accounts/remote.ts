// The chart of accounts in Xero: one list without pages, archived accounts included.
import type { WholeList } from '../../entity.ts';
import { retire } from './local.ts';
import { fromXero } from './map.ts';
import type { LedgerAccount } from './model.ts';

export const wholeList: WholeList<LedgerAccount> = {
  list: async (api) => {
    const read = await api.accounts();
    return read.kind === 'failed' ? read : { ...read, value: read.value.map(fromXero) };
  },
  retire,
};
