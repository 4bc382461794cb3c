// What a person does at Xero itself, at the sandbox: an access of its own to the Accounting API.

export interface Xero {
  /** `path` below /api.xro/2.0, such as `/Invoices?page=1`; resolves to the answer's body. */
  get(path: string): Promise<unknown>;
  post(path: string, body: unknown): Promise<unknown>;
  /** Archives a contact by its number, or takes it out of the archive. */
  setContact(number: string, status: 'ACTIVE' | 'ARCHIVED'): Promise<void>;
}

const back = 'http://localhost/back';
const scope = 'openid offline_access accounting.transactions accounting.contacts accounting.settings';

/** Consents at the sandbox as its only app and takes the first organisation. */
export async function openXero(sandboxUrl: string): Promise<Xero> {
  const token = await takeToken(sandboxUrl);
  const authorization = { Authorization: `Bearer ${token}`, Accept: 'application/json' };
  const [connection] = await body(await fetch(`${sandboxUrl}/connections`, { headers: authorization }));
  const headers = { ...authorization, 'Xero-Tenant-Id': connection.tenantId };
  const address = (path: string) => `${sandboxUrl}/api.xro/2.0${path}`;
  const xero: Xero = {
    get: async (path) => body(await fetch(address(path), { headers })),
    post: async (path, sent) =>
      body(
        await fetch(address(path), {
          method: 'POST',
          headers: { ...headers, 'Content-Type': 'application/json' },
          body: JSON.stringify(sent),
        }),
      ),
    async setContact(number, status) {
      const where = encodeURIComponent(`ContactNumber=="${number}"`);
      const found = await body(
        await fetch(address(`/Contacts?includeArchived=true&where=${where}`), { headers }),
      );
      const [contact] = found.Contacts;
      if (contact === undefined) throw new Error(`There is no contact ${number} at the sandbox.`);
      await xero.post('/Contacts', { Contacts: [{ ContactID: contact.ContactID, ContactStatus: status }] });
    },
  };
  return xero;
}

async function takeToken(sandboxUrl: string): Promise<string> {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: 'sandbox-client',
    redirect_uri: back,
    scope,
    sandbox_consent: 'all',
  });
  const allowed = await fetch(`${sandboxUrl}/identity/connect/authorize?${query}`, { redirect: 'manual' });
  const code = new URL(allowed.headers.get('location') ?? back).searchParams.get('code');
  if (code === null) throw new Error(`The sandbox gave no code: ${allowed.status} ${await allowed.text()}`);
  const answer = await fetch(`${sandboxUrl}/connect/token`, {
    method: 'POST',
    headers: { Authorization: `Basic ${btoa('sandbox-client:sandbox-secret')}` },
    body: new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: back }),
  });
  return (await body(answer)).access_token;
}

async function body(response: Response) {
  const text = await response.text();
  if (!response.ok) throw new Error(`The sandbox answered ${response.status} to ${response.url}: ${text}`);
  return JSON.parse(text);
}
