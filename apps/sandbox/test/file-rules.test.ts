// Attachments and notes rule by rule (XERO.md 8).
import { beforeEach, describe, expect, it } from 'vitest';
import { lineOf, messagesOf, saleOf, useXero, type Xero } from './xero.ts';

const usual = useXero();
const other = useXero({ limits: 'off', options: { 'file-types': 'usual' } });
beforeEach(async () => {
  for (const xero of [usual(), other()]) await xero.control.reset();
});

const send = (path: string, text = 'x', method = 'PUT', type = 'text/plain', xero: Xero = usual()) =>
  xero.call(method, path, text, { 'Content-Type': type });
const invoice = async (more: Readonly<Record<string, unknown>> = {}, xero: Xero = usual()) => {
  const made = await xero.call('PUT', '/Invoices', saleOf('', more));
  return `/Invoices/${String(made.json('Invoices.0.InvoiceID'))}`;
};
const listed = async (path: string) => (await usual().call('GET', `${path}/Attachments`)).json('Attachments');
const told = (answer: Awaited<ReturnType<typeof send>>) => messagesOf(answer, 'Attachments');

/** One record of every kind that the sandbox has and files can hang on. */
async function parents(): Promise<string[]> {
  const { call } = usual();
  const path = await invoice();
  const Contact = { Name: 'Ann Archer' };
  const bank = { Type: 'SPEND', BankAccount: { Code: '090' }, LineAmountTypes: 'NoTax' };
  const records: [string, string, Readonly<Record<string, unknown>>][] = [
    [
      'Accounts',
      'AccountID',
      { Code: `F${Date.now() % 1e8}`, Name: `Files ${Date.now()}`, Type: 'EXPENSE', TaxType: 'NONE' },
    ],
    ['Contacts', 'ContactID', { Name: 'Bo' }],
    ['CreditNotes', 'CreditNoteID', { Type: 'ACCRECCREDIT', Contact, LineItems: [lineOf()] }],
    [
      'PurchaseOrders',
      'PurchaseOrderID',
      { Contact, LineItems: [lineOf({ AccountCode: '300', TaxType: 'INPUT2' })] },
    ],
    ['Quotes', 'QuoteID', { Contact, Date: '2026-03-02', LineItems: [lineOf()] }],
    [
      'BankTransactions',
      'BankTransactionID',
      { ...bank, Contact, LineItems: [lineOf({ AccountCode: '404', TaxType: 'NONE' })] },
    ],
    [
      'ManualJournals',
      'ManualJournalID',
      {
        Narration: 'N',
        JournalLines: [
          { LineAmount: 1, AccountCode: '310' },
          { LineAmount: -1, AccountCode: '631' },
        ],
      },
    ],
  ];
  const paths = [path];
  for (const [name, field, body] of records) {
    const made = await call('PUT', `/${name}`, body);
    expect(made.status, `${name} ${made.text}`).toBe(200);
    paths.push(`/${name}/${String(made.json(`${name}.0.${field}`))}`);
  }
  return paths;
}

describe('8 attachments', () => {
  it('8 hang on accounts, bank transactions, contacts, credit notes, invoices, manual journals, orders and quotes', async () => {
    const paths = await parents();
    expect(paths).toHaveLength(8);
    for (const path of paths) {
      expect((await send(`${path}/Attachments/a.txt`)).status, path).toBe(200);
      expect(await listed(path), path).toHaveLength(1);
    }
  });

  it('8 do not hang on items and payments', async () => {
    const path = await invoice();
    const paid = await usual().call('PUT', '/Payments', {
      Invoice: { InvoiceID: path.split('/')[2] },
      Account: { Code: '090' },
      Date: '2026-03-20',
      Amount: 1,
    });
    await usual().call('PUT', '/Items', { Code: 'L' });
    const item = (await usual().call('GET', '/Items/L')).json('Items.0.ItemID');
    for (const parent of [`/Payments/${String(paid.json('Payments.0.PaymentID'))}`, `/Items/${String(item)}`])
      expect((await send(`${parent}/Attachments/a.txt`)).status).toBe(404);
  });

  it('8 are sent as raw bytes by PUT or POST alike, and one of the same name takes the place of the other', async () => {
    const path = `${await invoice()}/Attachments`;
    const first = await send(`${path}/a.txt`, 'one');
    const second = await send(`${path}/a.txt`, 'two!', 'POST');
    expect(second.json('Attachments.0')).toMatchObject({
      AttachmentID: first.json('Attachments.0.AttachmentID'),
      ContentLength: 4,
    });
    expect((await usual().call('GET', path)).json('Attachments')).toHaveLength(1);
    expect((await usual().call('GET', `${path}/a.txt`)).text).toBe('two!');
  });

  it('8 are read as a list, and their bytes by id or by name', async () => {
    const path = `${await invoice()}/Attachments`;
    const made = await send(`${path}/a%20b.csv`, 'é;1\n', 'PUT', 'text/csv');
    expect(made.json('Attachments.0')).toEqual({
      AttachmentID: expect.any(String),
      FileName: 'a b.csv',
      Url: expect.stringMatching(
        /^https:\/\/api\.xero\.com\/api\.xro\/2\.0\/Invoices\/.*\/Attachments\/a%20b\.csv$/,
      ),
      MimeType: 'text/csv',
      ContentLength: 5,
      IncludeOnline: false,
    });
    for (const name of ['a%20b.csv', String(made.json('Attachments.0.AttachmentID'))]) {
      const file = await usual().call('GET', `${path}/${name}`);
      expect([file.text, file.headers.get('content-type')]).toEqual(['é;1\n', 'text/csv']);
    }
    expect((await usual().call('GET', `${path}/none.csv`)).status).toBe(404);
  });

  it('8 cannot be deleted', async () => {
    const path = `${await invoice()}/Attachments`;
    await send(`${path}/a.txt`);
    expect((await usual().call('DELETE', `${path}/a.txt`)).status).toBe(501);
    expect((await usual().call('GET', path)).json('Attachments')).toHaveLength(1);
  });

  it('8 are at most ten a document', async () => {
    const path = `${await invoice()}/Attachments`;
    for (let n = 0; n < 10; n += 1) expect((await send(`${path}/${n}.txt`)).status).toBe(200);
    expect(told(await send(`${path}/10.txt`))).toEqual(['A document can have no more than 10 attachments']);
    expect((await send(`${path}/9.txt`, 'again')).status).toBe(200);
  });

  it('8 have at most 10 MB, those of manual journals 3 MB', async () => {
    const [path = ''] = await parents();
    const journals = await usual().call('GET', '/ManualJournals');
    const journal = `/ManualJournals/${String(journals.json('ManualJournals.0.ManualJournalID'))}`;
    const ofMegabytes = (size: number) => 'x'.repeat(size * 1024 * 1024);
    expect((await send(`${path}/Attachments/a.txt`, ofMegabytes(10))).status).toBe(200);
    expect(told(await send(`${path}/Attachments/b.txt`, `${ofMegabytes(10)}x`))).toEqual([
      'The attachment is larger than 10 MB',
    ]);
    expect((await send(`${journal}/Attachments/a.txt`, ofMegabytes(3))).status).toBe(200);
    expect(told(await send(`${journal}/Attachments/b.txt`, `${ofMegabytes(3)}x`))).toEqual([
      'The attachment is larger than 3 MB',
    ]);
  });

  it('8 file names hold none of the eleven signs that Xero forbids', async () => {
    const path = `${await invoice()}/Attachments`;
    for (const sign of ['<', '>', ':', '"', '/', '\\', '|', '?', '*', '+', '\0'])
      expect((await send(`${path}/${encodeURIComponent(`a${sign}b.txt`)}`)).status, sign).toBe(400);
    expect((await send(`${path}/${encodeURIComponent("a[1](2) é'&.txt")}`)).status).toBe(200);
  });

  it('8 are of a type of the published list; by option of any but programs', async () => {
    const [strict, open] = [await invoice(), await invoice({}, other())];
    const statuses = async (name: string) => [
      (await send(`${strict}/Attachments/${name}`)).status,
      (await send(`${open}/Attachments/${name}`, 'x', 'PUT', 'text/plain', other())).status,
    ];
    for (const ending of 'bmp csv doc docx gif jpeg jpg odf pdf'.split(' '))
      expect(await statuses(`a.${ending}`), ending).toEqual([200, 200]);
    const [second, third] = [await invoice(), await invoice({}, other())];
    for (const ending of 'png ppt pptx rar rtf tif tiff txt xls'.split(' ')) {
      expect((await send(`${second}/Attachments/a.${ending}`)).status, ending).toBe(200);
      expect((await send(`${third}/Attachments/a.${ending}`, 'x', 'PUT', 'text/plain', other())).status).toBe(
        200,
      );
    }
    expect((await send(`${second}/Attachments/a.xlsx`)).status).toBe(200);
    const [fourth, fifth] = [await invoice(), await invoice({}, other())];
    expect((await send(`${fourth}/Attachments/a.zip`)).status).toBe(200);
    expect(told(await send(`${fourth}/Attachments/a.html`))).toEqual([
      'Files of this type cannot be attached',
    ]);
    expect((await send(`${fifth}/Attachments/a.html`, 'x', 'PUT', 'text/html', other())).status).toBe(200);
    expect([
      (await send(`${fourth}/Attachments/a.exe`)).status,
      (await send(`${fifth}/Attachments/a.exe`, 'x', 'PUT', 'text/plain', other())).status,
    ]).toEqual([400, 400]);
  });

  it('8 are shown online only on sales invoices and customer credit notes, and only PUT says so', async () => {
    const sale = await invoice();
    const bill = await invoice({
      Type: 'ACCPAY',
      LineItems: [lineOf({ AccountCode: '300', TaxType: 'INPUT2' })],
    });
    const online = async (path: string, method = 'PUT') =>
      (await send(`${path}/Attachments/${method}.txt?IncludeOnline=true`, 'x', method)).json(
        'Attachments.0.IncludeOnline',
      );
    expect(await online(sale)).toBe(true);
    expect(await online(sale, 'POST')).toBe(false);
    expect(await online(bill)).toBeUndefined();
    const note = await usual().call('PUT', '/CreditNotes', {
      Type: 'ACCRECCREDIT',
      Contact: { Name: 'Ann Archer' },
      LineItems: [lineOf()],
    });
    expect(await online(`/CreditNotes/${String(note.json('CreditNotes.0.CreditNoteID'))}`)).toBe(true);
  });
});

describe('8 notes', () => {
  it('8 are added by PUT and told as System Generated', async () => {
    const path = `${await invoice()}/History`;
    for (const Details of ['Called', 'Sent by post'])
      expect((await usual().call('PUT', path, { HistoryRecords: [{ Details }] })).status).toBe(200);
    const notes = await usual().call('GET', path);
    expect(notes.json('HistoryRecords')).toHaveLength(2);
    expect(notes.json('HistoryRecords.0')).toMatchObject({ Changes: 'Note', User: 'System Generated' });
  });

  it('8 have at most 2500 characters', async () => {
    const path = `${await invoice()}/History`;
    const write = async (length: number) =>
      (await usual().call('PUT', path, { HistoryRecords: [{ Details: 'x'.repeat(length) }] })).status;
    expect([await write(2_500), await write(2_501)]).toEqual([200, 400]);
  });
});
