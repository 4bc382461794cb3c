// The resource TaxRates: list and one by tax type.
import type { Resource, Visit } from '../call/visit.ts';
import { price } from '../json.ts';
import { type Options, option } from '../options.ts';
import { type FieldTable, text } from '../query/field.ts';
import { select } from '../query/selection.ts';
import { envelope, notFound, type Reply } from '../reply.ts';
import { appliesTo, componentsOf, type TaxRate } from './tax-rate.ts';
import { writeTaxRate } from './tax-rate-write.ts';

export const taxRates: Resource = {
  scopes: ['accounting.settings'],
  list: (visit) => taxRateReply(visit, () => true),
  one(visit, id) {
    return visit.organisation.taxRates.has(id)
      ? taxRateReply(visit, (rate) => rate.taxType === id)
      : notFound();
  },
  writer: {
    envelope: 'TaxRates',
    idField: 'TaxType',
    errorFlag: undefined,
    elementsMax: { create: 1, upsert: 1 },
    write: (session, source) => writeTaxRate(session, source, (rate) => taxRateView(session, rate)),
  },
  creates: true,
};

const taxRateFields: FieldTable<TaxRate & { id: string; updatedMs: number }> = {
  TaxType: text((rate) => rate.taxType),
  Name: text((rate) => rate.name),
  Status: text((rate) => rate.status),
  ReportTaxType: text((rate) => rate.reportTaxType),
};

function taxRateReply(visit: Visit, test: (rate: TaxRate) => boolean): Reply {
  const records = [...visit.organisation.taxRates.values()].map((rate) => ({
    ...rate,
    id: rate.taxType,
    updatedMs: 0,
  }));
  const always = { ...visit, ifModifiedSince: undefined };
  const selection = select(always, {
    resource: 'TaxRate',
    fields: taxRateFields,
    records,
    tests: [test],
    isPaged: false,
  });
  return selection.kind === 'refused'
    ? selection.reply
    : envelope(visit.nowMs, { TaxRates: selection.records.map((rate) => taxRateView(visit, rate)) });
}

/** What a reverse charge rate reads is told both ways (ACCOUNTING.md 0, N22). */
function taxRateView(
  holder: { readonly options: Options },
  rate: TaxRate,
): Readonly<Record<string, unknown>> {
  const reads20 = rate.effectiveRate !== rate.displayRate && option(holder, 'reverse-charge-rate') === '20';
  const effective = reads20 ? rate.displayRate : rate.effectiveRate;
  return {
    Name: rate.name,
    TaxType: rate.taxType,
    ReportTaxType: rate.reportTaxType === '' ? undefined : rate.reportTaxType,
    CanApplyToAssets: appliesTo(rate, 'ASSET'),
    CanApplyToEquity: appliesTo(rate, 'EQUITY'),
    CanApplyToExpenses: appliesTo(rate, 'EXPENSE'),
    CanApplyToLiabilities: appliesTo(rate, 'LIABILITY'),
    CanApplyToRevenue: appliesTo(rate, 'REVENUE'),
    DisplayTaxRate: price(rate.displayRate, 4),
    EffectiveRate: price(effective, 4),
    Status: rate.status,
    TaxComponents: componentsOf(rate, effective).map((component) => ({
      Name: component.name,
      Rate: price(component.rate, 4),
      IsCompound: component.isCompound,
      IsNonRecoverable: component.isNonRecoverable,
    })),
  };
}
