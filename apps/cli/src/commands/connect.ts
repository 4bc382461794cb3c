// `stockbook connect`: to the sandbox without a browser, or the address to open in one; and the choices of accounts and tax types.
import type { Api } from '../api.ts';
import { defineCommand, type Given, noWords, type Outcome, ready, type Session, usage } from '../command.ts';
import { consentAtSandbox } from '../consent.ts';
import {
  beginConnection,
  type Connection,
  chooseAccount,
  chooseTax,
  chooseTenant,
  connectionQuery,
  exchangeCode,
  finishConnection,
} from '../documents/connection.ts';
import { granted } from '../granted.ts';
import { Sentence } from '../sentence.ts';
import { connectionText } from './connection-text.ts';

export const connect = defineCommand<Input>({
  words: 'connect',
  takes: '[--sandbox [--tenant NAME|ID]] [--account NATURE=CODE ...] [--tax TREATMENT=TYPE ...]',
  summary:
    'Connects to Xero: the sandbox at once, the real Xero in a browser; or settles accounts and tax types.',
  options: {
    sandbox: { about: 'consents at the sandbox, without a browser' },
    tenant: { value: 'NAME|ID', about: 'which organisation of the sandbox, when there are several' },
    account: { value: 'NATURE=CODE', repeated: true, about: 'the account that a revenue nature goes to' },
    tax: { value: 'TREATMENT=TYPE', repeated: true, about: 'the tax type that a tax treatment is sent with' },
  },
  read(given) {
    const accounts = pairs(given, 'account');
    const taxes = pairs(given, 'tax');
    const tenant = given.text('tenant');
    if (typeof accounts === 'string') return usage(accounts);
    if (typeof taxes === 'string') return usage(taxes);
    if (tenant !== undefined && !given.flag('sandbox')) return usage('--tenant goes with --sandbox.');
    return noWords(given) ?? ready({ sandbox: given.flag('sandbox'), tenant, accounts, taxes });
  },
  run(session, input) {
    if (input.sandbox) return connectSandbox(session.api, input);
    if (input.accounts.length + input.taxes.length > 0) return settle(session.api, input);
    return showAddress(session);
  },
});

interface Input {
  sandbox: boolean;
  tenant: string | undefined;
  accounts: Pair[];
  taxes: Pair[];
}

interface Pair {
  name: string;
  choice: string;
}

/** NAME=CHOICE pairs, or what is wrong with one. */
function pairs(given: Given, option: string): Pair[] | string {
  const read: Pair[] = [];
  for (const text of given.list(option)) {
    const at = text.indexOf('=');
    if (at < 1 || at === text.length - 1) return `--${option} takes NAME=CHOICE, not '${text}'.`;
    read.push({ name: text.slice(0, at), choice: text.slice(at + 1) });
  }
  return read;
}

async function connectSandbox(api: Api, input: Input): Promise<Outcome> {
  const before = await api.ask(connectionQuery);
  if (!before.sandbox)
    throw new Sentence('This Stockbook works with the real Xero: run stockbook connect and use a browser.');
  const { url } = granted(await api.ask(beginConnection));
  const code = await consentAtSandbox(url);
  const { tenants } = granted(await api.ask(exchangeCode, { input: code }));
  const tenantId = chosen(tenants, input.tenant);
  granted(await api.ask(chooseTenant, { input: { tenantId } }));
  const finished = await api.ask(finishConnection, {
    input: { accounts: accountInputs(input), taxes: taxInputs(input) },
  });
  return connected(granted(finished));
}

function chosen(tenants: Connection['tenants'], asked: string | undefined): string {
  const list = tenants.map(({ id, name }) => `${name} (${id})`).join(', ');
  if (asked === undefined) {
    const [only, ...others] = tenants;
    if (!only) throw new Sentence('The sandbox has no organisation to connect to.');
    if (others.length === 0) return only.id;
    throw new Sentence(`Choose an organisation with --tenant NAME|ID: ${list}.`, 2, { tenants });
  }
  const wanted = asked.toLowerCase();
  const found = tenants.filter(({ id, name }) => id === wanted || name.toLowerCase() === wanted);
  const [only, ...others] = found;
  if (only && others.length === 0) return only.id;
  const why = only ? `Several organisations are called '${asked}'` : `There is no organisation '${asked}'`;
  throw new Sentence(`${why}: ${list}.`, 2, { tenants });
}

function accountInputs({ accounts }: Input) {
  return accounts.map(({ name, choice }) => ({ nature: name, code: choice }));
}

function taxInputs({ taxes }: Input) {
  return taxes.map(({ name, choice }) => ({ treatment: name, type: choice }));
}

async function settle(api: Api, input: Input): Promise<Outcome> {
  let connection = await api.ask(connectionQuery);
  if (connection.state === 'NONE')
    throw new Sentence('Nothing is connected yet: run stockbook connect first.');
  for (const account of accountInputs(input)) {
    connection = granted(await api.ask(chooseAccount, { input: account }));
  }
  for (const tax of taxInputs(input)) {
    connection = granted(await api.ask(chooseTax, { input: tax }));
  }
  return connected(connection);
}

function connected(connection: Connection): Outcome {
  return { exitCode: 0, json: { connection }, text: connectionText(connection) };
}

/** The dashboard begins the consent itself: it is bound to the person who gives it. */
async function showAddress({ api }: Session): Promise<Outcome> {
  const connection = await api.ask(connectionQuery);
  const url = `${api.url}/connect`;
  const already = connection.state === 'CONNECTED' ? `${connectionText(connection)}\n` : '';
  return {
    exitCode: 0,
    json: { url, connection },
    text: `${already}Open this address in your browser to connect: ${url}`,
  };
}
