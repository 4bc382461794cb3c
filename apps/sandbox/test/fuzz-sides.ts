// Malformed calls beside the Accounting API: the identity server, the sandbox's own addresses and its pages.
import fc from 'fast-check';
import { anyJson, anyText, encoded, oneOf, type Plain, placesOf, spoil } from './fuzz-spoil.ts';
import { hostileBodies, hostileLists, hostileNames, hostileNumbers } from './fuzz-values.ts';

const tame: Readonly<Record<string, string>> = {
  response_type: 'code',
  client_id: 'sandbox-client',
  redirect_uri: 'http://localhost:9/callback',
  scope: 'openid offline_access accounting.invoices',
  state: 's',
  sandbox_consent: 'all',
};
const forms: readonly Readonly<Record<string, string>>[] = [
  {
    grant_type: 'authorization_code',
    code: 'x',
    redirect_uri: 'http://localhost:9/callback',
    code_verifier: 'v',
  },
  { grant_type: 'refresh_token', refresh_token: '$REFRESH$' },
  { grant_type: 'client_credentials', scope: 'accounting.invoices', scopes: 'x' },
  { token: '$REFRESH$', client_id: 'sandbox-client', client_secret: 'sandbox-secret' },
  { decision: 'allow', tenant: '$TENANT$' },
];
const strange = fc.oneof(
  oneOf([
    ...['', ' ', 'x', '__proto__', 'constructor', 'all', 'code token', 'none', 'plain', 'S256', '$TENANT$'],
    ...['https://', 'https://x', 'http://localhost:1/?a=%0d%0aX: y', 'http://localhost/\r\nX-Evil: 1', '//x'],
    ...[
      'javascript:alert(1)',
      'https://\u00fcn\u00ef.example/?\u00fc#\u00fc',
      'http://localhost.evil.example',
      'http://[::1',
    ],
    ...[
      '"><script>alert(1)</script>',
      "' onload=alert(1) x='",
      '\u0000',
      '\r\n',
      'openid openid',
      'offline_access',
    ],
    ...[
      'accounting.transactions',
      'accounting.nothing',
      'sandbox-pkce',
      'sandbox-custom',
      'bulk_connect:false',
    ],
    'x'.repeat(3_000),
  ]),
  anyText,
);
const mixed = (fields: Readonly<Record<string, string>>): fc.Arbitrary<string> => {
  const names = [...Object.keys(fields), 'code_challenge', 'code_challenge_method', 'nonce', 'acr_values'];
  const changes = fc.array(fc.tuple(oneOf(names), fc.option(strange)), { minLength: 1, maxLength: 3 });
  return changes.map((some) => {
    const all = new Map<string, string | null>([...Object.entries(fields), ...some]);
    const kept = [...all].filter((pair): pair is [string, string] => pair[1] !== null);
    return kept.map(([name, value]) => `${name}=${encoded(value)}`).join('&');
  });
};
const form = ['Content-Type', 'application/x-www-form-urlencoded'] as const;
const basics = oneOf([
  ...[
    'Basic $BASIC$',
    'Basic',
    'Basic %',
    'Basic Og==',
    'Basic $BASIC$ x',
    'Bearer $TOKEN$',
    '',
    'Digest a=b',
  ],
  `Basic ${'A'.repeat(3_000)}`,
]);

export const identityShot: fc.Arbitrary<Plain> = fc.oneof(
  fc.record({ query: mixed(tame), method: oneOf(['GET', 'POST', 'DELETE']) }).map(({ query, method }) => {
    const body = method === 'POST' ? Buffer.from('decision=allow&tenant=$TENANT$&tenant=x') : Buffer.alloc(0);
    return { method, target: `/identity/connect/authorize?${query}`, body, headers: [form] };
  }),
  fc
    .record({
      body: fc.oneof(
        {
          weight: 4,
          arbitrary: oneOf(forms)
            .chain(mixed)
            .map((text) => Buffer.from(text)),
        },
        { weight: 1, arbitrary: oneOf(hostileBodies.filter(({ length }) => length < 100_000)) },
      ),
      basic: basics,
      path: oneOf(['/connect/token', '/connect/token', '/connect/revocation', '/connect/nothing']),
      method: oneOf(['POST', 'POST', 'POST', 'GET', 'PUT']),
    })
    .map(({ body, basic, path, method }) => ({
      ...{ method, target: path, body: method === 'GET' ? Buffer.alloc(0) : body },
      headers: [form, ['Authorization', basic] as const],
    })),
  fc
    .record({
      method: oneOf(['GET', 'DELETE', 'POST']),
      path: fc.oneof(oneOf(hostileNames), strange).map(encoded),
      query: fc.boolean(),
      basic: oneOf(['Bearer $TOKEN$', 'Bearer x', '', 'Basic $BASIC$']),
    })
    .map(({ method, path, query, basic }) => ({
      method,
      target: query ? `/connections?authEventId=${path}` : `/connections/${path}`,
      headers: [['Authorization', basic] as const],
    })),
  oneOf(['GET', 'POST', 'PUT']).map((method) => ({ method, target: '/.well-known/openid-configuration' })),
  oneOf(['GET', 'DELETE']).map((method) => ({ method, target: '/.well-known/openid-configuration/jwks' })),
);

const controls: readonly { readonly path: string; readonly element: Readonly<Record<string, unknown>> }[] = [
  { path: '/clock', element: { realMs: 1, simulatedMs: 1, scale: 2, stopped: true, advanceMs: 5 } },
  { path: '/latency', element: { ms: 1, method: 'GET', path: '/Items' } },
  { path: '/options', element: { 'zero-total': 'paid', 'lock-date': 'before' } },
  { path: '/limits', element: { minute: 60, atOnce: 5, day: 5000, app: 10000 } },
  {
    path: '/faults',
    element: {
      ...{
        kind: '500',
        method: 'GET',
        path: '/Items',
        times: 1,
        share: 0.5,
        seed: 1,
        skip: 0,
        when: 'before',
      },
      ...{ bytes: 1, delayMs: 1, retryAfterS: 1, elements: [0], message: 'm' },
    },
  },
  { path: '/identity', element: { action: 'disconnect', tenant: 'x' } },
  {
    path: '/apps',
    element: {
      ...{ id: 'fuzz', kind: 'web', secret: 's', tenant: '$TENANT$' },
      ...{ tier: 'core', isCertified: false, createdMs: 1 },
    },
  },
  { path: '/apps/sandbox-client/subscription', element: { status: 'ACTIVE' } },
  {
    path: '/organisations/$TENANT$',
    element: {
      tier: 'core',
      class: 'PREMIUM',
      timeZone: 'Europe/London',
      periodLockDate: '2020-01-01',
      yearLockDate: '',
    },
  },
  {
    path: '/organisations',
    element: {
      ...{ region: 'AU', name: 'Fuzz', tier: 'core', timeZone: 'Europe/London', currencies: ['EUR'] },
      ...{
        periodLockDate: '2026-01-01',
        yearLockDate: '2025-01-01',
        tracking: [{ name: 'a', options: ['b'] }],
      },
    },
  },
  {
    path: '/webhooks',
    element: { client: 'x', url: 'http://127.0.0.1:9/', key: 'k', categories: ['INVOICE'] },
  },
  { path: '/webhook-delivery', element: { drop: 0, double: 0, delayMs: 0, reorder: true, seed: 1 } },
  { path: '/reset', element: {} },
  { path: '/restore', element: { simulatedMs: 1, scale: 1 } },
];
const head = '{"simulatedMs":1,"scale":1}';
const snapshots: readonly string[] = [
  ...[
    head,
    `${head}\n`,
    `${head}\n{}`,
    `${head}\nnull`,
    `${head}\n[]`,
    `${head}\n{"atMs":1}`,
    'x\ny',
    '\n\n',
  ],
  `{"simulatedMs":99999999999999999999}\n{"atMs":1}`,
  `${head}\n{"atMs":1e400}`,
  `${head}\n{"atMs":1,"tenant":"x","changes":[{"kind":"invoice","record":{}}]}`,
  `${head}\n{"atMs":1,"tenant":"$TENANT$","changes":[{"kind":"item-gone","id":"x"},{"kind":"nothing"}]}`,
  `${head}\n{"atMs":1,"organisation":{"id":"x"}}`,
  `${head}\n{"atMs":1,"identity":[{"kind":"access"}]}`,
  `${head}\n{"atMs":1,"restore":["x"]}`,
  `${head}\n{"atMs":1,"call":{"name":"__proto__","status":200}}`,
];
const controlPaths = [
  ...controls.map(({ path }) => path),
  '/summary',
  '/calls',
  '/snapshot',
  '/nothing',
  '/',
];

export const controlShot: fc.Arbitrary<Plain> = fc.oneof(
  {
    weight: 6,
    arbitrary: oneOf(controls).chain(({ path, element }) => {
      const place = oneOf([...placesOf(element), 'more']);
      const how = oneOf(['value', 'value', 'value', 'double', 'gone'] as const);
      return fc
        .array(fc.record({ place, how, json: anyJson }), { minLength: 1, maxLength: 3 })
        .map((spoils): Plain => {
          return { method: 'POST', target: `/__sandbox${path}`, body: Buffer.from(spoil(element, spoils)) };
        });
    }),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({
        path: oneOf(controlPaths),
        body: oneOf(hostileBodies),
        method: oneOf(['POST', 'PUT', 'DELETE']),
      })
      .map(({ path, body, method }) => ({ method, target: `/__sandbox${path}`, body })),
  },
  {
    weight: 2,
    arbitrary: oneOf(snapshots).map((text) => {
      return { method: 'POST', target: '/__sandbox/restore?clock=true', body: Buffer.from(text) };
    }),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({
        path: oneOf(controlPaths),
        query: oneOf(['after', 'bodies', 'method', 'path', 'x']),
        value: fc.oneof(oneOf(hostileNumbers), oneOf(hostileLists), strange),
      })
      .map(({ path, query, value }) => ({
        method: 'GET',
        target: `/__sandbox${path}?${query}=${encoded(value)}`,
      })),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({
        id: strange,
        path: oneOf(['/faults/', '/webhooks/', '/apps/']),
        method: oneOf(['DELETE', 'POST', 'GET']),
      })
      .map(({ id, path, method }) => ({ method, target: `/__sandbox${path}${encoded(id)}` })),
  },
);

const pagePaths = oneOf([
  ...['/', '/calls', '/calls/', '/record/', '/organisations/', '/organisations/$TENANT$/'],
  ...[
    'contacts',
    'items',
    'invoices',
    'bills',
    'credit-notes',
    'payments',
    'manual-journals',
    'journals',
  ].map((list) => `/organisations/$TENANT$/${list}/`),
  ...['attachments/', 'trial-balance', 'nothing', 'invoices/$INVOICE$/'].map(
    (path) => `/organisations/$TENANT$/${path}`,
  ),
]);

export const pageShot: fc.Arbitrary<Plain> = fc
  .record({
    path: pagePaths,
    rest: fc.oneof(oneOf(hostileNames), oneOf(hostileNumbers), strange, fc.constant('')),
    query: oneOf(['page', 'x', 'constructor']),
    value: fc.oneof(oneOf(hostileNumbers), strange),
  })
  .map(({ path, rest, query, value }) => ({
    method: 'GET',
    target: `${path}${encoded(rest)}?${query}=${encoded(value)}`,
  }));
