// The tax rates in Xero: one list without pages.
import { createId } from '@stockbook/db';
import type { WholeList } from '../../entity.ts';
import { retire } from './local.ts';
import { fromXero } from './map.ts';
import type { TaxRate } from './model.ts';

export const wholeList: WholeList<TaxRate> = {
  list: async (api) => {
    const read = await api.taxRates();
    if (read.kind === 'failed') return read;
    // Two rates of one tax type cannot both be kept; the one in use wins.
    const active = new Set(
      read.value.filter((each) => each.Status !== 'DELETED').map((each) => each.TaxType),
    );
    const kept = read.value.filter((each) => each.Status !== 'DELETED' || !active.has(each.TaxType));
    const byType = new Map(kept.map((each) => [each.TaxType, each]));
    return { ...read, value: [...byType.values()].map((each) => fromXero(each, createId())) };
  },
  retire,
};
