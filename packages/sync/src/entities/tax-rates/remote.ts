// The tax rates in Xero: one list without pages.
import { createId } from '@stockbook/db';
import type { WholeList } from '../../entity.ts';
import { retire } from './local.ts';
import { fromXero, onePerType } from './map.ts';
import type { TaxRate } from './model.ts';

export const wholeList: WholeList<TaxRate> = {
  list: async (api) => {
    const read = await api.taxRates();
    if (read.kind === 'failed') return read;
    return { ...read, value: onePerType(read.value).map((each) => fromXero(each, createId())) };
  },
  retire,
};
