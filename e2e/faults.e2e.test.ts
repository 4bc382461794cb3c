// What a person sees while things break: each of the five states on the Overview, in the queue and on the record, with its cause and its action.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createSandboxClient, type SandboxClient } from '@stockbook/sandbox/client';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  findOverflow,
  findViolations,
  launchBrowser,
  noChromium,
  openPage,
  settled,
  signInByLink,
} from './browser.ts';
import { type Stack, startStack } from './stack.ts';
import { openXero } from './xero.ts';

/** Ten minutes of Xero's waits take one; a second of them is 100 ms here. */
const clock = { CLOCK_SCALE: '10' };
/** The browser's own clock is an hour ahead: the waits are the server's. */
const anHourAhead = `{ const now = Date.now.bind(Date); Date.now = () => now() + 3_600_000; }`;

let browser: Browser | undefined;
let stack: Stack;
let sandbox: SandboxClient;
let overview: Page;
let queue: Page;
let record: Page;
let troubles: string[];

beforeAll(async () => {
  browser = await launchBrowser();
  if (browser === undefined) return;
  stack = await startStack({ ...clock, SANDBOX_LIMITS: 'off' });
  sandbox = createSandboxClient(stack.sandboxUrl);
  const opened = await openPage(browser, stack.url);
  ({ page: overview, troubles } = opened);
  await opened.context.addInitScript(anHourAhead);
  await signInByLink(overview, stack.link);
  const connected = await stack.cli('connect', '--sandbox');
  expect(connected.stderr).toBe('');
  [queue, record] = [await opened.context.newPage(), await opened.context.newPage()];
  await overview.goto(stack.url);
  await queue.goto(`${stack.url}/queue`);
  for (const page of [overview, queue]) await settled(page);
});
beforeEach((test) => {
  if (browser === undefined) test.skip(noChromium);
});
afterAll(async () => {
  await browser?.close();
  await stack?.remove();
});

describe('while Xero asks to wait', () => {
  const sentence = /Waiting for Xero until .*\d\d:\d\d:\d\d/;

  it('all three pages say until when and why, and it goes by itself', async () => {
    await sandbox.fail({ kind: '429-minute', retryAfterS: 80 });
    await openContact('F-429');
    await syncNow();
    await Promise.all(
      [overview, queue, record].map(async (page) => {
        const note = page.getByRole('region', { name: 'Why nothing goes' });
        await expectNote(note, sentence, /limit.*Nothing to do: it goes on by itself\./);
        await note.getByRole('link', { name: 'Open run' }).waitFor();
      }),
    );
    await rowOf('F-429').getByText(sentence).waitFor();
    await expectSent();
  });

  it('the record lists both calls, with what went but nothing private', async () => {
    const calls = record.getByRole('region', { name: 'Calls to Xero' }).getByRole('row');
    await calls
      .filter({ hasText: 'Xero asked to wait' })
      .getByRole('cell', { name: '429', exact: true })
      .waitFor();
    const answered = calls.filter({ has: record.getByRole('cell', { name: '200', exact: true }) });
    await answered.getByText('What went and what came back').click();
    const sent = await answered.getByRole('region', { name: 'Sent' }).textContent();
    expect(JSON.parse(sent ?? '')).toMatchObject({ ContactNumber: 'F-429', EmailAddress: '•••' });
    await answered.getByRole('region', { name: 'Answered' }).getByText('"EmailAddress": "•••"').waitFor();
    expect(await calls.filter({ hasText: 'private@' }).count()).toBe(0);
  });
});

describe('while the outcome of a call is unknown', () => {
  it('the records are counted and named, though others go, and none goes twice', async () => {
    // Its answer is lost though Xero has carried it out, and the second time none comes for a while.
    await sandbox.fail({ kind: 'reset', when: 'after', path: '/Contacts' });
    await sandbox.fail({ kind: 'timeout', when: 'before', path: '/Contacts', delayMs: 60_000 });
    await sandbox.setLatency(20_000, { path: '/Items' });
    await openContact('F-reset');
    await ask('mutation { result: createItem(input: { code: "F-item", name: "Goes" }) { __typename } }');
    await syncNow();
    await Promise.all([
      ...[overview, queue].map(async (page) => {
        const note = page.getByRole('region', { name: 'Outcome unknown' });
        await note.getByRole('link', { name: 'See which' }).waitFor();
        await expectNote(
          note,
          'Outcome unknown: checking',
          /no answer that can be trusted for 1 record,.* Nothing to do: Stockbook finds out/,
        );
      }),
      expectNote(
        record.getByRole('main'),
        'Outcome unknown: checking',
        /may be there or not\. Nothing to do: Stockbook finds out/,
      ),
    ]);
    await rowOf('F-reset').getByText('Outcome unknown: checking whether it arrived').waitFor();
    await expectSent();
    const calls = record.getByRole('region', { name: 'Calls to Xero' }).getByRole('row');
    await calls.filter({ hasText: '200' }).waitFor();
    expect(await calls.filter({ hasText: 'Outcome unknown' }).count()).toBe(2);
    await overview.getByRole('region', { name: 'Outcome unknown' }).waitFor({ state: 'detached' });
    const [xero] = Object.values((await sandbox.summary()).organisations);
    expect(xero?.Contacts).toEqual({ count: 2, duplicates: 0 });
  });
});

describe('while Xero is down', () => {
  const sentence = /Xero is down, trying again (in \d+ s|now|at )/;

  it('all three pages say so with the next try, and it goes once Xero is back', async () => {
    await sandbox.fail({ kind: '503', share: 1 });
    await openContact('F-503');
    await syncNow();
    await Promise.all([
      ...[overview, queue, record].map(async (page) => {
        const note = page.getByRole('region', { name: 'Why nothing goes' });
        await expectNote(note, sentence, /Nothing to do: what waits goes by itself once Xero is back\./);
        await note.getByRole('link', { name: 'Open run' }).waitFor();
      }),
      record.getByRole('main').getByText('Outcome unknown: checking').first().waitFor(),
      overview
        .getByText(/trying again in \d+ s/)
        .first()
        .waitFor(),
    ]);
    await sandbox.mend();
    await expectSent();
    await overview.getByRole('region', { name: 'Why nothing goes' }).waitFor({ state: 'detached' });
    const calls = record.getByRole('region', { name: 'Calls to Xero' }).getByRole('row');
    await calls.filter({ hasText: '200' }).waitFor();
    await calls.filter({ hasText: '503' }).first().waitFor();
  });
});

describe('while the connection is lost', () => {
  it('all three pages lead to reconnecting, and what waited goes after it', async () => {
    await sandbox.revokeRefreshes();
    await sandbox.expireTokens();
    await openContact('F-lost');
    await syncNow();
    await Promise.all(
      [overview, queue, record].map(async (page) => {
        const banner = page.getByRole('alert').filter({ hasText: 'Connection lost: reconnect' });
        await banner.waitFor();
        const link = banner.getByRole('link', { name: 'Reconnect' });
        expect(await link.getAttribute('href')).toBe('/connect');
      }),
    );
    const note = overview.getByRole('region', { name: 'Why nothing goes' });
    await expectNote(note, 'Connection lost: reconnect', /Nothing goes until then, and nothing is lost\./);
    await note.getByRole('link', { name: 'Reconnect' }).waitFor();
    await rowOf('F-lost').waitFor();

    const connected = await stack.cli('connect', '--sandbox');
    expect(connected.stderr).toBe('');
    await expectSent();
    await overview.getByText('Connection lost').first().waitFor({ state: 'detached' });
  });
});

describe('when a record was changed in Xero', () => {
  it('all three pages ask for the choice, and nothing of it is left once it is made', async () => {
    const id = await openContact('F-edit');
    await syncNow();
    await expectSent();
    const xero = await openXero(stack.sandboxUrl);
    const { xeroId } = await ask('query ($id: ID!) { result: record(id: $id) { xeroId } }', { id });
    await xero.post('/Contacts', { Contacts: [{ ContactID: xeroId, Name: 'Changed there' }] });
    await ask(
      'mutation ($id: ID!) { result: updateContact(input: { id: $id, name: "Changed here" }) { __typename } }',
      { id },
    );
    await syncNow();

    const [note, above] = [overview, queue].map((page) =>
      page.getByRole('region', { name: 'Changed in Xero' }),
    );
    if (note === undefined || above === undefined) throw new Error('There are two pages');
    for (const one of [note, above])
      await expectNote(one, 'Xero was changed: choose', /1 record was changed there.*until somebody chooses/);
    await rowOf('F-edit').getByText('Changed in Xero').waitFor();
    expect(await rowOf('F-edit').getByRole('link', { name: 'Choose' }).getAttribute('href')).toBe(
      `/records/contacts/${id}`,
    );
    const choice = record.getByRole('region', { name: 'Xero was changed' });
    await expectNote(choice, 'Xero was changed: choose', /Nothing of ours is sent until you choose/);
    const name = choice.getByRole('row').filter({ hasText: 'name' });
    expect(await name.getByRole('cell').allTextContents()).toEqual([
      'Changed here',
      'Changed there',
      'Contact F-edit',
    ]);
    for (const page of [overview, queue, record]) {
      expect(await findViolations(page)).toEqual([]);
      expect(await findOverflow(page)).toEqual([]);
    }

    await choice.getByRole('button', { name: 'Send ours' }).click();
    for (const one of [choice, note, above]) await one.waitFor({ state: 'detached' });
    await syncNow();
    await expectSent();
    await rowOf('F-edit').waitFor({ state: 'detached' });
    expect(await xero.get(`/Contacts/${xeroId}`)).toMatchObject({ Contacts: [{ Name: 'Changed here' }] });
  });

  it('no page meets a script error', () => {
    expect(troubles).toEqual([]);
  });
});

/** A new contact, with its page open; gives its id. */
async function openContact(number: string): Promise<string> {
  const { recordId } = await ask(
    `mutation ($number: String!, $name: String!) { result: createContact(input: { number: $number, name: $name,
      email: "private@example.org" }) { ... on Contact { recordId } } }`,
    { number, name: `Contact ${number}` },
  );
  await record.goto(`${stack.url}/records/contacts/${recordId}`);
  await settled(record);
  await record.getByRole('heading', { level: 1, name: number }).waitFor();
  return recordId;
}

async function syncNow(): Promise<void> {
  const asked = await ask('mutation { result: syncNow { __typename } }');
  expect(asked).toEqual({ __typename: 'SyncNowPayload' });
}

/** The record's page says that Xero has it, without reload. */
async function expectSent(): Promise<void> {
  await record.getByRole('main').getByText('Completed', { exact: true }).first().waitFor();
}

async function expectNote(note: Locator, sentence: string | RegExp, words: RegExp): Promise<void> {
  await note.getByText(sentence).first().waitFor();
  // A page is told piece by piece.
  await expect.poll(() => note.textContent(), { timeout: 10_000 }).toMatch(words);
}

function rowOf(number: string): Locator {
  return queue.getByRole('region', { name: 'Queue' }).getByRole('row').filter({ hasText: number });
}

/** Asks the API with the key of a program. */
async function ask(query: string, variables: Record<string, string> = {}) {
  const key = readFileSync(path.join(stack.dataDir, 'api-key'), 'utf8').trim();
  const answer = await fetch(`${stack.url}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = JSON.parse(await answer.text());
  if (errors !== undefined) throw new Error(`The API answered ${JSON.stringify(errors)}`);
  return data.result;
}
