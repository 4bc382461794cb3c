// Every option of sections 1, 2, 3 and 9, with each of its behaviours shown; the table does not compile without one.
import { beforeEach, describe, expect, it } from 'vitest';
import { type OptionName, type OptionValue, optionRules } from '../src/options.ts';
import { signingKey, useReceiver } from './receiver.ts';
import {
  connect,
  connectAs,
  consent,
  look,
  newApp,
  postForm,
  sendTwiceAtOnce,
  useXero,
  type Xero,
} from './xero.ts';

const xero = useXero({
  limits: { minute: 1_000, atOnce: 5, day: 5_000, app: 10_000 },
  clock: { realMs: Date.now(), simulatedMs: Date.UTC(2026, 4, 4, 9), scale: 1 },
});
const receiver = useReceiver();
let live: Xero;

beforeEach(async () => {
  await xero().control.reset();
  await setOptions(Object.fromEntries(optionRules().map(([name, { standard }]) => [name, standard])));
  // Certified, so that it can be connected to organisations that have two uncertified apps already.
  await xero().control.setApp({ id: 'sandbox-client', isCertified: true });
  live = await connect(xero().url);
});

type Show = () => Promise<void>;
type Shown<Name extends OptionName> = { readonly [Value in OptionValue<Name>]: Show };
type Mine =
  | ('scope-kind' | 'journals-scope' | 'uncertified-cap' | 'bulk-connect' | 'credentials-scope')
  | ('scope-refusal' | 'limit-window' | 'limit-word-concurrent' | 'limit-word-app' | 'limit-body')
  | ('high-volume' | 'key-concurrent' | 'webhook-word' | 'webhook-retry');

const isGiven =
  (scope: string, isIt: boolean): Show =>
  async () => {
    const client_id = await newApp(xero().url);
    expect((await consent(xero().url, scope, { client_id })) !== '').toBe(isIt);
  };
const problemOf =
  (kind: '429-concurrent' | '429-app', word: string): Show =>
  async () => {
    await xero().control.fail({ kind });
    expect((await live.call('GET', '/Items')).headers.get('x-rate-limit-problem')).toBe(word);
  };

const behaviours: { readonly [Name in Mine]: Shown<Name> } = {
  'scope-kind': {
    both: isGiven('accounting.transactions', true),
    granular: isGiven('accounting.transactions', false),
  },
  'journals-scope': {
    older: isGiven('accounting.journals.read', true),
    advanced: isGiven('accounting.journals.read', false),
  },
  'uncertified-cap': {
    '2-apps': () => connectThree(false),
    '25-organisations': () => connectThree(true),
  },
  'bulk-connect': { tier: () => chooses('radio'), on: () => chooses('checkbox') },
  'credentials-scope': { all: () => credentials(200), refuse: () => credentials(400) },
  'scope-refusal': { '401': () => unscoped(401), '403': () => unscoped(403) },
  'limit-window': { fixed: () => secondCall(200), rolling: () => secondCall(429) },
  'limit-word-concurrent': {
    concurrent: problemOf('429-concurrent', 'concurrent'),
    concurrency: problemOf('429-concurrent', 'concurrency'),
  },
  'limit-word-app': { appminute: problemOf('429-app', 'appminute'), app: problemOf('429-app', 'app') },
  'limit-body': { empty: () => bodyOf429(''), text: () => bodyOf429('Too many requests') },
  'high-volume': {
    '100000': () => listOfMany(200),
    '100': () => listOfMany(400),
    off: () => listOfMany(200),
  },
  'key-concurrent': { wait: () => twoAtOnce([200, 200]), run: () => twoAtOnce([200, 400]) },
  'webhook-word': { upper: () => eventWord('CREATE'), title: () => eventWord('Create') },
  'webhook-retry': { 'quarter-hour': () => thirdAttempt(15), decreasing: () => thirdAttempt(1) },
};

describe('options of sections 1, 2, 3 and 9', () => {
  it('are all in the table of this file', () => {
    const mine = optionRules().filter(([, { why }]) => /\(XERO\.md (1\.\d|2|3|9)\)/.test(why));
    expect(mine.map(([name]) => name)).toEqual(Object.keys(behaviours).sort());
    for (const [name, { values }] of mine)
      expect(Object.entries(behaviours).find(([one]) => one === name)?.[1], name).toEqual(
        Object.fromEntries(values.map((value) => [value, expect.any(Function)])),
      );
  });

  const all = Object.entries(behaviours).flatMap(([name, shown]) =>
    Object.entries(shown).map(([value, show]) => ({ name, value, show })),
  );
  it.each(all)('$name does what $value says', async ({ name, value, show }) => {
    await setOptions({ [name]: value });
    await show();
    await xero().control.setLimits({ minute: 1_000 });
    await xero().control.setLatency(0);
  });
});

async function setOptions(values: Readonly<Record<string, string>>): Promise<void> {
  const body = JSON.stringify(values);
  const response = await fetch(`${xero().url}/__sandbox/options`, { method: 'POST', body });
  expect(response.status).toBe(200);
}

async function connectThree(isThirdLet: boolean): Promise<void> {
  const { control, url } = xero();
  const name = `Uncertified ${isThirdLet}`;
  const { tenantId } = await control.createOrganisation({ region: 'GB', name });
  const lets = async (): Promise<boolean> => {
    const client_id = await newApp(url, { isCertified: false });
    return (await consent(url, 'accounting.contacts', { client_id, sandbox_consent: tenantId })) !== '';
  };
  expect([await lets(), await lets(), await lets()]).toEqual([true, true, isThirdLet]);
}

async function chooses(type: 'radio' | 'checkbox'): Promise<void> {
  const query = { response_type: 'code', client_id: 'sandbox-client', redirect_uri: 'https://a.example/' };
  const asked = new URLSearchParams({ ...query, scope: 'accounting.contacts' });
  const html = await (await fetch(`${xero().url}/identity/connect/authorize?${asked}`)).text();
  expect(html).toContain(`type="${type}"`);
}

async function credentials(status: number): Promise<void> {
  const form = { client_id: 'sandbox-custom', client_secret: 'sandbox-secret' };
  const answer = await postForm(xero().url, { ...form, grant_type: 'client_credentials' });
  expect(answer.status).toBe(status);
}

async function unscoped(status: number): Promise<void> {
  const narrow = await connectAs(xero().url, await newApp(xero().url), 'accounting.contacts');
  const answer = await narrow.call('GET', '/Invoices');
  expect([answer.status, answer.json('Detail')]).toEqual([status, 'AuthorizationUnsuccessful']);
}

/** Two calls twelve seconds apart with the end of a fixed window between them, where a minute has one call. */
async function secondCall(status: number): Promise<void> {
  const { control } = xero();
  await control.setLimits({ minute: 1 });
  await live.call('GET', '/Items');
  const refused = await live.call('GET', '/Items');
  expect(refused.status).toBe(429);
  await control.advance(Number(refused.headers.get('retry-after')) * 1_000);
  await control.advance(50_000);
  expect((await live.call('GET', '/Items')).status).toBe(200);
  await control.advance(12_000);
  expect((await live.call('GET', '/Items')).status).toBe(status);
}

async function bodyOf429(text: string): Promise<void> {
  await xero().control.fail({ kind: '429-day' });
  const refused = await live.call('GET', '/Items');
  expect([refused.status, refused.text]).toEqual([429, text]);
}

async function listOfMany(status: number): Promise<void> {
  const Contacts = Array.from({ length: 101 }, (_, n) => ({ Name: `Number ${n}` }));
  expect((await live.call('PUT', '/Contacts', { Contacts })).status).toBe(200);
  const answer = await live.call('GET', '/Contacts');
  expect([answer.status, answer.json('ErrorNumber')]).toEqual([status, status === 400 ? 51 : undefined]);
}

async function twoAtOnce(statuses: readonly number[]): Promise<void> {
  const answers = await sendTwiceAtOnce(live, 'Twice');
  expect(answers.map(({ status }) => status).sort()).toEqual(statuses);
}

const subscribe = () => xero().control.subscribe({ url: receiver.url, key: signingKey });

async function eventWord(word: string): Promise<void> {
  await subscribe();
  await live.call('PUT', '/Contacts', { Name: 'Told' });
  await expect.poll(() => receiver.events().length).toBe(1);
  expect(look(receiver.events()[0], 'eventType')).toBe(word);
}

/** Two attempts come at once, the third after so many minutes. */
async function thirdAttempt(minutes: number): Promise<void> {
  const { control } = xero();
  const attempts = async () => (await control.webhooks())[0]?.attempts ?? [];
  await subscribe();
  receiver.answer = (response) => response.writeHead(500).end();
  await live.call('PUT', '/Contacts', { Name: 'Waits' });
  await expect.poll(async () => (await attempts()).length).toBe(2);
  await control.advance(60_000);
  if (minutes > 1) await control.advance((minutes - 1) * 60_000);
  await expect.poll(async () => (await attempts()).length).toBe(3);
  const [, second, third] = await attempts();
  const pauseMs = (third?.atMs ?? 0) - (second?.atMs ?? 0);
  expect(pauseMs).toBeGreaterThanOrEqual(minutes * 60_000);
  expect(pauseMs).toBeLessThan((minutes + 1) * 60_000);
  await control.unsubscribe('sandbox-client');
}
