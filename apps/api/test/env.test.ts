// The environment: read once, refused in one sentence.
import { expect, test } from 'vitest';
import { parseEnv } from '../src/env.ts';

const whole = {
  DATA_DIR: '/var/stockbook',
  DATABASE_URL: 'postgres://app:secret@127.0.0.1:5432/stockbook',
  AUTH_SECRET: 'x'.repeat(32),
  TOKEN_SECRET: 'ab'.repeat(32),
  XERO_SANDBOX_URL: 'http://127.0.0.1:4010/',
};

test('defaults are those of the README', () => {
  expect(parseEnv(whole)).toMatchObject({
    kind: 'read',
    env: {
      port: 4000,
      origin: 'http://localhost:4000',
      logLevel: 'info',
      xero: { kind: 'sandbox', url: 'http://127.0.0.1:4010' },
    },
  });
});

test('the real Xero goes before the sandbox', () => {
  const outcome = parseEnv({
    ...whole,
    XERO_CLIENT_ID: 'id',
    XERO_CLIENT_SECRET: 'secret',
    PORT: '8080',
    ORIGIN: 'https://books.example/',
  });
  expect(outcome).toMatchObject({
    env: { port: 8080, origin: 'https://books.example', xero: { kind: 'real', clientId: 'id' } },
  });
});

test.each([
  ['PORT', 'eighty'],
  ['PORT', '70000'],
  ['ORIGIN', 'books.example'],
  ['DATA_DIR', 'relative/folder'],
  ['DATA_DIR', ''],
  ['DATABASE_URL', 'mysql://localhost/x'],
  ['AUTH_SECRET', 'short'],
  ['TOKEN_SECRET', 'no hex'],
  ['LOG_LEVEL', 'loud'],
])('%s=%s is refused by its name', (name, value) => {
  expect(parseEnv({ ...whole, [name]: value })).toMatchObject({
    kind: 'refused',
    problem: expect.stringMatching(new RegExp(`^${name} cannot be used: .+\\.$`)),
  });
});

test('without any Xero, the sentence says what to set', () => {
  expect(parseEnv({ ...whole, XERO_SANDBOX_URL: '' })).toMatchObject({
    kind: 'refused',
    problem: expect.stringContaining('XERO_SANDBOX_URL'),
  });
});
