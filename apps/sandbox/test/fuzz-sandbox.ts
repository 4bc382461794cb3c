// A sandbox in a process of its own, filled with one record of everything, that can be put back after what broke it.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Shot } from './fuzz-shot.ts';
import { type Answer, sendRaw } from './fuzz-wire.ts';
import { connect, consent, lineOf, postToken, saleOf, type Xero } from './xero.ts';

const root = new URL('..', import.meta.url).pathname;
const built = join(root, 'node_modules', '.fuzz-build');

export type Target = {
  readonly xero: Xero;
  /** Sends a shot whose placeholders are filled in. */
  send(shot: Shot): Promise<Answer>;
  /** Puts records, tokens and settings back to how they were at the start. */
  repair(): Promise<void>;
  /** Of the sandbox's process, in bytes. */
  residentBytes(): number;
  /** What it wrote to its error output. */
  said(): string;
  isAlive(): boolean;
  /** Ends it at once and starts it anew from its journal. */
  restart(): Promise<void>;
  close(): Promise<void>;
};

export async function startTarget(): Promise<Target> {
  execFileSync('npx', ['tsc', '-p', 'tsconfig.build.json', '--outDir', built], { cwd: root });
  const dataDir = mkdtempSync(join(tmpdir(), 'sandbox-fuzz-'));
  let running = await start(dataDir, '0');
  const { port } = running;
  const xero = await connect(`http://localhost:${port}`);
  const marks = await fill(xero);
  const standard = await xero.control.options();
  const snapshot = await xero.control.snapshot();
  const end = async (): Promise<void> => {
    const exit = once(running.child, 'exit');
    running.child.kill('SIGKILL');
    await exit;
  };
  return {
    xero,
    send: (shot) => sendRaw(port, marked(shot, marks)),
    async repair() {
      await xero.control.mend();
      await xero.control.setLimits('off');
      await xero.control.setLatency(0);
      await xero.control.setOptions(standard);
      await xero.control.setClock({ scale: 1 });
      await xero.control.restore(snapshot, { clock: true });
    },
    residentBytes: () => residentBytes(running.child.pid ?? 0),
    said: () => running.said(),
    isAlive: () => running.child.exitCode === null && running.child.signalCode === null,
    async restart() {
      await end();
      running = await start(dataDir, String(port));
    },
    async close() {
      if (running.child.exitCode === null) await end();
      rmSync(dataDir, { recursive: true, force: true });
      rmSync(built, { recursive: true, force: true });
    },
  };
}

/** Little room for rubbish, so that what is measured is what lives: left to itself, V8 lets it swing by as much as a leak would come to. A leak that outgrew this would end the process. */
const heap = ['--max-semi-space-size=2', '--max-old-space-size=192'];

type Running = { readonly child: ChildProcess; readonly port: number; readonly said: () => string };

async function start(dataDir: string, port: string): Promise<Running> {
  // Its answers are not judged by the specification: what was malformed is echoed as it was sent.
  const { NODE_OPTIONS: _judged, ...own } = process.env;
  const settings = { SANDBOX_PORT: port, DATA_DIR: dataDir, SANDBOX_LIMITS: 'off' };
  const env = { ...own, ...settings, STARTER_PID: String(process.pid) };
  const child = spawn(process.execPath, [...heap, join(built, 'src', 'main.js')], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said = `${said}${chunk}`.slice(0, 20_000)));
  let out = '';
  for await (const chunk of child.stdout) {
    out += String(chunk);
    const found = /http:\/\/localhost:(\d+)/.exec(out)?.[1];
    if (found !== undefined) return { child, port: Number(found), said: () => said };
  }
  throw new Error(`The sandbox did not start: ${said}`);
}

function residentBytes(pid: number): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) * 1024;
}

type Marks = ReadonlyMap<string, string>;

function marked(shot: Shot, marks: Marks): Shot {
  const fillIn = (text: string): string =>
    text.replaceAll(/\$([A-Z]+)\$/g, (whole, name: string) => marks.get(name) ?? whole);
  return {
    ...shot,
    target: fillIn(shot.target),
    headers: shot.headers.map(([name, value]) => [name, fillIn(value)] as const),
    body: shot.body.includes('$') ? Buffer.from(fillIn(shot.body.toString('latin1')), 'latin1') : shot.body,
  };
}

/** Makes one record of everything; gives what the placeholders stand for. */
async function fill(xero: Xero): Promise<Marks> {
  const marks = new Map([
    ['TOKEN', xero.token],
    ['TENANT', xero.tenant],
    ['BASIC', Buffer.from('sandbox-client:sandbox-secret').toString('base64')],
    ['THEME', 'dabc7637-62c1-4941-8a6e-ee44fa5090e7'],
  ]);
  const code = await consent(xero.url);
  const redirect_uri = 'http://localhost:9/callback';
  const tokens = await postToken(xero.url, { grant_type: 'authorization_code', code, redirect_uri });
  marks.set('REFRESH', String(tokens.json('refresh_token')));
  const make = async (mark: string, path: string, body: unknown, id: string): Promise<string> => {
    const answer = await xero.call('PUT', path, body);
    const made = String(answer.json(id));
    if (answer.status !== 200 || made === 'undefined') throw new Error(`${path}: ${answer.text}`);
    marks.set(mark, made);
    return made;
  };
  await makeNames(make);
  await makeMoney(make);
  const invoice = await xero.call('GET', `/Invoices/${marks.get('INVOICE')}`);
  marks.set('LINE', String(invoice.json('Invoices.0.LineItems.0.LineItemID')));
  for (const [mark, account] of [
    ['SALES', '200'],
    ['BANK', '090'],
  ] as const)
    marks.set(mark, String((await xero.call('GET', `/Accounts/${account}`)).json('Accounts.0.AccountID')));
  const file = `/Invoices/${marks.get('INVOICE')}/Attachments/a.txt`;
  await xero.call('PUT', file, 'a', { 'Content-Type': 'text/plain' });
  return marks;
}

type Make = (mark: string, path: string, body: unknown, id: string) => Promise<string>;

async function makeNames(make: Make): Promise<void> {
  const contact = { Name: 'Ann Archer', ContactNumber: 'C-1' };
  await make('CONTACT', '/Contacts', contact, 'Contacts.0.ContactID');
  const tracked = {
    Code: 'T-1',
    InventoryAssetAccountCode: '630',
    PurchaseDetails: { COGSAccountCode: '310' },
  };
  await make('TRACKED', '/Items', tracked, 'Items.0.ItemID');
  await make('ITEM', '/Items', { Code: 'U-1', Name: 'Lamp' }, 'Items.0.ItemID');
  const account = { Code: 'F1', Name: 'Own', Type: 'EXPENSE' };
  await make('ACCOUNT', '/Accounts', account, 'Accounts.0.AccountID');
  const category = await make(
    ...(['CATEGORY', '/TrackingCategories', { Name: 'Region' }] as const),
    'TrackingCategories.0.TrackingCategoryID',
  );
  const options = `/TrackingCategories/${category}/Options`;
  await make('OPTION', options, { Name: 'England' }, 'Options.0.TrackingOptionID');
  await make('GROUP', '/ContactGroups', { Name: 'Group' }, 'ContactGroups.0.ContactGroupID');
  const person = { FirstName: 'Ann', LastName: 'Archer' };
  await make('EMPLOYEE', '/Employees', person, 'Employees.0.EmployeeID');
}

async function makeMoney(make: Make): Promise<void> {
  const ACCPAY = { Type: 'ACCPAY', InvoiceNumber: 'B-1' };
  const LineItems = [lineOf({ ItemCode: 'T-1', AccountCode: '630', TaxType: 'INPUT2' })];
  await make('BILL', '/Invoices', saleOf('B-1', { ...ACCPAY, LineItems }), 'Invoices.0.InvoiceID');
  const invoice = await make('INVOICE', '/Invoices', saleOf('F-1'), 'Invoices.0.InvoiceID');
  const credit = { ...saleOf(''), Type: 'ACCRECCREDIT', CreditNoteNumber: 'CN-1', InvoiceNumber: undefined };
  await make('CREDIT', '/CreditNotes', credit, 'CreditNotes.0.CreditNoteID');
  await make(
    'ORDER',
    '/PurchaseOrders',
    { ...saleOf(''), Type: undefined, Status: 'DRAFT' },
    'PurchaseOrders.0.PurchaseOrderID',
  );
  await make('QUOTE', '/Quotes', { ...saleOf(''), Type: undefined, Status: 'DRAFT' }, 'Quotes.0.QuoteID');
  const JournalLines = [
    { LineAmount: 1, AccountCode: '310' },
    { LineAmount: -1, AccountCode: '429' },
  ];
  const journal = { Narration: 'n', Date: '2026-03-02', Status: 'POSTED', JournalLines };
  await make('JOURNAL', '/ManualJournals', journal, 'ManualJournals.0.ManualJournalID');
  const bank = { BankAccount: { Code: '090' }, Contact: { Name: 'Ann Archer' }, Date: '2026-03-02' };
  const money = { ...bank, LineItems: [lineOf()] };
  const id = 'BankTransactions.0.';
  await make('TRANSACTION', '/BankTransactions', { ...money, Type: 'RECEIVE' }, `${id}BankTransactionID`);
  const over = { ...bank, Type: 'RECEIVE-OVERPAYMENT', LineItems: [{ Description: 'o', UnitAmount: 50 }] };
  await make('OVERPAYMENT', '/BankTransactions', { ...over, LineAmountTypes: 'NoTax' }, `${id}OverpaymentID`);
  const early = { ...money, Type: 'RECEIVE-PREPAYMENT' };
  await make('PREPAYMENT', '/BankTransactions', early, `${id}PrepaymentID`);
  const payment = {
    Invoice: { InvoiceID: invoice },
    Account: { Code: '090' },
    Date: '2026-03-03',
    Amount: 1,
  };
  await make('PAYMENT', '/Payments', payment, 'Payments.0.PaymentID');
  const batch = { Account: { Code: '090' }, Date: '2026-03-03', Payments: [payment] };
  await make('BATCH', '/BatchPayments', batch, 'BatchPayments.0.BatchPaymentID');
}
