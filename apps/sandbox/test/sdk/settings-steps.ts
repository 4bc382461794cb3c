// The walk over the organisation and its settings: accounts, tax rates, currencies, tracking categories.
import { expect } from 'vitest';
import { AccountType, CurrencyCode, TaxRate, TrackingCategory } from 'xero-node';
import { keep, refusalOf, type Walk } from './walk.ts';

export async function walkOrganisation(walk: Walk): Promise<void> {
  const { api, tenant } = walk;
  const [organisation] = (await api.getOrganisations(tenant)).body.organisations ?? [];
  expect(organisation).toMatchObject({ organisationID: tenant, baseCurrency: 'GBP' });
  expect((await api.getOrganisationActions(tenant)).body.actions?.length).toBeGreaterThan(0);
}

export async function walkAccounts(walk: Walk): Promise<void> {
  const { api, tenant } = walk;
  const account = { code: 'W1', name: 'Samples', type: AccountType.EXPENSE, taxType: 'NONE' };
  const made = (await api.createAccount(tenant, account)).body.accounts?.[0];
  const id = keep(walk, 'account', made?.accountID);
  expect((await api.getAccount(tenant, id)).body.accounts?.[0]).toMatchObject({
    code: 'W1',
    name: 'Samples',
  });
  const found = await api.getAccounts(tenant, new Date(0), 'Type=="BANK"', 'Code ASC');
  expect(found.body.accounts?.map(({ code }) => code)).toContain('090');
  const changed = await api.updateAccount(tenant, id, { accounts: [{ name: 'Samples given' }] });
  expect(changed.body.accounts?.[0]).toMatchObject({ code: 'W1', name: 'Samples given' });
  expect(await refusalOf(api.createAccount(tenant, { ...account, name: 'Other' }))).toEqual({
    status: 400,
    messages: ['Please enter a unique Code'],
  });
  const spare = await api.createAccount(tenant, { ...account, code: 'W2', name: 'Spare' });
  const gone = await api.deleteAccount(tenant, spare.body.accounts?.[0]?.accountID ?? '');
  expect(gone.body.accounts?.[0]?.status).toBe('DELETED');
}

export async function walkTaxRates(walk: Walk): Promise<void> {
  const { api, tenant } = walk;
  const rate = {
    name: 'Local levy',
    reportTaxType: TaxRate.ReportTaxTypeEnum.OUTPUT,
    taxComponents: [{ name: 'Levy', rate: 3.5 }],
  };
  const made = (await api.createTaxRates(tenant, { taxRates: [rate] })).body.taxRates?.[0];
  expect(made).toMatchObject({ name: 'Local levy', effectiveRate: 3.5 });
  const { taxType = '' } = made ?? {};
  expect((await api.getTaxRateByTaxType(tenant, taxType)).body.taxRates?.[0]?.name).toBe('Local levy');
  const listed = await api.getTaxRates(tenant, 'Status=="ACTIVE"', 'Name');
  expect(listed.body.taxRates?.map((one) => one.taxType)).toContain('OUTPUT2');
  const wish = { ...rate, taxType, status: TaxRate.StatusEnum.DELETED };
  expect((await api.updateTaxRate(tenant, { taxRates: [wish] })).body.taxRates?.[0]?.status).toBe('DELETED');
  expect((await refusalOf(api.createTaxRates(tenant, { taxRates: [{}] }))).status).toBe(400);
  expect((await refusalOf(api.getTaxRateByTaxType(tenant, 'NOTHING'))).status).toBe(404);
}

export async function walkCurrencies(walk: Walk): Promise<void> {
  const { api, tenant } = walk;
  await api.createCurrency(tenant, { code: CurrencyCode.EUR });
  const listed = (await api.getCurrencies(tenant, undefined, 'Code')).body.currencies ?? [];
  expect(listed.map(({ code }) => code)).toEqual(['EUR', 'GBP']);
  expect((await refusalOf(api.createCurrency(tenant, {}))).status).toBe(400);
}

export async function walkTracking(walk: Walk): Promise<void> {
  const { api, tenant } = walk;
  const made = (await api.createTrackingCategory(tenant, { name: 'Region' })).body.trackingCategories?.[0];
  const id = keep(walk, 'category', made?.trackingCategoryID);
  const options = (await api.createTrackingOptions(tenant, id, { name: 'North' })).body.options ?? [];
  const option = options[0]?.trackingOptionID ?? '';
  const renamed = await api.updateTrackingOptions(tenant, id, option, { name: 'South' });
  expect(renamed.body.options?.[0]?.name).toBe('South');
  await api.updateTrackingCategory(tenant, id, { name: 'Area' });
  const read = (await api.getTrackingCategory(tenant, id)).body.trackingCategories?.[0];
  expect(read).toMatchObject({ name: 'Area', options: [{ name: 'South' }] });
  const listed = await api.getTrackingCategories(tenant, 'Status=="ACTIVE"', 'Name', true);
  expect(listed.body.trackingCategories).toHaveLength(1);
  expect((await refusalOf(api.createTrackingCategory(tenant, { name: 'Area' }))).status).toBe(400);
  expect((await api.deleteTrackingOptions(tenant, id, option)).body.options?.[0]).toMatchObject({
    trackingOptionID: option,
  });
  const gone = (await api.deleteTrackingCategory(tenant, id)).body.trackingCategories?.[0];
  expect(gone?.status).not.toBe(TrackingCategory.StatusEnum.ACTIVE);
  expect((await refusalOf(api.getTrackingCategory(tenant, tenant))).status).toBe(404);
}
