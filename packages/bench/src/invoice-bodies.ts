// The sandbox's test load: an organisation's lists, and bodies of 50 approved invoices of five lines, the same in every run.

export const invoicesPerCall = 50;
const linesPerInvoice = 5;
const contacts = 500;
const items = 200;
const goods = [
  'Paper lantern',
  'Oak tray',
  'Glass jar',
  'Wool throw',
  'Tin clock',
  'Wicker basket',
  'Candle',
];

export function contactsBody(): object {
  return {
    Contacts: Array.from({ length: contacts }, (_, index) => ({
      Name: `Customer ${index}`,
      ContactNumber: contactNumber(index),
      Addresses: [
        { AddressType: 'STREET', AddressLine1: `${index} High Street`, City: 'Leeds', Country: 'GB' },
      ],
    })),
  };
}

/** Every fifth item is tracked stock. */
export function itemsBody(): object {
  return {
    Items: Array.from({ length: items }, (_, index) => ({
      Code: itemCode(index),
      Name: nameOf(index),
      SalesDetails: { UnitPrice: priceOf(index), AccountCode: '200', TaxType: 'OUTPUT2' },
      PurchaseDetails: isTracked(index)
        ? { UnitPrice: 2, COGSAccountCode: '310', TaxType: 'INPUT2' }
        : { UnitPrice: 2, AccountCode: '310', TaxType: 'INPUT2' },
      ...(isTracked(index) ? { InventoryAssetAccountCode: '630' } : {}),
    })),
  };
}

/** Buys what the invoices sell. */
export function purchaseBody(): object {
  return {
    Type: 'ACCPAY',
    Contact: { ContactNumber: contactNumber(0) },
    Date: '2026-01-01',
    DueDate: '2026-01-31',
    Status: 'AUTHORISED',
    LineItems: Array.from({ length: items }, (_, index) => index)
      .filter(isTracked)
      .map((index) => ({
        ItemCode: itemCode(index),
        Description: nameOf(index),
        Quantity: 1_000_000,
        UnitAmount: 2,
      })),
  };
}

/** The body of call `number`, counted from 0; one line of each invoice's five sells tracked stock. */
export function invoicesBody(number: number): Buffer {
  const first = number * invoicesPerCall;
  const Invoices = Array.from({ length: invoicesPerCall }, (_, index) => invoice(first + index));
  return Buffer.from(JSON.stringify({ Invoices }));
}

function invoice(number: number): object {
  const day = String(1 + (number % 28)).padStart(2, '0');
  return {
    Type: 'ACCREC',
    InvoiceNumber: `S-${number}`,
    Reference: `Order ${number}`,
    Contact: { ContactNumber: contactNumber((number * 7) % contacts) },
    Date: `2026-10-${day}`,
    DueDate: `2026-11-${day}`,
    Status: 'AUTHORISED',
    LineAmountTypes: 'Exclusive',
    LineItems: Array.from({ length: linesPerInvoice }, (_, index) => {
      const item = (number * linesPerInvoice + index) % items;
      return {
        Description: nameOf(item),
        Quantity: 1 + ((number + index) % 12),
        UnitAmount: priceOf(item),
        ItemCode: itemCode(item),
        AccountCode: '200',
        TaxType: 'OUTPUT2',
      };
    }),
  };
}

function isTracked(item: number): boolean {
  return item % linesPerInvoice === 0;
}

function nameOf(item: number): string {
  return `${goods[item % goods.length]}, size ${item}`;
}

function priceOf(item: number): number {
  return 5 + item / 4;
}

function contactNumber(index: number): string {
  return `C-${index}`;
}

function itemCode(index: number): string {
  return `I-${index}`;
}
