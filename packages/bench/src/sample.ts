// A day's trade for the bench: contacts, items, invoices of about five lines and credit notes, the same from the same seed but for their ids.
import { lineAmounts, sumTotals } from '@stockbook/core';
import { createId } from '@stockbook/db';
import type { Document, DocumentLine } from '@stockbook/sync';
import type { contacts, creditNotes, invoices, items } from '@stockbook/sync/entities';

type RecordOf<E extends { apply(tx: never, records: never): unknown }> = Parameters<E['apply']>[1][number];

export interface Sample {
  contacts: RecordOf<typeof contacts>[];
  items: RecordOf<typeof items>[];
  invoices: RecordOf<typeof invoices>[];
  creditNotes: RecordOf<typeof creditNotes>[];
}

export interface Sizes {
  contacts: number;
  items: number;
  invoices: number;
  creditNotes: number;
}

/** None of them is so many whole batches, so that the last call of each kind counts as a whole one. */
export const sizes: Sizes = { contacts: 613, items: 2_417, invoices: 6_031, creditNotes: 157 };

export function makeSample(wanted: Sizes = sizes): Sample {
  const random = createRandom(20_261_121);
  const sample: Sample = {
    contacts: makeContacts(random, wanted.contacts),
    items: makeItems(wanted.items),
    invoices: [],
    creditNotes: [],
  };
  sample.invoices = makeInvoices(sample, { count: wanted.invoices, prefix: 'INV', linesMax: 9, random });
  for (let n = 1; n <= wanted.creditNotes; n += 1)
    sample.creditNotes.push(makeDocument(sample, random, `CN-${digits(n)}`, 1 + random(3)));
  return sample;
}

/** Further invoices for the contacts and items of a sample, numbered `prefix-00001` and on. */
export function makeInvoices(
  lists: Pick<Sample, 'contacts' | 'items'>,
  wanted: { count: number; prefix: string; linesMax: number; random?: Random },
): Sample['invoices'] {
  const { count, prefix, linesMax, random = createRandom(20_261_122) } = wanted;
  return Array.from({ length: count }, (_, n) => {
    const made = makeDocument(lists, random, `${prefix}-${digits(n + 1)}`, 1 + random(linesMax));
    return { ...made, dueDate: made.date.replace('2026-09', '2026-10') };
  });
}

type Random = (below: number) => number;

function makeContacts(random: Random, count: number): Sample['contacts'] {
  return Array.from({ length: count }, (_, n) => ({
    id: createId(),
    number: `C-${digits(n + 1)}`,
    name: `${pick(trades, random)} of ${pick(towns, random)} ${n + 1}`,
    email: random(2) === 0 ? `orders${n + 1}@example.com` : null,
    phone: random(2) === 0 ? `020 7946 ${1_000 + n}` : null,
    country: random(10) === 0 ? 'France' : 'United Kingdom',
  }));
}

function makeItems(count: number): Sample['items'] {
  return Array.from({ length: count }, (_, n) => ({
    id: createId(),
    code: `SKU-${digits(n + 1)}`,
    name: `${goods[n % goods.length]}, size ${n + 1}`,
    nameSource: 'person' as const,
    description: null,
    kind: 'goods' as const,
  }));
}

function makeDocument(
  sample: Pick<Sample, 'contacts' | 'items'>,
  random: Random,
  number: string,
  length: number,
): Document {
  const contact = pick(sample.contacts, random);
  const taxed = contact.country === 'United Kingdom';
  const lines = Array.from({ length }, (): DocumentLine => {
    const item = pick(sample.items, random);
    const unitPrice = `${random(49)}.${10 + random(90)}`;
    const priced = { quantity: String(1 + random(24)), unitPrice, taxRate: taxed ? '20' : '0' };
    return {
      ...priced,
      itemId: item.id,
      description: item.name,
      nature: 'goods',
      treatment: taxed ? 'domestic-standard' : 'zero-rated-export',
      ...lineAmounts(priced),
    };
  });
  return {
    id: createId(),
    number,
    contactId: contact.id,
    date: `2026-09-${String(1 + random(28)).padStart(2, '0')}`,
    currency: 'GBP',
    reference: random(4) === 0 ? `PO ${random(100_000)}` : null,
    status: 'authorised',
    sourceHash: null,
    ...sumTotals(lines),
    lines,
  };
}

const trades = [
  'Bakers',
  'Florists',
  'Stationers',
  'Grocers',
  'Cafés',
  'Booksellers',
  'Gift shops',
  'Schools',
];
const towns = ['Aldham', 'Bexcombe', 'Carrow', 'Dunmere', 'Elsworth', 'Fenby', 'Garston', 'Holme'];
const goods = [
  'Paper lantern',
  'Oak tray',
  'Glass jar',
  'Wool throw',
  'Tin clock',
  'Wicker basket',
  'Candle',
];

function digits(n: number): string {
  return String(n).padStart(5, '0');
}

function pick<T>(list: readonly T[], random: Random): T {
  const one = list[random(list.length)];
  if (one === undefined) throw new Error('Nothing to pick from');
  return one;
}

/** A linear congruential generator: the trade must not differ from run to run. */
function createRandom(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * below);
  };
}
