// Where Xero is: the real one, or a sandbox that serves all of it from one address (XERO.md 1.1).

export interface Endpoints {
  authorizeUrl: string;
  tokenUrl: string;
  revocationUrl: string;
  connectionsUrl: string;
  /** Of the Accounting API. */
  apiUrl: string;
}

export function endpointsOf(sandboxUrl: string | undefined): Endpoints {
  if (sandboxUrl === undefined) return real;
  const base = sandboxUrl.replace(/\/+$/, '');
  return {
    authorizeUrl: `${base}/identity/connect/authorize`,
    tokenUrl: `${base}/connect/token`,
    revocationUrl: `${base}/connect/revocation`,
    connectionsUrl: `${base}/connections`,
    apiUrl: `${base}/api.xro/2.0`,
  };
}

const real: Endpoints = {
  authorizeUrl: 'https://login.xero.com/identity/connect/authorize',
  tokenUrl: 'https://identity.xero.com/connect/token',
  revocationUrl: 'https://identity.xero.com/connect/revocation',
  connectionsUrl: 'https://api.xero.com/connections',
  apiUrl: 'https://api.xero.com/api.xro/2.0',
};
