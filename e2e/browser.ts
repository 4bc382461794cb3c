// The browser of the end-to-end tests: a Chromium driven by playwright-core, and what every test asks of a page.
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import axe from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

export const noChromium = 'no Chromium: install one, or name it with CHROMIUM_PATH';

export type Theme = 'light' | 'dark';

/** A Chromium, or undefined when there is none; one that is there and does not start is an error. */
export async function launchBrowser(): Promise<Browser | undefined> {
  const executablePath = process.env.CHROMIUM_PATH ?? onPath();
  if (executablePath === undefined) return undefined;
  return chromium.launch({
    executablePath,
    args: [
      ...['--headless', '--lang=en-GB', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ],
  });
}

function onPath(): string | undefined {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
  return names.flatMap((name) => folders.map((folder) => path.join(folder, name))).find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A page in a new session of its own, and what went wrong on pages of `origin`: script errors and what the console calls errors. */
export async function openPage(
  browser: Browser,
  origin: string,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<{ context: BrowserContext; page: Page; troubles: string[] }> {
  const context = await browser.newContext({
    viewport: { width: 1366, height: 850 },
    locale: 'en-GB',
    reducedMotion: 'reduce',
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const troubles: string[] = [];
  const note = (words: string) => {
    if (page.url().startsWith(origin)) troubles.push(`${page.url()}: ${words}`);
  };
  page.on('pageerror', (error) => note(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') note(message.text());
  });
  return { context, page, troubles };
}

/** Follows the one-time link to the page behind it, as a person does. */
export async function signInByLink(page: Page, link: string | undefined): Promise<void> {
  if (link === undefined) throw new Error('npm start printed no one-time link.');
  await page.goto(link);
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.getByRole('heading', { level: 1, name: 'Welcome' }).waitFor();
}

/** Waits until a page shows its data: it has its heading, nothing is loading, and the frame is live. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.locator('[aria-busy="true"], .skeleton').first().waitFor({ state: 'detached' });
  await page.getByRole('banner').getByText('Connecting', { exact: true }).waitFor({ state: 'detached' });
  await page.evaluate('document.fonts.ready.then(() => undefined)');
}

/** Puts the page in a theme and a width, and waits until it has come to rest. */
export async function wear(page: Page, theme: Theme, widthPx: number): Promise<void> {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
  await page.setViewportSize({ width: widthPx, height: 850 });
  await page.evaluate(atRest);
}

/** A change of theme or width shows from frame to frame: still when two frames on end have nothing moving. */
const atRest = `(async () => {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  for (let still = 0; still < 2; still += 1) {
    await frame();
    if (document.getAnimations().length > 0) still = -1;
  }
})()`;

/** What axe finds wrong with the page as it stands, one line for each element. */
export async function findViolations(page: Page, what: 'all' | 'colours' = 'all'): Promise<string[]> {
  const only = what === 'colours' ? ", runOnly: ['color-contrast', 'link-in-text-block']" : '';
  if (!(await page.evaluate<boolean>('"axe" in window'))) await page.evaluate(`${axe.source}; undefined`);
  return page.evaluate<string[]>(
    `axe.run(document, { resultTypes: ['violations']${only} }).then(({ violations }) =>
      violations.flatMap(({ id, help, nodes }) => nodes.map((node) => id + ': ' + help + ': ' + node.html.slice(0, 160) + ' ' + (node.any[0]?.message ?? ''))))`,
  );
}

/** By how many px the page is wider than its window; then the elements that stick out, outermost first. */
export async function findOverflow(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`(() => {
    const page = document.scrollingElement;
    if (page.scrollWidth <= page.clientWidth) return [];
    const out = [...document.body.querySelectorAll('*')].filter((e) => e.getBoundingClientRect().right > page.clientWidth + 1);
    return [page.scrollWidth + ' px wide in ' + page.clientWidth, ...out.slice(0, 6).map((e) => e.outerHTML.slice(0, 140))];
  })()`);
}
