// Sales files in the columns of the online-retail template: rows as a test writes them, and days of trade made up from a seed.
import { writeFileSync } from 'node:fs';
import path from 'node:path';

export interface RetailRow {
  invoice: string;
  code: string;
  description: string;
  quantity: string;
  /** 'YYYY-MM-DD HH:MM:SS' */
  at: string;
  price: string;
  /** Empty for a walk-in customer. */
  customer: string;
  country: string;
}

export interface Trade {
  seed: number;
  /** 'YYYY-MM-DD', the first. */
  from: string;
  days: number;
  invoicesADay: number;
}

/** Writes the rows as a file and gives its path. */
export function writeRetail(folder: string, name: string, rows: readonly RetailRow[]): string {
  const head = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';
  const lines = rows.map((row) =>
    [row.invoice, row.code, row.description, row.quantity, row.at, row.price, row.customer, row.country]
      .map((text) => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text))
      .join(','),
  );
  const file = path.join(folder, name);
  writeFileSync(file, `${[head, ...lines].join('\n')}\n`);
  return file;
}

/** The rows of each day; the same seed makes the same days. About one document in fifteen is a credit note. */
export function tradingDays({ seed, from, days, invoicesADay }: Trade): RetailRow[][] {
  const random = chance(seed);
  const shelf = catalogue();
  return Array.from({ length: days }, (_, day) => {
    const date = new Date(Date.parse(`${from}T00:00:00Z`) + day * 86_400_000).toISOString().slice(0, 10);
    return Array.from({ length: invoicesADay }, (_unused, index) =>
      documentRows(random, shelf, 700_001 + day * invoicesADay + index, date, index / invoicesADay),
    ).flat();
  });
}

interface Product {
  code: string;
  name: string;
  pence: number;
}

const finishes =
  'Oak Walnut Slate Linen Copper Enamel Stoneware Willow Glass Felt Ash Bamboo Brass Cork Cotton Jute Marble Pine Rattan Wool'.split(
    ' ',
  );
const things = [
  ...[
    'Serving Board',
    'Candle Holder',
    'Plant Pot',
    'Storage Box',
    'Picture Frame',
    'Desk Tray',
    'Coaster Set',
  ],
  ...[
    'Bread Bin',
    'Wall Hook',
    'Fruit Bowl',
    'Tea Caddy',
    'Lantern',
    'Place Mat',
    'Jug',
    'Door Stop',
    'Basket',
  ],
];
const countries = ['United Kingdom', 'France', 'Germany', 'Ireland', 'Netherlands', 'Sweden'];

function catalogue(): Product[] {
  return finishes.flatMap((finish, row) =>
    things.map((thing, column) => ({
      code: String(21_000 + row * 40 + column),
      name: `${finish} ${thing}`,
      pence: 145 + ((row * 37 + column * 113) % 1_900),
    })),
  );
}

/** Customers live in one country each, one sale in ten is a walk-in's, and some products sell more than others. */
function documentRows(
  random: (below: number) => number,
  shelf: readonly Product[],
  number: number,
  date: string,
  dayShare: number,
): RetailRow[] {
  const person = random(500);
  const customer = random(10) === 0 ? '' : `${13_000 + person}.0`;
  const country = (person % 4 === 0 ? countries[(person / 4) % countries.length] : countries[0]) ?? '';
  const credit = random(15) === 0;
  const minutes = 480 + Math.floor(dayShare * 540);
  const time = `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:00`;
  return Array.from({ length: 1 + random(credit ? 2 : 7) }, () => {
    const { code, name, pence } = shelf[random(1 + random(shelf.length))] ?? {
      code: '21000',
      name: 'Gift',
      pence: 100,
    };
    const quantity = 1 + random(credit ? 3 : 24);
    return {
      invoice: credit ? `C${number}` : String(number),
      code,
      description: name,
      quantity: String(credit ? -quantity : quantity),
      at: `${date} ${time}`,
      price: (pence / 100).toFixed(2),
      customer,
      country,
    };
  });
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

/** Whole numbers from 0 to below the given one, always the same for a seed (mulberry32). */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
