// Every page of the dashboard, with and without data: axe finds nothing in light and dark, and no width scrolls sideways.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  findOverflow,
  findViolations,
  launchBrowser,
  noChromium,
  openPage,
  settled,
  signInByLink,
  wear,
} from './browser.ts';
import { type RetailRow, tradingDays, writeRetail } from './retail.ts';
import { type Stack, startStack } from './stack.ts';
import { openXero } from './xero.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'stockbook-pages-'));
const widths = [390, 768, 1024, 1366, 1920];

let browser: Browser | undefined;
let stack: Stack;
let page: Page;
let troubles: string[];

beforeAll(async () => {
  browser = await launchBrowser();
  if (browser === undefined) return;
  stack = await startStack({ SANDBOX_LIMITS: 'off' });
  ({ page, troubles } = await openPage(browser, stack.url));
});
beforeEach((test) => {
  if (browser === undefined) test.skip(noChromium);
});
afterAll(async () => {
  await browser?.close();
  await stack?.remove();
  rmSync(folder, { recursive: true, force: true });
});

describe('before anything is there', () => {
  it('Sign in has no fault', async () => {
    await page.goto(`${stack.url}/sign-in`);
    await expectNoFault();
  });

  it('Welcome has no fault', async () => {
    await signInByLink(page, stack.link);
    await expectNoFault();
  });

  it.each([
    ['Overview', '/'],
    ['Connect', '/connect'],
    ['Queue', '/queue'],
    ['Errors', '/errors'],
    ['History', '/history'],
    ['Records of invoices', '/records/invoices'],
    ['Import CSV', '/import'],
  ])('%s has no fault', async (_name, address) => {
    await page.goto(`${stack.url}${address}`);
    await expectNoFault();
  });
});

describe('with a day of trade, one record refused and one that waits', () => {
  const places = { record: '', load: '', run: '' };

  beforeAll(async () => {
    if (browser !== undefined) Object.assign(places, await trade());
  });

  it.each([
    ['Overview', () => '/'],
    ['Connect', () => '/connect'],
    ['Queue', () => '/queue'],
    ['Errors', () => '/errors'],
    ['History', () => '/history'],
    ['Records of invoices', () => '/records/invoices'],
    ['Records of tax rates', () => '/records/tax-rates'],
    ['The page of a refused record', () => places.record],
    ['The report of an import', () => places.load],
    ['The page of a run', () => places.run],
    ['Import CSV', () => '/import'],
    ['A page that is not there', () => '/nowhere'],
  ])('%s has no fault', async (_name, address) => {
    await page.goto(`${stack.url}${address()}`);
    await expectNoFault();
  });

  it('the panels that open from the top bar and the bottom bar have no fault', async () => {
    await page.goto(stack.url);
    await settled(page);
    for (const name of [/^Failures:/, 'Account']) {
      await page.getByRole('button', { name }).click();
      await page.getByRole('dialog').waitFor();
      for (const theme of ['light', 'dark'] as const) {
        await wear(page, theme, 1366);
        expect(await findViolations(page)).toEqual([]);
      }
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
    await wear(page, 'light', 390);
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('link', { name: 'Import CSV' }).waitFor();
    expect(await findViolations(page)).toEqual([]);
    expect(await findOverflow(page)).toEqual([]);
  });

  it('no page meets a script error', () => {
    expect(troubles).toEqual([]);
  });
});

/** No sideways scroll at any width; axe on a phone and on a desk, of the dark theme what can differ: its colours. */
async function expectNoFault(): Promise<void> {
  await settled(page);
  const faults: string[] = [];
  for (const width of widths) {
    await wear(page, 'light', width);
    faults.push(...(await findOverflow(page)).map((fault) => `${width} px: ${fault}`));
    if (width !== 390 && width !== 1366) continue;
    faults.push(...(await findViolations(page)).map((fault) => `${width} px: ${fault}`));
    await wear(page, 'dark', width);
    faults.push(...(await findViolations(page, 'colours')).map((fault) => `dark, ${width} px: ${fault}`));
  }
  await wear(page, 'light', 1366);
  expect(faults).toEqual([]);
}

/** A synced day; then one invoice that Xero refuses for its archived contact, and one that nobody has sent yet. */
async function trade(): Promise<{ record: string; load: string; run: string }> {
  const [day = []] = tradingDays({ seed: 11, from: '2026-03-02', days: 1, invoicesADay: 20 });
  const row = {
    ...{ code: '21999', description: 'Oak Letter Rack', quantity: '3', price: '4.20' },
    ...{ at: '2026-03-03 10:00:00', customer: '14888.0', country: 'United Kingdom' },
  };
  await json('connect', '--sandbox');
  const bad = { ...row, invoice: '810002', price: 'abc' };
  const load = await importRows('monday.csv', [{ ...row, invoice: '810001' }, bad, ...day]);
  await json('sync', '--wait');
  await (await openXero(stack.sandboxUrl)).setContact('14888', 'ARCHIVED');
  await importRows('tuesday.csv', [{ ...row, invoice: '810003' }]);
  await json('sync', '--wait');
  await importRows('wednesday.csv', [{ ...row, invoice: '810004' }]);
  const { runs } = await json('status');
  const { records } = await json('records', 'invoices', '--state', 'failed');
  const record = `/records/invoices/${records[0].id}`;
  return { record, load: `/import/${load}`, run: `/runs/${runs.last.id}` };
}

async function importRows(name: string, rows: readonly RetailRow[]): Promise<string> {
  const file = writeRetail(folder, name, rows);
  return (await json('import', 'csv', '--template', 'online-retail', file)).id;
}

async function json(...args: string[]) {
  const ran = await stack.cli(...args, '--json');
  if (ran.code !== 0)
    throw new Error(`stockbook ${args[0]} ended with ${ran.code}: ${ran.stderr}${ran.stdout}`);
  return JSON.parse(ran.stdout);
}
