// What of a failed answer is kept: its beginning, and nothing that is private.
import { expect, test } from 'vitest';
import { classify } from './classify.ts';
import { beginningOf } from './private.ts';

test('values of private names, addresses and tokens give way to dots', () => {
  const body = {
    Message: 'A validation exception occurred, write to ann@acme.example',
    Elements: [{ EmailAddress: 'a@acme.example', Phones: [{ PhoneNumber: '7946' }], ContactNumber: 'C-7' }],
    access_token: 'short',
  };
  for (const given of [body, JSON.stringify(body)]) {
    const kept = beginningOf(given) ?? '';
    expect(kept).toContain('C-7');
    expect(kept).not.toMatch(/acme\.example|7946|short/);
  }
  const html = `<html>Bearer abc.def for eyJhbGciOiJSUzI1NiIsImtpZCI6IjFDQUY4RTY2NzcyRDZEQzAyOEQ2NzI2In0.eyJu.c2ln, key 01a2045f-a8ff-7001-b431-925a9fa68cb0</html>`;
  expect(beginningOf(html)).toBe('<html>••• for •••, key 01a2045f-a8ff-7001-b431-925a9fa68cb0</html>');
});

test('of an answer that was cut off, too, wherever that was', () => {
  const body = {
    TaxNumber: '"12\\34',
    Phones: [{ PhoneNumber: 7946, PhoneType: 'DEFAULT' }],
    BankAccountDetails: 'GB33BUKB',
    Name: 'Acme',
  };
  for (const text of [JSON.stringify(body), JSON.stringify(body, null, 2)])
    for (let end = 1; end < text.length; end += 1) {
      const kept = beginningOf(text.slice(0, end)) ?? '';
      expect(kept).not.toMatch(/"12|12|34|79|GB/);
      expect(kept).toContain(text.slice(0, Math.min(end, 6)).trim());
    }
  expect(beginningOf('{"Name":"Acme","PhoneNumber":"79')).toBe('{"Name":"Acme","PhoneNumber":"•••"');
});

test('only its first 200,000 characters are masked, each looked at a few times, whatever they are', () => {
  const long = `{"PhoneNumber":"${'7 '.repeat(100_000)}`;
  expect(beginningOf(`${long}","Name":"Acme"`)).toBe('{"PhoneNumber":"•••"');
  for (const stretch of ['email ', 'x'])
    expect(beginningOf(`<p class="${stretch.repeat(200_000)}`)).toMatch(/^<p class="/);
});

test('it is no longer than 4,000 characters, and can be stored and read again', () => {
  const kept = beginningOf(`${'x '.repeat(1_999)}\0a\u{1F600}\u{1F600}`) ?? '';
  expect(kept).toHaveLength(4_000);
  expect(kept).not.toContain('\0');
  expect(JSON.parse(JSON.stringify({ kept }))).toEqual({ kept });
  expect(Buffer.from(kept).toString()).toBe(kept);
  expect(beginningOf('')).toBeUndefined();
  expect(beginningOf(null)).toBeUndefined();
});

test('an answer that failed brings its body, and a lost connection none', () => {
  const rejected = (statusCode: number, body: unknown) =>
    classify(JSON.stringify({ response: { statusCode, body, headers: {} } }));
  expect(rejected(503, '<h1>Down</h1>')).toMatchObject({
    failure: { kind: 'unknown-outcome', status: 503 },
    body: '<h1>Down</h1>',
  });
  expect(rejected(0, { code: 'ECONNRESET', syscall: 'read', message: 'reset' })).not.toHaveProperty('body');
});
