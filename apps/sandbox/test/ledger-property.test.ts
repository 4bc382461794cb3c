// Whatever is called, legal or not: the books balance, control accounts equal open documents, stock equals its pools.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { cents, readBooks } from './books.ts';
import { useXero } from './xero.ts';

const xero = useXero();

const call = fc.record({
  what: fc.constantFrom(
    'sale',
    'bill',
    'note',
    'supplier note',
    'pay',
    'unpay',
    'allocate',
    'take back',
    'status',
    'change',
  ),
  // Which of the documents there are, and how much.
  which: fc.nat(30),
  quantity: fc.integer({ min: 1, max: 12 }),
  price: fc.integer({ min: 0, max: 999 }),
  share: fc.integer({ min: 1, max: 130 }),
  item: fc.constantFrom('T-1', 'T-2', undefined),
  mode: fc.constantFrom('Exclusive', 'Inclusive', 'NoTax'),
  status: fc.constantFrom(
    'DRAFT',
    'SUBMITTED',
    'AUTHORISED',
    'AUTHORISED',
    'AUTHORISED',
    'VOIDED',
    'DELETED',
  ),
  backorder: fc.boolean(),
});
type Call = typeof call extends fc.Arbitrary<infer T> ? T : never;

type Named = { readonly id: string; readonly path: string };

type Made = Map<string, Named[]>;

function pick(made: Made, one: Call, kind: string): Named | undefined {
  const list = made.get(kind) ?? [];
  return list[one.which % Math.max(list.length, 1)];
}

function remember(made: Made, kind: string, id: unknown, path: string): void {
  if (typeof id === 'string') made.set(kind, [...(made.get(kind) ?? []), { id, path }]);
}

/** A line of an item or of an account, and a small one beside it, so that a document seldom comes to nothing. */
function linesOf(one: Call): unknown[] {
  const sales = one.what === 'sale' || one.what === 'note';
  const TaxType = sales ? 'RROUTPUT' : 'RRINPUT';
  const AccountCode = sales ? '200' : one.item === undefined ? '300' : undefined;
  const line = {
    Description: 'x',
    Quantity: one.quantity,
    UnitAmount: one.price / 100,
    TaxType,
    AccountCode,
  };
  const small = {
    Description: 'y',
    Quantity: 1,
    UnitAmount: 0.1,
    AccountCode: sales ? '205' : '429',
    TaxType,
  };
  return [{ ...line, ItemCode: one.item }, small];
}

const types: Readonly<Record<string, string>> = {
  sale: 'ACCREC',
  bill: 'ACCPAY',
  note: 'ACCRECCREDIT',
  'supplier note': 'ACCPAYCREDIT',
};

/** Carries out one call; what it made is remembered. */
async function perform(one: Call, made: Made): Promise<number> {
  const Type = types[one.what];
  if (Type === undefined) return act(one, made);
  const resource = Type.endsWith('CREDIT') ? 'CreditNotes' : 'Invoices';
  const body = {
    Type,
    Contact: { Name: 'Bo' },
    Date: '2026-02-01',
    Status: one.status,
    LineAmountTypes: one.mode,
    LineItems: linesOf(one),
  };
  const query = one.backorder && resource === 'Invoices' ? '?allowBackorders=true' : '';
  const answer = await xero().call('PUT', `/${resource}${query}`, body);
  remember(made, resource, answer.json(`${resource}.0.${resource.slice(0, -1)}ID`), `/${resource}`);
  return answer.status;
}

/** Money, allocations and changes of what there is. */
async function act(one: Call, made: Made): Promise<number> {
  const amount = one.share / 10;
  if (one.what === 'unpay') {
    const payment = pick(made, one, 'Payments');
    if (payment === undefined) return 0;
    return (await xero().call('POST', `/Payments/${payment.id}`, { Status: 'DELETED' })).status;
  }
  if (one.what === 'allocate') {
    const [note, invoice] = [pick(made, one, 'CreditNotes'), pick(made, one, 'Invoices')];
    const path = `/CreditNotes/${note?.id ?? 'x'}/Allocations`;
    const answer = await xero().call('PUT', path, { Amount: amount, Invoice: { InvoiceID: invoice?.id } });
    remember(made, 'Allocations', answer.json('Allocations.0.AllocationID'), path);
    return answer.status;
  }
  if (one.what === 'take back') {
    const allocation = pick(made, one, 'Allocations');
    if (allocation === undefined) return 0;
    return (await xero().call('DELETE', `${allocation.path}/${allocation.id}`)).status;
  }
  const kind = one.backorder ? 'CreditNotes' : 'Invoices';
  const target = pick(made, one, kind);
  if (target === undefined) return 0;
  if (one.what === 'pay') {
    const member = kind.slice(0, -1);
    const payment = { [member]: { [`${member}ID`]: target.id }, Account: { Code: '090' }, Amount: amount };
    const answer = await xero().call('PUT', '/Payments', { ...payment, Date: '2026-02-02' });
    remember(made, 'Payments', answer.json('Payments.0.PaymentID'), '/Payments');
    return answer.status;
  }
  const change = one.what === 'status' ? { Status: one.status } : { LineItems: linesOf(one) };
  return (await xero().call('POST', `${target.path}/${target.id}`, change)).status;
}

const open = z.array(z.object({ Type: z.string(), Status: z.string(), due: z.number() }));

async function openSum(sales: boolean): Promise<number> {
  const list = async (path: string, name: string, field: string) => {
    const answer = await xero().call('GET', `/${path}?page=1&pageSize=1000`);
    const records = z.array(z.record(z.string(), z.unknown())).parse(answer.json(name));
    return open.parse(records.map((record) => ({ ...record, due: record[field] })));
  };
  const [invoices, notes] = [
    await list('Invoices', 'Invoices', 'AmountDue'),
    await list('CreditNotes', 'CreditNotes', 'RemainingCredit'),
  ];
  const side = sales ? 'ACCREC' : 'ACCPAY';
  const sum = (records: z.infer<typeof open>) =>
    records
      .filter(({ Type, Status }) => Type.startsWith(side) && ['AUTHORISED', 'PAID'].includes(Status))
      .reduce((total, { due }) => total + cents(due), 0);
  return sum(invoices) - sum(notes);
}

describe('the ledger', () => {
  it('holds after any sequence of calls', async () => {
    const seen = new Map<number, number>();
    await fc.assert(
      fc.asyncProperty(fc.array(call, { minLength: 30, maxLength: 60 }), async (calls) => {
        await xero().control.reset();
        for (const Code of ['T-1', 'T-2'])
          await xero().call('PUT', '/Items', {
            Code,
            InventoryAssetAccountCode: '630',
            PurchaseDetails: { UnitPrice: 1.37, COGSAccountCode: '310' },
          });
        const made: Made = new Map();
        for (const one of calls) {
          const status = await perform(one, made);
          seen.set(status, (seen.get(status) ?? 0) + 1);
        }
        const books = await readBooks(xero());
        const pools = z
          .array(z.object({ TotalCostPool: z.number(), QuantityAvailable: z.number() }))
          .parse((await xero().call('GET', '/Items')).json('Items'));
        expect(books.sum).toBe(0);
        expect(books.balance('610')).toBe(await openSum(true));
        expect(books.balance('800')).toBe(0 - (await openSum(false)));
        expect(books.balance('630')).toBe(pools.reduce((sum, pool) => sum + cents(pool.TotalCostPool), 0));
        for (const pool of pools) if (pool.QuantityAvailable === 0) expect(pool.TotalCostPool).toBe(0);
      }),
      { numRuns: 20 },
    );
    // Both legal and illegal calls were among them, and nothing else.
    expect([...seen.keys()].filter((status) => ![0, 200, 400, 404].includes(status))).toEqual([]);
    expect(seen.get(200)).toBeGreaterThan(150);
    expect(seen.get(400)).toBeGreaterThan(150);
  });
});
