// Whatever is called, legal or not: the books balance, states and sums are right, and a restart changes nothing.
// PROPERTY_CALLS sets how many calls there are, PROPERTY_SEED repeats those of a seed that failed.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSandboxClient } from '../client.ts';
import { createSandbox, type Sandbox } from '../src/index.ts';
import { bookFaults } from './books/book-sums.ts';
import { readHistory } from './books/history.ts';
import { type Play, play, type RandomCall, randomCall } from './books/random-call.ts';
import { sumFaults } from './books/sums.ts';
import { connect, type Xero } from './xero.ts';

const { PROPERTY_CALLS = '', PROPERTY_SEED = '', STOCKBOOK_NIGHTLY = '' } = process.env;
const callsWanted =
  PROPERTY_CALLS === '' ? (STOCKBOOK_NIGHTLY === '1' ? 20_000 : 2_000) : Number(PROPERTY_CALLS);
const sequenceLength = 60;

const dataDir = mkdtempSync(join(tmpdir(), 'books-'));
/** Time stands still but for the steps it is given, so that two snapshots can be compared. */
const simulatedMs = Date.UTC(2026, 2, 1, 12);
let sandbox: Sandbox;
let xero: Xero;

beforeAll(async () => {
  [sandbox, xero] = await start(simulatedMs);
});
afterAll(async () => {
  await sandbox.close();
  rmSync(dataDir, { recursive: true });
});

async function start(atMs: number): Promise<[Sandbox, Xero]> {
  const clock = { realMs: Date.now(), simulatedMs: atMs, scale: 0 };
  const started = await createSandbox({ limits: 'off', dataDir, clock });
  return [started, await connect(started.url)];
}

/** Lets the client in again, because tokens end while the clock is stepped. */
async function prepare(): Promise<void> {
  xero = await connect(sandbox.url);
  await xero.control.reset();
  for (const Code of ['T-1', 'T-2'])
    await xero.call('PUT', '/Items', {
      Code,
      InventoryAssetAccountCode: '630',
      PurchaseDetails: { UnitPrice: 1.37, COGSAccountCode: '310' },
    });
  await xero.call('PUT', '/Currencies', { Code: 'EUR' });
  // It is there already but for the first time: accounts stay.
  const euros = {
    Code: '098',
    Name: 'Euro Account',
    Type: 'BANK',
    BankAccountNumber: '1',
    CurrencyCode: 'EUR',
  };
  await xero.call('PUT', '/Accounts', euros);
}

/** Calls one after the other; returns how many there were of each status. */
async function run(
  calls: readonly RandomCall[],
  backorders: boolean,
  seen: Map<number, number>,
): Promise<void> {
  await prepare();
  const to: Play = { xero, made: new Map(), backorders };
  for (const one of calls) {
    await xero.control.advance(1_500);
    const answer = await play(to, one);
    if (answer !== undefined) seen.set(answer.status, (seen.get(answer.status) ?? 0) + 1);
  }
}

describe('the books', () => {
  const backordered = new Set<number>();
  let resets = 0;

  it('hold after any sequence of calls', { timeout: 3_600_000 }, async () => {
    const seen = new Map<number, number>();
    await fc.assert(
      fc.asyncProperty(
        fc.array(randomCall, { minLength: sequenceLength, maxLength: sequenceLength }),
        fc.boolean(),
        async (calls, backorders) => {
          resets += 1;
          if (backorders) backordered.add(resets);
          await run(calls, backorders, seen);
          const sums = [
            'Invoices',
            'CreditNotes',
            'PurchaseOrders',
            'BankTransactions',
            'Overpayments',
            'Prepayments',
          ];
          for (const resource of sums) expect(await sumFaults(xero, resource)).toEqual([]);
          expect(await bookFaults(xero, '2026-03-31')).toEqual([]);
        },
      ),
      {
        numRuns: Math.max(1, Math.ceil(callsWanted / sequenceLength)),
        ...(PROPERTY_SEED === '' ? {} : { seed: Number(PROPERTY_SEED) }),
      },
    );
    // Both legal and illegal calls were among them, and nothing else.
    expect([...seen.keys()].filter((status) => ![200, 400, 404].includes(status))).toEqual([]);
    expect(seen.get(200)).toBeGreaterThan(callsWanted / 5);
    expect(seen.get(400)).toBeGreaterThan(callsWanted / 10);
  });

  it('saw no illegal step of any record, and no stock below nought without a back-order', () => {
    const history = readHistory(join(dataDir, 'sandbox'));
    expect(history.illegal).toEqual([]);
    expect(history.short.filter((one) => !backordered.has(one.resets))).toEqual([]);
    expect(history.stepsTaken).toBeGreaterThan(callsWanted / 5);
  });

  it('are the same byte for byte after a restart, and after a snapshot is put back', {
    timeout: 60_000,
  }, async () => {
    const before = await xero.control.snapshot();
    const { simulatedMs: atMs } = await xero.control.clock();
    await sandbox.close();
    const clock = { realMs: Date.now(), simulatedMs: atMs, scale: 0 };
    sandbox = await createSandbox({ limits: 'off', dataDir, clock });
    const control = createSandboxClient(sandbox.url);
    expect(difference(await control.snapshot(), before)).toBe('');
    await control.restore(before);
    expect(difference(await control.snapshot(), before)).toBe('');
  });
});

/** Where two texts part, with what stands around it; empty where they are the same. */
function difference(a: string, b: string): string {
  if (a === b) return '';
  let at = 0;
  while (a[at] === b[at]) at += 1;
  return `${a.slice(at - 200, at + 100)} | ${b.slice(at, at + 100)}`;
}
