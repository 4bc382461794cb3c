// Random calls for the property test of the books, legal and illegal, of everything that posts or moves stock.
import fc from 'fast-check';
import { type Answer, look, type Xero } from '../xero.ts';

const kinds = [
  'sale',
  'sale',
  'bill',
  'bill',
  'customer note',
  'supplier note',
  'money',
  'order',
  'journal',
  'pay',
  'pay',
  'pay',
  'pay',
  'pay',
  'pay',
  'unpay',
  'batch',
  'unbatch',
  'allocate',
  'allocate',
  'allocate',
  'take back',
  'state',
  'lines',
  'date',
  'wrong',
] as const;

export const randomCall = fc.record({
  what: fc.constantFrom(...kinds),
  // Which of the records there are, and how much.
  which: fc.nat(30),
  other: fc.nat(30),
  quantity: fc.integer({ min: 1, max: 120_000 }),
  price: fc.integer({ min: 0, max: 99_999 }),
  share: fc.integer({ min: 1, max: 130 }),
  discount: fc.constantFrom(undefined, undefined, 2.5, 33.33),
  item: fc.constantFrom('T-1', 'T-2', undefined),
  mode: fc.constantFrom('Exclusive', 'Inclusive', 'NoTax'),
  tax: fc.constantFrom(0, 1, 2),
  rate: fc.constantFrom(undefined, 0.9173, 1.25, 1.333333),
  state: fc.constantFrom(
    'AUTHORISED',
    'AUTHORISED',
    'AUTHORISED',
    'AUTHORISED',
    'AUTHORISED',
    'DRAFT',
    'SUBMITTED',
    'VOIDED',
    'DELETED',
  ),
  flavour: fc.nat(5),
  day: fc.integer({ min: 1, max: 28 }),
  isWhole: fc.boolean(),
});

export type RandomCall = typeof randomCall extends fc.Arbitrary<infer T> ? T : never;

export type Made = Map<string, string[]>;

/** A client, what was made through it, and whether its sales may go on back-order. */
export type Play = { readonly xero: Xero; readonly made: Made; readonly backorders: boolean };

/** Carries one call out and remembers what it made; `undefined` where there is nothing yet to call for. */
export async function play(to: Play, one: RandomCall): Promise<Answer | undefined> {
  if (one.what === 'sale' || one.what === 'bill') return document(to, one, 'Invoices');
  if (one.what === 'customer note' || one.what === 'supplier note') return document(to, one, 'CreditNotes');
  if (one.what === 'order') return document(to, one, 'PurchaseOrders');
  if (one.what === 'money') return bankTransaction(to, one);
  if (one.what === 'journal') return manualJournal(to, one);
  if (one.what === 'pay') return payment(to, one);
  if (one.what === 'batch') return batch(to, one);
  if (one.what === 'allocate') return allocation(to, one);
  return change(to, one);
}

function pick({ made }: Play, which: number, resource: string): string | undefined {
  const list = made.get(resource) ?? [];
  return list[which % Math.max(list.length, 1)];
}

async function put(
  to: Play,
  resource: string,
  field: string,
  body: unknown,
  path = resource,
): Promise<Answer> {
  const answer = await to.xero.call('PUT', `/${path}`, body);
  const id = answer.json(`${resource}.0.${field}`);
  if (answer.status === 200 && typeof id === 'string')
    to.made.set(resource, [...(to.made.get(resource) ?? []), id]);
  return answer;
}

const contacts = ['Bo', 'Cy'];
const types: Readonly<Record<string, string>> = {
  sale: 'ACCREC',
  bill: 'ACCPAY',
  'customer note': 'ACCRECCREDIT',
  'supplier note': 'ACCPAYCREDIT',
};
const outputs = ['OUTPUT2', 'RROUTPUT', 'ZERORATEDOUTPUT'];
const inputs = ['INPUT2', 'RRINPUT', 'ZERORATEDINPUT'];

function dayOf({ day }: RandomCall): string {
  return `2026-02-${String(day).padStart(2, '0')}`;
}

function currencyOf({ rate, flavour }: RandomCall): Readonly<Record<string, unknown>> {
  if (flavour < 3) return {};
  return { CurrencyCode: 'EUR', ...(rate === undefined ? {} : { CurrencyRate: rate }) };
}

/** A line of an item or of an account, and a small one beside it, so that a document seldom comes to nothing. */
function linesOf(one: RandomCall, sales: boolean, discounts: boolean): unknown[] {
  const TaxType = (sales ? outputs : inputs)[one.tax];
  const line = {
    Description: 'x',
    Quantity: one.item === undefined ? one.quantity / 10_000 : 1 + (one.quantity % 12),
    UnitAmount: one.price / 10_000,
    TaxType,
    AccountCode: sales ? '200' : one.item === undefined ? '300' : undefined,
    ItemCode: one.item,
    DiscountRate: discounts ? one.discount : undefined,
  };
  const AccountCode = sales ? '205' : '429';
  return [line, { Description: 'y', Quantity: 1, UnitAmount: 0.1, AccountCode, TaxType }];
}

async function document(to: Play, one: RandomCall, resource: string): Promise<Answer> {
  const sales = one.what === 'sale' || one.what === 'customer note';
  const body = {
    Type: types[one.what],
    Contact: { Name: contacts[one.other % 4] ?? 'Bo' },
    Date: dayOf(one),
    DueDate: '2026-03-01',
    Status: one.state,
    LineAmountTypes: one.mode,
    LineItems: linesOf(one, sales, one.what === 'sale'),
    ...currencyOf(one),
  };
  const backorders = to.backorders && resource === 'Invoices' ? '&allowBackorders=true' : '';
  const field = `${resource.slice(0, -1)}ID`;
  return put(to, resource, field, body, `${resource}?unitdp=4${backorders}`);
}

const moneyTypes = [
  'RECEIVE',
  'SPEND',
  'RECEIVE-OVERPAYMENT',
  'SPEND-OVERPAYMENT',
  'RECEIVE-PREPAYMENT',
  'SPEND-PREPAYMENT',
];

async function bankTransaction(to: Play, one: RandomCall): Promise<Answer> {
  const Type = moneyTypes[one.flavour] ?? 'SPEND';
  const isPlain = !Type.includes('-');
  const sales = Type.startsWith('RECEIVE');
  const body = {
    Type,
    Contact: { Name: contacts[one.other % 4] ?? 'Bo' },
    BankAccount: { Code: one.isWhole ? '090' : '098' },
    Date: dayOf(one),
    LineAmountTypes: isPlain ? one.mode : 'NoTax',
    ...(one.rate === undefined ? {} : { CurrencyRate: one.rate }),
    LineItems: isPlain
      ? linesOf(one, sales, false)
      : [{ Description: 'x', Quantity: 1, UnitAmount: one.share, AccountCode: '330' }],
  };
  const answer = await put(to, 'BankTransactions', 'BankTransactionID', body, 'BankTransactions?unitdp=4');
  for (const [resource, field] of [
    ['Overpayments', 'OverpaymentID'],
    ['Prepayments', 'PrepaymentID'],
  ] as const) {
    const id = answer.json(`BankTransactions.0.${field}`);
    if (typeof id === 'string') to.made.set(resource, [...(to.made.get(resource) ?? []), id]);
  }
  return answer;
}

/** Some are uneven, some on accounts that take none. */
async function manualJournal(to: Play, one: RandomCall): Promise<Answer> {
  const LineAmount = one.price / 100;
  const accounts = ['631', '310', '429', '630', '610', '820'];
  const body = {
    Narration: `N-${one.which}`,
    Date: dayOf(one),
    Status: one.isWhole ? 'POSTED' : 'DRAFT',
    LineAmountTypes: one.mode,
    JournalLines: [
      { LineAmount, AccountCode: '330', TaxType: 'NONE' },
      { LineAmount: one.share > 120 ? 1 : -LineAmount, AccountCode: accounts[one.flavour], TaxType: 'NONE' },
    ],
  };
  return put(to, 'ManualJournals', 'ManualJournalID', body);
}

const targets = [
  ['Invoices', 'Invoice', 'InvoiceID'],
  ['Invoices', 'Invoice', 'InvoiceID'],
  ['CreditNotes', 'CreditNote', 'CreditNoteID'],
  ['Overpayments', 'Overpayment', 'OverpaymentID'],
  ['Prepayments', 'Prepayment', 'PrepaymentID'],
] as const;

type Open = {
  readonly id: string;
  readonly contact: string;
  readonly side: string;
  readonly currency: string;
  readonly open: number;
};

/** What payments and allocations can stand against just now. */
async function openOnes({ xero }: Play, resource: string): Promise<Open[]> {
  const where = encodeURIComponent('Status=="AUTHORISED"');
  const answer = await xero.call('GET', `/${resource}?page=1&pageSize=1000&where=${where}`);
  return [answer.json(resource)].flat().map((one) => ({
    id: String(look(one, `${resource.slice(0, -1)}ID`)),
    contact: String(look(one, 'Contact.ContactID')),
    side: /^(ACCREC|RECEIVE)/.test(String(look(one, 'Type'))) ? 'customer' : 'supplier',
    currency: String(look(one, 'CurrencyCode')),
    open: Number(look(one, 'AmountDue') ?? look(one, 'RemainingCredit')),
  }));
}

function isFitting(credit: Open, invoice: Open): boolean {
  const { contact, side, currency } = invoice;
  return contact === credit.contact && side === credit.side && currency === credit.currency;
}

/** Mostly one that is open; at times any there is, to be refused. */
async function target(to: Play, one: RandomCall, which: number, resource: string): Promise<Open | undefined> {
  const open = one.share % 6 === 0 ? [] : await openOnes(to, resource);
  const found = open[which % Math.max(open.length, 1)];
  if (found !== undefined) return found;
  const id = pick(to, which, resource);
  return id === undefined ? undefined : { id, contact: '', side: '', currency: '', open: 1 };
}

/** All that is open, or a part that may be too much. */
function amountOf(one: RandomCall, open: number): number {
  return one.isWhole ? open : Math.min(one.share / 10, open + 0.01);
}

async function payment(to: Play, one: RandomCall): Promise<Answer | undefined> {
  const [resource, member, idField] = targets[one.flavour % targets.length] ?? targets[0];
  const found = await target(to, one, one.which, resource);
  if (found === undefined) return undefined;
  return put(to, 'Payments', 'PaymentID', {
    [member]: { [idField]: found.id },
    Account: { Code: ['090', '090', '098', '430', '200'][one.other % 5] },
    Date: dayOf(one),
    Amount: amountOf(one, found.open),
    ...(one.rate === undefined ? {} : { CurrencyRate: one.rate }),
  });
}

async function batch(to: Play, one: RandomCall): Promise<Answer | undefined> {
  const found = [await target(to, one, one.which, 'Invoices'), await target(to, one, one.other, 'Invoices')];
  const Payments = found.flatMap((each) =>
    each === undefined ? [] : [{ Invoice: { InvoiceID: each.id }, Amount: amountOf(one, each.open) }],
  );
  if (Payments.length === 0) return undefined;
  const body = { Account: { Code: '090' }, Date: dayOf(one), Payments };
  return put(to, 'BatchPayments', 'BatchPaymentID', body);
}

async function allocation(to: Play, one: RandomCall): Promise<Answer | undefined> {
  const resource = ['CreditNotes', 'CreditNotes', 'Overpayments', 'Prepayments'][one.flavour % 4] ?? '';
  const invoices = await openOnes(to, 'Invoices');
  const credits = one.share % 6 === 0 ? [] : await openOnes(to, resource);
  const pairs = credits.flatMap((credit) =>
    invoices.filter((each) => isFitting(credit, each)).map((invoice) => ({ credit, invoice })),
  );
  const { credit, invoice } = pairs[one.which % Math.max(pairs.length, 1)] ?? {
    credit: await target(to, one, one.which, resource),
    invoice: await target(to, one, one.other, 'Invoices'),
  };
  if (credit === undefined || invoice === undefined) return undefined;
  const Amount = amountOf(one, Math.min(credit.open, invoice.open));
  const path = `${resource}/${credit.id}/Allocations`;
  const answer = await to.xero.call('PUT', `/${path}`, { Amount, Invoice: { InvoiceID: invoice.id } });
  const id = answer.json('Allocations.0.AllocationID');
  if (answer.status === 200 && typeof id === 'string')
    to.made.set('Allocations', [...(to.made.get('Allocations') ?? []), `${path}/${id}`]);
  return answer;
}

const changed = [
  'Invoices',
  'Invoices',
  'CreditNotes',
  'BankTransactions',
  'ManualJournals',
  'PurchaseOrders',
];
const states: Readonly<Record<string, readonly string[]>> = {
  ManualJournals: ['DRAFT', 'POSTED', 'DELETED', 'VOIDED'],
  BankTransactions: ['AUTHORISED', 'DELETED'],
  PurchaseOrders: ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'BILLED', 'DELETED'],
};

async function change(to: Play, one: RandomCall): Promise<Answer | undefined> {
  const { call } = to.xero;
  if (one.what === 'take back') {
    const path = pick(to, one.which, 'Allocations');
    return path === undefined ? undefined : call('DELETE', `/${path}`);
  }
  if (one.what === 'wrong') return call('POST', `/${changed[one.flavour]}/0000`, { Status: one.state });
  const resource =
    one.what === 'unpay'
      ? 'Payments'
      : one.what === 'unbatch'
        ? 'BatchPayments'
        : (changed[one.flavour] ?? '');
  const id = pick(to, one.which, resource);
  if (id === undefined) return undefined;
  const own = states[resource];
  const bodies: Readonly<Record<string, unknown>> = {
    state: { Status: own === undefined ? one.state : own[one.other % own.length] },
    lines: { LineAmountTypes: one.mode, LineItems: linesOf(one, one.isWhole, false) },
    date: { Date: dayOf(one) },
  };
  const backorders = to.backorders && resource === 'Invoices' ? '&allowBackorders=true' : '';
  return call('POST', `/${resource}/${id}?unitdp=4${backorders}`, bodies[one.what] ?? { Status: 'DELETED' });
}
