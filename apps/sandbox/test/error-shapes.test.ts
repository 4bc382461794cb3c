// The shapes of errors (XERO.md 10.1): status, body and media type of each kind of refusal.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect, saleOf, useXero } from './xero.ts';

const xero = useXero();
beforeEach(() => xero().control.reset());

const call = (method: string, path: string, body?: unknown, headers = {}) =>
  xero().call(method, path, body, headers);
const unknown = '11111111-1111-1111-1111-111111111111';

describe('400', () => {
  it('10.1 of validation has the number 10 and the whole element with its id', async () => {
    const made = await call('PUT', '/Contacts', { Name: 'Ann' });
    const ContactID = made.json('Contacts.0.ContactID');
    const answer = await call('POST', '/Contacts', { ContactID, EmailAddress: 'x', FirstName: 'A' });
    expect([answer.status, answer.json()]).toEqual([
      400,
      {
        ErrorNumber: 10,
        Type: 'ValidationException',
        Message: 'A validation exception occurred',
        Elements: [
          expect.objectContaining({
            ContactID,
            FirstName: 'A',
            ValidationErrors: [{ Message: 'Email address must be valid.' }],
            Warnings: [],
          }),
        ],
      },
    ]);
  });

  it('10.1 of a body that does not fit has the number 14, names type and path, and has no elements', async () => {
    const answer = await call('PUT', '/ManualJournals', { ManualJournals: [{ LineAmountTypes: 'NO_TAX' }] });
    expect([answer.status, answer.json()]).toEqual([
      400,
      {
        ErrorNumber: 14,
        Type: 'PostDataInvalidException',
        Message: expect.stringMatching(
          /^Error converting value "NO_TAX" to type 'Xero\.API\.Library\..*LineAmountType'\. Path 'ManualJournals\[0\]\.LineAmountTypes'\.$/,
        ),
      },
    ]);
  });

  it('10.1 of a body that is no JSON has the number 14, or 17 by the option unparsable-number', async () => {
    const number = async () => (await call('PUT', '/Items', '{"Items":')).json('ErrorNumber');
    expect(await number()).toBe(14);
    await xero().control.setOptions({ 'unparsable-number': '17' });
    expect(await number()).toBe(17);
    await xero().control.setOptions({ 'unparsable-number': '14' });
  });

  it('10.1 of a where that cannot be read has the number 16', async () => {
    const answer = await call('GET', `/Invoices?${new URLSearchParams({ where: 'Status==' })}`);
    expect([answer.status, answer.json()]).toEqual([
      400,
      { ErrorNumber: 16, Type: 'QueryParseException', Message: 'Expression expected' },
    ]);
  });

  it('10.1 of a key that was used with another request is a text', async () => {
    const key = { 'Idempotency-Key': 'K' };
    await call('PUT', '/Items', { Code: 'A' }, key);
    const answer = await call('PUT', '/Items', { Code: 'B' }, key);
    expect([answer.status, answer.text]).toEqual([
      400,
      'Idempotency Key: K is used with a different request.',
    ]);
  });
});

describe('other statuses', () => {
  const problem = (Title: string, Status: number, Detail: unknown) => ({
    Type: null,
    Title,
    Status,
    Detail,
    Instance: expect.stringMatching(/^[0-9a-f-]{36}$/),
    Extensions: {},
  });

  it('10.1 401 of a token that is none, or lacks the scope, is a problem with WWW-Authenticate', async () => {
    const none = await call('GET', '/Items', undefined, { Authorization: 'Bearer nothing' });
    expect([none.status, none.json()]).toEqual([
      401,
      problem('Unauthorized', 401, 'AuthenticationUnsuccessful'),
    ]);
    expect(none.headers.get('www-authenticate')).toContain('Bearer');
    const narrow = await connect(xero().url, 'openid accounting.contacts.read');
    const refused = await narrow.call('GET', '/Items');
    expect([refused.status, refused.json()]).toEqual([
      401,
      problem('Unauthorized', 401, 'AuthorizationUnsuccessful'),
    ]);
    const write = await narrow.call('PUT', '/Contacts', { Name: 'Ann' });
    expect(write.json('Detail')).toBe('AuthorizationUnsuccessful');
  });

  it('10.1 401 of a token that has expired says when', async () => {
    await xero().control.fail({ kind: 'token-expired', times: 1 });
    const answer = await (await connect(xero().url)).call('GET', '/Items');
    expect(answer.json('Detail')).toMatch(
      /^TokenExpired: token expired at \d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d$/,
    );
  });

  it('10.1 403 of an organisation that is not connected is a problem', async () => {
    const answer = await call('GET', '/Items', undefined, { 'xero-tenant-id': unknown });
    expect([answer.status, answer.json()]).toEqual([
      403,
      problem('Forbidden', 403, 'AuthenticationUnsuccessful'),
    ]);
  });

  it('10.1 404 is a plain text', async () => {
    const answer = await call('GET', `/Invoices/${unknown}`);
    expect([answer.status, answer.text]).toEqual([404, "The resource you're looking for cannot be found"]);
    expect(answer.headers.get('content-type')).toContain('text/plain');
  });

  it('10.1 the history of a record there is not is a validation error of 400, or of 404 by the option history-missing', async () => {
    const history = () => call('GET', `/Invoices/${unknown}/History`);
    const Message = 'The document with the supplied id was not found for this endpoint.';
    const answer = await history();
    expect([answer.status, answer.json('Elements.0.ValidationErrors')]).toEqual([400, [{ Message }]]);
    await xero().control.setOptions({ 'history-missing': '404' });
    const other = await history();
    expect([other.status, other.json('Type')]).toEqual([404, 'ValidationException']);
    await xero().control.setOptions({ 'history-missing': '400' });
  });

  it('10.1 412 is of a conditional header that is no date', async () => {
    expect((await call('GET', '/Invoices', undefined, { 'If-Modified-Since': 'soon' })).status).toBe(412);
  });

  it('10.1 409 is never answered', async () => {
    await call('PUT', '/Invoices', saleOf('I-1'));
    expect((await call('PUT', '/Invoices', saleOf('I-1'))).status).toBe(400);
  });

  it('10.1 501 is of what an address cannot do', async () => {
    expect((await call('POST', '/Organisation', {})).status).toBe(501);
  });

  describe('of the server', () => {
    afterEach(() => xero().control.mend());

    it('10.1 500 has the number 500 and is JSON', async () => {
      await xero().control.fail({ kind: '500', times: 1 });
      const answer = await call('GET', '/Items');
      expect([answer.status, answer.json()]).toEqual([
        500,
        {
          ErrorNumber: 500,
          Type: 'UnknownErrorException',
          Message: expect.stringMatching(/^An error occurred in Xero\. Check the API Status page/),
        },
      ]);
    });

    it.each([
      ['503', 'The Xero API is currently offline for maintenance'],
      ['503-organisation', 'The Organisation is offline'],
    ] as const)('10.1 %s is a plain text', async (kind, text) => {
      await xero().control.fail({ kind, times: 1 });
      const answer = await call('GET', '/Items');
      expect([answer.status, answer.text.trim()]).toEqual([503, text]);
      expect(answer.headers.get('content-type')).toContain('text/plain');
    });

    it.each([
      ['502-html', 502],
      ['503-html', 503],
      ['200-html', 200],
    ] as const)('10.1 %s of a gateway is not JSON', async (kind, status) => {
      await xero().control.fail({ kind, times: 1 });
      const answer = await call('GET', '/Items');
      expect([answer.status, answer.headers.get('content-type')]).toEqual([
        status,
        expect.stringContaining('text/html'),
      ]);
    });
  });
});
