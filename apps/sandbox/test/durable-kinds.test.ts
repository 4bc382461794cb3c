// kill -9 loses no acknowledged write of any kind: records of every resource, apps, connections, keys, webhooks, settings.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSandboxClient } from '../client.ts';
import { documentKinds } from '../src/organisation-change.ts';
import { signingKey, useReceiver } from './receiver.ts';
import { connect, connectAs, consent, saleOf, type Xero } from './xero.ts';

const children: ChildProcess[] = [];
const root = new URL('..', import.meta.url).pathname;
const built = join(root, 'node_modules', '.test-build-kinds');
const dataDir = mkdtempSync(join(tmpdir(), 'sandbox-'));
const receiver = useReceiver();

beforeAll(() => {
  execFileSync('npx', ['tsc', '-p', 'tsconfig.build.json', '--outDir', built], { cwd: root });
});
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  for (const folder of [built, dataDir]) rmSync(folder, { recursive: true, force: true });
});

type Running = { readonly child: ChildProcess; readonly url: string };

async function start(): Promise<Running> {
  const clock = {
    CLOCK_REAL_MS: '0',
    CLOCK_SIMULATED_MS: String(Date.UTC(2026, 4, 4, 9)),
    CLOCK_SCALE: '0.000001',
  };
  const env = { ...process.env, ...clock, SANDBOX_PORT: '0', DATA_DIR: dataDir };
  const child = spawn(process.execPath, [join(built, 'src', 'main.js')], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  let out = '';
  for await (const chunk of child.stdout) {
    out += String(chunk);
    const url = /http:\/\/localhost:\d+/.exec(out)?.[0];
    if (url !== undefined) return { child, url };
  }
  throw new Error(`The sandbox did not start: ${out}`);
}

async function kill({ child }: Running): Promise<void> {
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

/** Everything the sandbox knows, without the instant it was asked at and the order of members. */
const stateOf = async (url: string): Promise<string[]> =>
  (await createSandboxClient(url).snapshot())
    .split('\n')
    .slice(1)
    .map((line) => {
      const [entry = '', ...body] = line.split('\t');
      return [entry.replace(/^\{"atMs":\d+,?/, '{'), ...body].map(inOrder).join('\t');
    });

/** JSON with the members of every object in the order of their names; other text as it is. */
function inOrder(text: string): string {
  const sorted = (_name: string, value: unknown): unknown =>
    typeof value !== 'object' || value === null || Array.isArray(value)
      ? value
      : Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  return text.startsWith('{') ? JSON.stringify(JSON.parse(text), sorted) : text;
}

/** One acknowledged write of every kind. */
async function writeEverything(live: Xero): Promise<void> {
  const put = async (path: string, body: unknown, key = path) => {
    const answer = await live.call('PUT', path, body, { 'Idempotency-Key': key });
    expect(answer.status, `${path} ${answer.text}`).toBe(200);
    return answer;
  };
  const contact = await put('/Contacts', { Name: 'Ann Archer' });
  const ContactID = String(contact.json('Contacts.0.ContactID'));
  await put('/ContactGroups', { Name: 'Friends' });
  await put('/Items', { Code: 'LAMP', Name: 'Lamp' });
  await put('/Accounts', { Code: 'K1', Name: 'Kept', Type: 'EXPENSE' });
  await put('/TaxRates', {
    Name: 'Kept',
    ReportTaxType: 'OUTPUT',
    TaxComponents: [{ Name: 'VAT', Rate: 3 }],
  });
  await put('/Currencies', { Code: 'SEK' });
  await put('/TrackingCategories', { Name: 'Shop' });
  await put('/Employees', { FirstName: 'Bo', LastName: 'Baker' });
  const sale = await put('/Invoices', saleOf('K-1'));
  const InvoiceID = String(sale.json('Invoices.0.InvoiceID'));
  await put('/PurchaseOrders', { Contact: { ContactID }, LineItems: [{ Description: 'x' }] });
  await put('/Quotes', { Contact: { ContactID }, Date: '2026-05-04', LineItems: [{ Description: 'x' }] });
  const journal = (LineAmount: number, AccountCode: string) => ({ LineAmount, AccountCode });
  await put('/ManualJournals', { Narration: 'x', JournalLines: [journal(5, '400'), journal(-5, '404')] });
  const bank = (Type: string, line: object) => ({
    ...{ Type, Contact: { ContactID }, BankAccount: { Code: '090' } },
    LineItems: [{ Description: 'x', Quantity: 1, UnitAmount: 50, ...line }],
  });
  await put('/BankTransactions', bank('RECEIVE', { AccountCode: '200', TaxType: 'NONE' }), 'b1');
  await put('/BankTransactions', bank('RECEIVE-OVERPAYMENT', {}), 'b2');
  await put('/BankTransactions', bank('RECEIVE-PREPAYMENT', { AccountCode: '200', TaxType: 'NONE' }), 'b3');
  await writeFurther(put, ContactID);
  const credit = {
    ...saleOf(''),
    Type: 'ACCRECCREDIT',
    CreditNoteNumber: 'K-C',
    LineItems: saleOf('').LineItems,
  };
  const note = await put('/CreditNotes', credit);
  const allocations = `/CreditNotes/${String(note.json('CreditNotes.0.CreditNoteID'))}/Allocations`;
  await put(allocations, { Amount: 20, Invoice: { InvoiceID } });
  const payment = { Invoice: { InvoiceID }, Account: { Code: '090' }, Amount: 10, Date: '2026-05-04' };
  await put('/Payments', payment);
  const { Account, ...paid } = payment;
  await put('/BatchPayments', { Account, Date: '2026-05-04', Payments: [paid] });
  await put(`/Invoices/${InvoiceID}/History`, { HistoryRecords: [{ Details: 'Kept' }] });
  const file = await live.call('PUT', `/Invoices/${InvoiceID}/Attachments/a.txt`, 'kept', {
    'Content-Type': 'text/plain',
  });
  expect(file.status).toBe(200);
  expect((await live.call('POST', `/Invoices/${InvoiceID}/Email`, {})).status).toBe(204);
}

/** Transfers, receipts and repeating invoices. */
async function writeFurther(
  put: (path: string, body: unknown) => Promise<unknown>,
  ContactID: string,
): Promise<void> {
  await put('/BankTransfers', {
    FromBankAccount: { Code: '090' },
    ToBankAccount: { Code: '095' },
    Amount: 5,
  });
  await put('/Receipts', {
    Contact: { ContactID },
    LineItems: [{ Description: 'x', Quantity: 1, UnitAmount: 5, AccountCode: '404' }],
  });
  await put('/RepeatingInvoices', {
    ...{ Type: 'ACCREC', Contact: { ContactID }, LineItems: saleOf('').LineItems },
    Schedule: { Period: 1, Unit: 'WEEKLY', DueDate: 7, DueDateType: 'DAYSAFTERBILLDATE' },
  });
}

const names = (): string[] => [];

describe('kill -9', () => {
  it('loses nothing that was acknowledged, whatever its kind', async () => {
    const first = await start();
    const live = await connect(first.url);
    const { control } = live;
    await control.subscribe({ url: receiver.url, key: signingKey });
    receiver.answer = (response) => response.writeHead(500).end();
    await writeEverything(live);
    await control.setApp({ id: 'kept', kind: 'web', secret: 'sandbox-secret', tier: 'advanced' });
    await connectAs(first.url, 'kept', 'offline_access accounting.contacts');
    await control.setAppSubscription('sandbox-client');
    const second = await control.createOrganisation({ region: 'AU', name: 'Second', demoSeed: 3 });
    await control.changeOrganisation(second.tenantId, {
      name: 'Renamed',
      tier: 'starter',
      yearLockDate: '2025-06-30',
    });
    await consent(first.url, 'accounting.contacts', { client_id: 'kept' });
    await control.expireTokens();
    const before = await stateOf(first.url);
    const summary = await control.summary();
    await kill(first);

    const again = await start();
    const after = await stateOf(again.url);
    expect(after).toEqual(before);
    expect(await createSandboxClient(again.url).summary()).toEqual(summary);
    const text = after.join('\n');
    const kinds = [
      ...['contact', 'contact-group', 'item', 'payment', 'batch', 'allocation', 'manual-journal'],
      ...['bank-transfer', 'attachment', 'history', 'employee', 'quota', ...documentKinds],
      ...['app', 'connection', 'code', 'access', 'refresh', 'consent', 'app-subscription', 'signing-key'],
      ...['subscription', 'events'],
    ];
    for (const kind of kinds) expect(text, kind).toContain(`"kind":"${kind}"`);
    for (const part of [
      '"reply":{',
      '"window":{',
      '"call":{',
      '"name":"Renamed"',
      '"code":"K1"',
      '"SEK"',
      '"name":"Shop"',
    ])
      expect(text, part).toContain(part);
    await kill(again);
  });

  it('loses none of many writes of many kinds that were on their way', async () => {
    const first = await start();
    const live = await connect(first.url);
    const { control } = live;
    await control.setLimits('off');
    const kept = { contacts: names(), apps: names(), organisations: names() };
    const write = async (round: () => Promise<void>): Promise<void> => {
      try {
        for (;;) await round();
      } catch {
        // The sandbox was killed.
      }
    };
    let n = 0;
    const next = (): number => {
      n += 1;
      return n;
    };
    const writers = [
      write(async () => {
        const Name = `C ${next()}`;
        if ((await live.call('PUT', '/Contacts', { Name })).status === 200) kept.contacts.push(Name);
      }),
      write(async () => {
        const id = `app ${next()}`;
        await control.setApp({ id, kind: 'web', secret: 's' });
        kept.apps.push(id);
      }),
      write(async () => {
        const { tenantId } = await control.createOrganisation({ region: 'NZ', name: `O ${next()}` });
        await control.changeOrganisation(tenantId, { periodLockDate: '2026-01-31' });
        kept.organisations.push(tenantId);
      }),
    ];
    await expect
      .poll(() => Math.min(...Object.values(kept).map((list) => list.length)), { timeout: 20_000 })
      .toBeGreaterThan(15);
    await kill(first);
    await Promise.all(writers);

    const again = await start();
    const client = createSandboxClient(again.url);
    const apps = new Set((await client.apps()).map(({ id }) => id));
    expect(kept.apps.filter((id) => !apps.has(id))).toEqual([]);
    const organisations = await client.organisations();
    const locked = organisations.filter((one) => one.periodLockDate === '2026-01-31');
    const known = new Set(locked.map(({ tenantId }) => tenantId));
    expect(kept.organisations.filter((id) => !known.has(id))).toEqual([]);
    const text = (await stateOf(again.url)).join('\n');
    expect(kept.contacts.filter((name) => !text.includes(`"name":"${name}"`))).toEqual([]);
    await kill(again);
  });
});
