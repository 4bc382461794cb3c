// The story of a person at the dashboard: connect, import, watch a sync go, meet a refused invoice, mend it, and sign out.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createSandboxClient } from '@stockbook/sandbox/client';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser, noChromium, openPage, settled, signInByLink } from './browser.ts';
import { tradingDays, writeRetail } from './retail.ts';
import { type Stack, startStack } from './stack.ts';
import { openXero } from './xero.ts';

const password = 'a fine long password';
const folder = mkdtempSync(path.join(tmpdir(), 'stockbook-story-'));
const customer = '14321';
const sale = {
  code: '21999',
  description: 'Oak Letter Rack',
  customer: `${customer}.0`,
  country: 'United Kingdom',
};

let browser: Browser | undefined;
let stack: Stack;
let page: Page;
let troubles: string[];
let email = '';

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

describe('a person at the dashboard', () => {
  it('signs in by the one-time link and sets a password', async () => {
    await signInByLink(page, stack.link);
    const words = await page.getByText(/^You are signed in as/).textContent();
    email = /\S+@\S+(?=\.$)/.exec(words ?? '')?.[0] ?? '';
    await page.getByLabel('New password').fill(password);
    await page.getByRole('button', { name: 'Set password' }).click();
    await page.getByText('Stockbook is not connected to Xero yet.').waitFor();
  });

  it('connects to the organisation it allows at Xero', async () => {
    await page.getByRole('link', { name: 'Connect Xero' }).first().click();
    await page.getByRole('button', { name: 'Connect' }).click();
    await page.waitForURL(`${stack.sandboxUrl}/**`);
    await page.getByRole('radio', { name: 'Stockbook Trial (GB)' }).check();
    await page.getByRole('button', { name: 'Allow access' }).click();
    await page.waitForURL(`${stack.url}/connect**`);
    await page.getByRole('radio', { name: 'Stockbook Trial (GB)' }).check();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('button', { name: 'Finish' }).click();
    await page.getByText('Connected to Stockbook Trial (GB).').waitFor();
    await page.getByText('Xero: Stockbook Trial (GB)').waitFor();
  });

  it('imports a file and reads where a row was rejected and why', async () => {
    const [day = []] = tradingDays({ seed: 7, from: '2026-03-02', days: 1, invoicesADay: 130 });
    const known = { ...sale, invoice: '810001', at: '2026-03-02 09:00:00', quantity: '2', price: '12.50' };
    const bad = { ...known, invoice: '810002', price: 'abc' };
    await importFile(writeRetail(folder, 'monday.csv', [known, bad, ...day]));

    const report = page.getByRole('main');
    await report.getByText('Done', { exact: true }).waitFor();
    await report.getByText('of 132 documents').waitFor();
    const row = page.getByRole('region', { name: 'Rejected rows' }).getByRole('row').nth(1);
    expect(await row.getByRole('cell').allTextContents()).toEqual([
      'monday.csv',
      '3',
      '810002',
      'UnitPrice is “abc”, not a plain number such as 2.55',
    ]);
  });

  it('watches a sync go without reload', async () => {
    await createSandboxClient(stack.sandboxUrl).setLatency(1_500);
    await page.getByRole('link', { name: 'Overview' }).first().click();
    await page.getByText(/records are ready to go to Xero\./).waitFor();
    await mark(page);
    await syncNow(page);
    await page.getByText('Everything that may go to Xero is there.').waitFor({ timeout: 90_000 });

    const { same, seen } = await readMark(page);
    expect(same).toBe(true);
    const last = seen.at(-1) ?? 0;
    expect(last).toBeGreaterThan(150);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.filter((done) => done > 0 && done < last).length).toBeGreaterThan(0);
    const { organisations } = await createSandboxClient(stack.sandboxUrl).summary();
    const [xero] = Object.values(organisations);
    expect((xero?.Invoices.count ?? 0) + (xero?.CreditNotes.count ?? 0)).toBe(131);
    await createSandboxClient(stack.sandboxUrl).setLatency(0);
  });

  it('is told of a refused invoice, mends the cause, retries it, and the banner goes', async () => {
    const xero = await openXero(stack.sandboxUrl);
    await xero.setContact(customer, 'ARCHIVED');
    const row = { ...sale, invoice: '810003', at: '2026-03-03 10:00:00', quantity: '1', price: '12.50' };
    await importFile(writeRetail(folder, 'tuesday.csv', [row]));
    await page.getByRole('link', { name: 'Go to the overview' }).click();
    await page.getByText('1 record is ready to go to Xero.').waitFor();
    await mark(page);
    await syncNow(page);
    const banner = page.getByRole('alert').filter({ hasText: '1 record failed to reach Xero.' });
    await banner.waitFor();

    // The link leads to the list of errors until it is known that there is only this one.
    await banner.locator('a[href*="/records/invoices/"]', { hasText: 'View errors' }).click();
    await page.getByRole('heading', { level: 1, name: '810003' }).waitFor();
    const problem = page.getByRole('main').getByRole('alert');
    expect(await problem.textContent()).toMatch(/archived.*What to do: .*archive/is);

    await xero.setContact(customer, 'ACTIVE');
    await problem.getByRole('button', { name: 'Retry' }).click();
    await page.getByText('1 record is pending again. Sync now sends them.').waitFor();
    await syncNow(page);
    await page.getByRole('main').getByText('Completed').first().waitFor();
    await banner.waitFor({ state: 'detached' });
    await problem.waitFor({ state: 'detached' });
    expect((await readMark(page)).same).toBe(true);
    expect(await xero.get('/Invoices?InvoiceNumbers=810003')).toMatchObject({
      Invoices: [{ InvoiceNumber: '810003', Status: 'AUTHORISED' }],
    });
  });

  it('lets an invoice go before all else, at its page and at the command line', async () => {
    const row = { ...sale, invoice: '810004', at: '2026-03-04 10:00:00', quantity: '1', price: '12.50' };
    await importFile(writeRetail(folder, 'wednesday.csv', [row]));
    await page.getByRole('main').getByText('Done', { exact: true }).waitFor();
    const asked = async (...words: string[]) => JSON.parse((await stack.cli(...words, '--json')).stdout);
    const { records } = await asked('records', 'invoices', '--q', '810004');
    const id = String(records[0]?.id);
    await page.goto(`${stack.url}/records/invoices/${id}`);
    const note = page.getByRole('region', { name: 'Waits for Xero' });
    await note.getByRole('button', { name: 'Send now' }).click();
    const when = 'It goes first in the next sync: automatic sync is off.';
    await page.getByText(when).waitFor();
    await note.getByText('Waits for the next sync, and goes before all else.').waitFor();
    await page.getByText('To be sent before all else').waitFor();
    expect(await asked('send', id)).toMatchObject({ records: [{ id, syncState: 'PENDING', when }] });
    await syncNow(page);
    await page.getByRole('main').getByText('Completed').first().waitFor();
    await note.waitFor({ state: 'detached' });
    const late = await stack.cli('send', id);
    expect(late).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('Nothing of it waits to be sent.'),
    });
  });

  it('reaches the navigation and Sync now by Tab, and Escape closes the bell', async () => {
    await page.goto(stack.url);
    await settled(page);
    const reached: string[] = [];
    for (let press = 0; press < 30; press += 1) {
      await page.keyboard.press('Tab');
      reached.push(await focused(page));
      if (reached.at(-1) === 'Sync now') break;
    }
    expect(reached[0]).toBe('Skip to the page');
    expect(reached).toEqual(expect.arrayContaining(['Overview', 'Queue', 'Errors', 'History', 'Import CSV']));
    expect(reached.at(-1)).toBe('Sync now');

    const bell = page.getByRole('button', { name: /^Failures:/ });
    await bell.focus();
    for (const time of ['first', 'second']) {
      await page.keyboard.press('Enter');
      await page.getByRole('dialog', { name: /^Failures:/ }).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await expect.poll(() => focused(page), { message: `after the ${time} time` }).toMatch(/^Failures:/);
    }
  });

  it('signs out, and in again with the password to the page it asked for', async () => {
    await page.getByRole('button', { name: 'Account' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL(`${stack.url}/sign-in`);
    await page.goto(`${stack.url}/history`);
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password').fill('not the password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').waitFor();
    expect(troubles.splice(0).filter((trouble) => !trouble.includes('401'))).toEqual([]);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { level: 1, name: 'History' }).waitFor();
  });

  it('meets no script error on the way', () => {
    expect(troubles).toEqual([]);
  });
});

async function importFile(file: string): Promise<void> {
  await page.getByRole('link', { name: 'Import CSV' }).first().click();
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.waitForURL(/\/import\/.+/);
}

async function syncNow(on: Page): Promise<void> {
  await on.getByRole('banner').getByRole('button', { name: 'Sync now' }).click();
}

/** Marks the document, so that a reload would show, and writes down each figure that the run's bar takes. */
async function mark(on: Page): Promise<void> {
  await on.evaluate(`(() => {
    window.__mark = { seen: [] };
    new MutationObserver(() => {
      const bar = document.querySelector('[role=progressbar][aria-label="Records done"]');
      const done = bar === null ? undefined : Number(bar.getAttribute('aria-valuenow'));
      if (done !== undefined && window.__mark.seen.at(-1) !== done) window.__mark.seen.push(done);
    }).observe(document.body, { subtree: true, childList: true, attributes: true });
  })()`);
}

async function readMark(on: Page): Promise<{ same: boolean; seen: number[] }> {
  const text = await on.evaluate<string>('JSON.stringify(window.__mark ?? null)');
  const found = JSON.parse(text);
  return { same: found !== null, seen: found?.seen ?? [] };
}

/** The name of what has the keyboard. */
async function focused(on: Page): Promise<string> {
  return on.evaluate<string>(
    `(document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.querySelector('span')?.textContent ?? document.activeElement?.textContent ?? '').trim()`,
  );
}
