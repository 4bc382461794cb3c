// Takes pictures of the dashboard at work: the product on scratch data, days of trade made up from a seed, a live sync.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { launchBrowser, noChromium, openPage, settled, signInByLink, type Theme, wear } from './browser.ts';
import { type RetailRow, tradingDays, writeRetail } from './retail.ts';
import { type Stack, startStack } from './stack.ts';
import { openXero } from './xero.ts';

export interface Studio {
  /** `overview-light.png` and `overview-dark.png` in the folder, in the middle of a sync. */
  takeOverview(folder: string): Promise<void>;
  /** Every page in both themes at three widths: `queue-dark-390.png` and so on. */
  takeAll(folder: string): Promise<void>;
  close(): Promise<void>;
}

const themes = ['light', 'dark'] as const;
const widths = [390, 1366, 1920];
/** Sandbox ms for a call: slow enough to see a sync go. */
const latencyMs = 2_500;
const archived = '14003';

interface Scene {
  stack: Stack;
  page: Page;
  /** Where the files to import are written. */
  files: string;
}

export async function openStudio(): Promise<Studio> {
  const browser = await launchBrowser();
  if (browser === undefined) throw new Error(noChromium);
  const files = mkdtempSync(path.join(tmpdir(), 'stockbook-pictures-'));
  let stack: Stack | undefined;
  async function close(): Promise<void> {
    await browser?.close();
    await stack?.remove();
    rmSync(files, { recursive: true, force: true });
  }
  try {
    stack = await startStack({ SANDBOX_LATENCY_MS: String(latencyMs) });
    const { page } = await openPage(browser, stack.url);
    const scene = { stack, page, files };
    return {
      takeOverview: (folder) => takeOverview(scene, folder),
      takeAll: (folder) => takeAll(scene, folder),
      close,
    };
  } catch (failure) {
    await close();
    throw failure;
  }
}

async function takeOverview(scene: Scene, folder: string): Promise<void> {
  const { stack, page } = scene;
  mkdirSync(folder, { recursive: true });
  await signInByLink(page, stack.link);
  await trade(scene);
  await wear(page, 'light', 1360);
  await page.goto(stack.url);
  await settled(page);
  await stockbook(stack, 'sync');
  await page.evaluate(halfWay);
  for (const theme of themes) {
    await wear(page, theme, 1360);
    await page.screenshot({ path: path.join(folder, `overview-${theme}.png`) });
  }
  await stockbook(stack, 'sync', '--wait');
}

/** One day that is in Xero already, and two that wait. */
async function trade(scene: Scene): Promise<void> {
  const days = tradingDays({ seed: 5, from: '2026-03-02', days: 3, invoicesADay: 450 });
  const [monday = [], ...rest] = days;
  await stockbook(scene.stack, 'connect', '--sandbox');
  await importRows(scene, { 'monday.csv': monday });
  await stockbook(scene.stack, 'sync', '--wait');
  await importRows(scene, { 'tuesday.csv': rest[0] ?? [], 'wednesday.csv': rest[1] ?? [] });
}

/** Resolves when the run on the page is under way and its pace is known; rejects when it ends before. */
const halfWay = `new Promise((resolve, reject) => {
  let begun = false;
  const look = () => {
    const bar = document.querySelector('[role=progressbar][aria-label="Records done"]');
    const share = Number(bar?.getAttribute('aria-valuenow')) / Number(bar?.getAttribute('aria-valuemax'));
    if (share < 1) begun = true;
    if (begun && share === 1) reject(new Error('The sync ended before its picture was taken.'));
    else if (share >= 0.3 && share < 1 && / left/.test(bar.parentElement.textContent)) resolve();
    else requestAnimationFrame(look);
  };
  look();
})`;

async function takeAll(scene: Scene, folder: string): Promise<void> {
  const { stack, page } = scene;
  mkdirSync(folder, { recursive: true });
  const shots = (addresses: Readonly<Record<string, string>>) =>
    takePages(page, stack.url, folder, addresses);
  await shots({ 'sign-in': '/sign-in' });
  await signInByLink(page, stack.link);
  await shots({
    welcome: '/welcome',
    'overview-empty': '/',
    'connect-begin': '/connect',
    'queue-empty': '/queue',
  });
  await trade(scene);
  await stockbook(stack, 'sync', '--wait');
  const places = await trouble(scene);
  await shots({
    ...{ overview: '/', connect: '/connect', queue: '/queue', errors: '/errors', history: '/history' },
    ...{ invoices: '/records/invoices', items: '/records/items', 'tax-rates': '/records/tax-rates' },
    ...{ import: '/import', nowhere: '/nowhere' },
    ...places,
  });
}

/** Invoices that Xero refuses for their archived contact, one with a bad row, one that waits; and where these are shown. */
async function trouble(scene: Scene): Promise<Record<string, string>> {
  const row = {
    ...{ code: '21007', description: 'Oak Fruit Bowl', quantity: '3', price: '14.20' },
    ...{ at: '2026-03-05 10:00:00', customer: `${archived}.0`, country: 'United Kingdom' },
  };
  const first = { ...row, invoice: '810001' };
  await importRows(scene, { 'thursday.csv': [first, { ...row, invoice: '810002', customer: '14888.0' }] });
  await stockbook(scene.stack, 'sync', '--wait');
  await (await openXero(scene.stack.sandboxUrl)).setContact(archived, 'ARCHIVED');
  const bad = { ...row, invoice: '810005', price: 'abc' };
  const friday = [{ ...row, invoice: '810003' }, { ...row, invoice: '810004' }, bad];
  const load = await importRows(scene, { 'friday.csv': friday });
  await stockbook(scene.stack, 'sync', '--wait');
  await importRows(scene, { 'saturday.csv': [{ ...row, invoice: '810006' }] });
  const { runs } = await stockbook(scene.stack, 'status');
  const failed = await stockbook(scene.stack, 'records', 'invoices', '--state', 'failed');
  const sent = await stockbook(scene.stack, 'records', 'invoices', '--state', 'completed', '--limit', '1');
  return {
    'record-failed': `/records/invoices/${failed.records[0].id}`,
    record: `/records/invoices/${sent.records[0].id}`,
    load: `/import/${load}`,
    run: `/runs/${runs.last.id}`,
  };
}

async function takePages(
  page: Page,
  url: string,
  folder: string,
  addresses: Readonly<Record<string, string>>,
): Promise<void> {
  for (const [name, address] of Object.entries(addresses)) {
    await page.goto(`${url}${address}`);
    await settled(page);
    for (const width of widths) for (const theme of themes) await take(page, theme, width, folder, name);
  }
}

async function take(page: Page, theme: Theme, widthPx: number, folder: string, name: string): Promise<void> {
  await wear(page, theme, widthPx);
  await page.screenshot({ path: path.join(folder, `${name}-${theme}-${widthPx}.png`) });
}

/** Imports the files as one load and gives its id. */
async function importRows(
  { stack, files }: Scene,
  named: Readonly<Record<string, readonly RetailRow[]>>,
): Promise<string> {
  const paths = Object.entries(named).map(([name, rows]) => writeRetail(files, name, rows));
  return (await stockbook(stack, 'import', 'csv', '--template', 'online-retail', ...paths)).id;
}

async function stockbook(stack: Stack, ...args: string[]) {
  const ran = await stack.cli(...args, '--json');
  if (ran.code !== 0) throw new Error(`stockbook ${args.join(' ')} ended with ${ran.code}: ${ran.stderr}`);
  return JSON.parse(ran.stdout);
}
