// The contacts, items and documents of a demo organisation, as a client would send them.
import type { Chance } from './chance.ts';

type Element = Readonly<Record<string, unknown>>;

const customers = [
  'Ridgeway Garden Centre',
  'Harbour Street Gifts',
  'The Corner Lamp Shop',
  'Oak & Ivy Interiors',
  'Northside Hardware',
  'Marigold Florists',
  'Bramble Cafe',
  'Kestrel Outdoor',
] as const;
const suppliers = ['Brightwell Lighting Ltd', 'Parcel Point Couriers', 'Clayhouse Pottery'] as const;

export function demoContacts(chance: Chance, country: string): Element[] {
  return [...customers, ...suppliers].map((Name, index) => ({
    Name,
    ContactNumber: `DEMO-${String(index + 1).padStart(3, '0')}`,
    EmailAddress: `accounts${index + 1}@example.com`,
    Addresses: [
      { AddressType: 'STREET', AddressLine1: `${chance.whole(1, 180)} High Street`, Country: country },
    ],
  }));
}

type Good = readonly [code: string, name: string, price: number];

const goods: readonly [Good, ...Good[]] = [
  ['LAMP-S', 'Table lamp', 24],
  ['LAMP-T', 'Tall lamp', 65],
  ['POT-S', 'Small pot', 6],
  ['POT-L', 'Large pot', 18],
  ['VASE', 'Glass vase', 14],
];

/** The lamps are tracked, the rest is not. */
export function demoItems(chance: Chance, sale: string, purchase: string): Element[] {
  return goods.map(([Code, Name, price]) => {
    const UnitPrice = price + chance.whole(0, 95) / 100;
    const cost = Math.round(UnitPrice * 55) / 100;
    const SalesDetails = { UnitPrice, AccountCode: '200', TaxType: sale };
    if (!Code.startsWith('LAMP'))
      return {
        Code,
        Name,
        SalesDetails,
        PurchaseDetails: { UnitPrice: cost, AccountCode: '300', TaxType: purchase },
      };
    return {
      Code,
      Name,
      SalesDetails,
      InventoryAssetAccountCode: '630',
      PurchaseDetails: { UnitPrice: cost, COGSAccountCode: '310', TaxType: purchase },
    };
  });
}

export function demoBills(chance: Chance, today: string, purchase: string): Element[] {
  return Array.from({ length: 6 }, (_, index) => ({
    Type: 'ACCPAY',
    InvoiceNumber: `BW-${2_000 + index}`,
    Contact: { Name: suppliers[index % suppliers.length] },
    Date: daysBefore(today, 120 - index * 15),
    DueDate: daysBefore(today, 90 - index * 15),
    Status: 'AUTHORISED',
    LineItems: goods.slice(0, 2).map(([ItemCode, Description]) => ({
      ItemCode,
      Description,
      Quantity: chance.whole(20, 60),
      TaxType: purchase,
    })),
  }));
}

export function demoSales(chance: Chance, today: string, sale: string): Element[] {
  return Array.from({ length: 30 }, (_, index) => ({
    Type: 'ACCREC',
    InvoiceNumber: demoNumber(index),
    Contact: { Name: chance.pick(customers) },
    Date: daysBefore(today, 90 - index * 3),
    DueDate: daysBefore(today, 60 - index * 3),
    Reference: `PO ${chance.whole(1_000, 9_999)}`,
    Status: index >= 27 ? 'DRAFT' : 'AUTHORISED',
    LineItems: Array.from({ length: chance.whole(1, 3) }, () => {
      const [ItemCode, Description] = chance.pick(goods);
      return { ItemCode, Description, Quantity: chance.whole(1, 4), TaxType: sale };
    }),
  }));
}

function demoNumber(index: number): string {
  return `INV-${String(index + 1).padStart(4, '0')}`;
}

export function demoNotes(chance: Chance, today: string, sale: string): Element[] {
  return Array.from({ length: 3 }, (_, index) => ({
    Type: 'ACCRECCREDIT',
    CreditNoteNumber: `CN-${String(index + 1).padStart(4, '0')}`,
    Contact: { Name: chance.pick(customers) },
    Date: daysBefore(today, 20 - index * 5),
    Status: 'AUTHORISED',
    LineItems: [{ ItemCode: 'POT-S', Quantity: 1, TaxType: sale }],
  }));
}

/** Part payments of the older invoices. */
export function demoPayments(chance: Chance, today: string): Element[] {
  return Array.from({ length: 15 }, (_, index) => ({
    InvoiceNumber: demoNumber(index),
    Account: { Code: '090' },
    Date: daysBefore(today, 50 - index * 3),
    Amount: chance.whole(100, 500) / 100,
    Reference: 'Card',
  }));
}

function daysBefore(today: string, days: number): string {
  const ms = Date.parse(`${today}T00:00:00Z`) - days * 86_400_000;
  return new Date(ms).toISOString().slice(0, 10);
}
