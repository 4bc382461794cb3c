// Documents added up anew from their own lines, in decimals of another library than the sandbox's.
import { Decimal } from 'decimal.js';
import { z } from 'zod';
import type { Xero } from '../xero.ts';

const line = z.object({
  Quantity: z.number().nullish(),
  UnitAmount: z.number().nullish(),
  LineAmount: z.number(),
  TaxAmount: z.number(),
  TaxType: z.string().nullish(),
  DiscountRate: z.number().nullish(),
});
const applied = z.array(z.object({ Amount: z.number() })).default([]);
const document = z.object({
  Status: z.string(),
  LineAmountTypes: z.string(),
  LineItems: z.array(line),
  SubTotal: z.number(),
  TotalTax: z.number(),
  Total: z.number(),
  AmountDue: z.number().optional(),
  AmountPaid: z.number().optional(),
  AmountCredited: z.number().optional(),
  RemainingCredit: z.number().optional(),
  Payments: applied,
  Allocations: applied,
});
type Line = z.output<typeof line>;

const rates: Readonly<Record<string, number>> = { OUTPUT2: 20, INPUT2: 20, RROUTPUT: 5, RRINPUT: 5 };

/** Everything in which a document of this kind differs from its own lines, as sentences. */
export async function sumFaults(xero: Xero, resource: string): Promise<string[]> {
  const answer = await xero.call('GET', `/${resource}?page=1&pageSize=1000&unitdp=4`);
  const documents = z.array(document).parse(answer.json(resource));
  return documents.flatMap((one, index) => {
    const lines = one.LineItems.map((each) => ({ each, ...expected(one.LineAmountTypes, each) }));
    const amount = Decimal.sum(0, ...lines.map((each) => each.amount));
    const tax = Decimal.sum(0, ...lines.map((each) => each.tax));
    const net = one.LineAmountTypes === 'Inclusive' ? amount.minus(tax) : amount;
    const paid = Decimal.sum(0, ...one.Payments.map(({ Amount }) => Amount));
    const allocated = Decimal.sum(0, ...one.Allocations.map(({ Amount }) => Amount));
    const isLive = one.Status !== 'VOIDED' && one.Status !== 'DELETED';
    const open = isLive ? net.plus(tax).minus(paid) : new Decimal(0);
    const pairs: [string, number | undefined, Decimal][] = [
      ...lines.flatMap(({ each, amount: a, tax: t }): [string, number, Decimal][] => [
        ['LineAmount', each.LineAmount, a],
        ['TaxAmount', each.TaxAmount, t],
      ]),
      ['SubTotal', one.SubTotal, net],
      ['TotalTax', one.TotalTax, tax],
      ['Total', one.Total, net.plus(tax)],
      ['AmountPaid', one.AmountPaid, paid],
      ['AmountDue', one.AmountDue, open.minus(isLive ? (one.AmountCredited ?? 0) : 0)],
      ['RemainingCredit', one.RemainingCredit, open.minus(allocated)],
    ];
    return pairs
      .filter(([, told, meant]) => told !== undefined && !meant.equals(told))
      .map(([name, told, meant]) => `${resource} ${index}: ${name} is ${told}, not ${meant.toFixed()}`);
  });
}

/** Amount and tax of a line, each rounded to cents half away from zero (XERO.md 7.2). */
function expected(mode: string, each: Line): { amount: Decimal; tax: Decimal } {
  const amount = new Decimal(each.Quantity ?? 0)
    .times(each.UnitAmount ?? 0)
    .times(new Decimal(100).minus(each.DiscountRate ?? 0))
    .dividedBy(100)
    .toDecimalPlaces(2, Decimal.ROUND_HALF_UP);
  const rate = mode === 'NoTax' ? 0 : (rates[each.TaxType ?? ''] ?? 0);
  const whole = mode === 'Inclusive' ? 100 + rate : 100;
  return { amount, tax: amount.times(rate).dividedBy(whole).toDecimalPlaces(2, Decimal.ROUND_HALF_UP) };
}
