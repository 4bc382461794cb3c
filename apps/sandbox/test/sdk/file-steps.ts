// The walk over files and history notes on every kind of record that has them.
import { expect, it } from 'vitest';
import { callNamed, idOf, refusalOf, type Walk } from './walk.ts';

const text = { headers: { 'Content-Type': 'text/plain' } };

/** What the walk made, by the word of xero-node's methods; those with `online` take IncludeOnline. */
const parents = [
  ['Account', 'account', false],
  ['BankTransaction', 'bank transaction', false],
  ['BankTransfer', 'bank transfer', false],
  ['Contact', 'contact', false],
  ['CreditNote', 'credit note', true],
  ['Invoice', 'sale 1', true],
  ['ManualJournal', 'journal', false],
  ['PurchaseOrder', 'order', false],
  ['Quote', 'quote', false],
  ['Receipt', 'receipt', false],
  ['RepeatingInvoice', 'repeating invoice', false],
] as const;

const noted = [
  ['BankTransaction', 'bank transaction', 'HistoryRecord', 'BankTransactionsHistory'],
  ['BankTransfer', 'bank transfer', 'HistoryRecord', 'BankTransferHistory'],
  ['BatchPayment', 'batch', 'HistoryRecord', 'BatchPaymentHistory'],
  ['Contact', 'contact', 'History', 'ContactHistory'],
  ['CreditNote', 'credit note', 'History', 'CreditNoteHistory'],
  ['Invoice', 'sale 1', 'History', 'InvoiceHistory'],
  ['Item', 'item', 'History', 'ItemHistory'],
  ['ManualJournal', 'journal', 'HistoryRecord', 'ManualJournalsHistory'],
  ['Overpayment', 'Overpayment', 'History', 'OverpaymentHistory'],
  ['Payment', 'payment', 'History', 'PaymentHistory'],
  ['Prepayment', 'Prepayment', 'History', 'PrepaymentHistory'],
  ['PurchaseOrder', 'order', 'History', 'PurchaseOrderHistory'],
  ['Quote', 'quote', 'History', 'QuoteHistory'],
  ['Receipt', 'receipt', 'History', 'ReceiptHistory'],
  ['RepeatingInvoice', 'repeating invoice', 'History', 'RepeatingInvoiceHistory'],
] as const;

const printed = [
  ['Invoice', 'sale 1'],
  ['CreditNote', 'credit note'],
  ['PurchaseOrder', 'order'],
  ['Quote', 'quote'],
] as const;

export function walkFiles(start: () => Walk): void {
  it.each(printed)('prints a %s, and refuses one that is not there', async (name, word) => {
    const walk = start();
    expect(String(await callNamed(walk, `get${name}AsPdf`, idOf(walk, word)))).toMatch(/^%PDF/);
    expect((await refusalOf(callNamed(walk, `get${name}AsPdf`, walk.tenant))).status).toBe(404);
  });

  it.each(parents)(
    'attaches, replaces, lists, reads and refuses files of a %s',
    async (name, word, hasOnline) => {
      const walk = start();
      const id = idOf(walk, word);
      const online = hasOnline ? [true] : [];
      const create = `create${name}AttachmentByFileName`;
      const made = await callNamed(
        walk,
        create,
        id,
        'note.txt',
        Buffer.from('One'),
        ...online,
        undefined,
        text,
      );
      expect(made).toMatchObject({ attachments: [{ fileName: 'note.txt', contentLength: 3 }] });
      const update = `update${name}AttachmentByFileName`;
      await callNamed(walk, update, id, 'note.txt', Buffer.from('Three'), undefined, text);
      const listed = await callNamed(walk, `get${name}Attachments`, id);
      expect(listed).toMatchObject({ attachments: [{ fileName: 'note.txt', mimeType: 'text/plain' }] });
      const byName = await callNamed(walk, `get${name}AttachmentByFileName`, id, 'note.txt', 'text/plain');
      expect(String(byName)).toBe('Three');
      const attachment = Object(listed).attachments[0].attachmentID;
      const byId = await callNamed(walk, `get${name}AttachmentById`, id, attachment, 'text/plain');
      expect(String(byId)).toBe('Three');
      const refused = callNamed(walk, create, id, 'run.exe', Buffer.from('x'), ...online, undefined, text);
      expect((await refusalOf(refused)).status).toBe(400);
    },
  );

  it.each(noted)('notes and reads the history of a %s', async (name, word, create, read) => {
    const walk = start();
    const id = idOf(walk, word);
    const historyRecords = [{ details: 'Seen by the walk' }];
    await callNamed(walk, `create${name}${create}`, id, { historyRecords });
    const noted = Object(await callNamed(walk, `get${read}`, id)).historyRecords;
    expect(noted).toContainEqual(expect.objectContaining({ details: 'Seen by the walk' }));
    const long = { historyRecords: [{ details: 'x'.repeat(2_501) }] };
    expect((await refusalOf(callNamed(walk, `create${name}${create}`, id, long))).status).toBe(400);
  });
}
