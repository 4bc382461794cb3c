// One malformed call, made from a seed alone: which address, with what headers, what body, sent how.
import fc from 'fast-check';
import { controlShot, identityShot, pageShot } from './fuzz-sides.ts';
import { anyJson, anyText, encoded, oneOf, type Plain, placesOf, spoil } from './fuzz-spoil.ts';
import { fileParents, readOnly, templates } from './fuzz-templates.ts';
import {
  filterWords,
  hostileBodies,
  hostileFilters,
  hostileJson,
  hostileLists,
  hostileNames,
  hostileNumbers,
  hostileOrders,
  mediaTypes,
} from './fuzz-values.ts';
import type { Framing, Request } from './fuzz-wire.ts';

export type Area = 'accounting' | 'file' | 'identity' | 'control' | 'page';

/** `isWire`: HTTP itself is broken, so that the server may answer with a bare status or hang up. */
export type Shot = Request & { readonly area: Area; readonly isWire: boolean };

/** The shot of a seed and a number: alike whenever it is asked for. */
export function shotOf(seed: number, number: number): Shot {
  const [shot] = fc.sample(anyShot, { seed: (seed * 1_000_003 + number) | 0, numRuns: 1 });
  if (shot === undefined) throw new Error('fast-check gave no sample.');
  return shot;
}

const goodHeaders = [
  ['Host', 'localhost'],
  ['Authorization', 'Bearer $TOKEN$'],
  ['xero-tenant-id', '$TENANT$'],
  ['Accept', 'application/json'],
  ['Content-Type', 'application/json'],
] as const;

const writes = oneOf(['PUT', 'POST', 'PUT', 'POST', 'PUT', 'POST', 'DELETE', 'PATCH', 'GET']);

const elementShot = oneOf(templates).chain((template) => {
  const spoils = fc.array(
    fc.record({
      place: oneOf(placesOf(template.element)),
      how: oneOf(['value', 'value', 'value', 'value', 'double', 'gone', 'case'] as const),
      json: anyJson,
    }),
    { minLength: 1, maxLength: 3 },
  );
  return fc
    .record({
      spoils,
      method: writes,
      wrap: oneOf(['bare', 'list', 'list', 'object', 'twice', 'case', 'array'] as const),
      byId: fc.boolean(),
      query: oneOf([
        '',
        '',
        '?summarizeErrors=false',
        '?unitdp=4',
        '?allowBackorders=true',
        '?unitdp=x&summarizeErrors=maybe',
      ]),
    })
    .map(({ spoils: some, method, wrap, byId, query }): Plain => {
      const element = spoil(template.element, some);
      const name = JSON.stringify(template.envelope);
      const bodies = {
        bare: element,
        list: `{${name}:[${element}]}`,
        object: `{${name}:${element}}`,
        twice: `{${name}:[${element},${spoil(template.element, [])},${element}]}`,
        case: `{${name.toLowerCase()}:[${element}]}`,
        array: `[${element}]`,
      };
      const target = `${template.path}${byId ? `/${template.id ?? 'x'}` : ''}${query}`;
      return { method, target, body: Buffer.from(bodies[wrap]) };
    });
});

const bodyShot = fc
  .record({
    template: oneOf(templates),
    method: oneOf(['PUT', 'POST']),
    body: oneOf(hostileBodies),
    byId: fc.boolean(),
  })
  .map(({ template, method, body, byId }): Plain => {
    return { method, target: `${template.path}${byId ? `/${template.id ?? 'x'}` : ''}`, body };
  });

const filter = fc.oneof(
  oneOf(hostileFilters),
  fc.array(oneOf(filterWords), { maxLength: 14 }).map((words) => words.join(' ')),
  fc.array(oneOf(filterWords), { maxLength: 8 }).map((words) => words.join('')),
  anyText,
);
const numbers = fc.oneof(oneOf(hostileNumbers), anyText);
const lists = fc.oneof(oneOf(hostileLists), anyText);
const dates = oneOf(hostileJson.filter((text) => text.length < 60).map((text) => text.replaceAll('"', '')));
const parameter = fc.oneof(
  { weight: 5, arbitrary: filter.map((value) => ['where', value] as const) },
  { weight: 2, arbitrary: oneOf(hostileOrders).map((value) => ['order', value] as const) },
  { weight: 3, arbitrary: fc.tuple(oneOf(['page', 'pageSize', 'offset', 'unitdp', 'periods']), numbers) },
  {
    weight: 2,
    arbitrary: fc.tuple(
      oneOf(['IDs', 'InvoiceNumbers', 'ContactIDs', 'Statuses', 'Status', 'References', 'contactID']),
      lists,
    ),
  },
  { weight: 1, arbitrary: fc.tuple(oneOf(['DateFrom', 'DateTo', 'date', 'fromDate', 'toDate']), dates) },
  {
    weight: 1,
    arbitrary: fc.tuple(
      oneOf(['searchTerm', 'summaryOnly', 'includeArchived', 'paymentsOnly', 'createdByMyApp']),
      lists,
    ),
  },
);
const readPaths = [...templates.flatMap(({ path, id }) => [path, `${path}/${id ?? 'x'}`]), ...readOnly];

const listShot = fc
  .record({
    path: oneOf(readPaths),
    parameters: fc.array(parameter, { minLength: 1, maxLength: 3 }),
    double: fc.boolean(),
  })
  .map(({ path, parameters, double }): Plain => {
    const some = double ? [...parameters, ...parameters.slice(0, 1)] : parameters;
    const query = some.map(([name, value]) => `${name}=${encoded(value)}`).join('&');
    // Longer heads are refused by any server; that is tried apart.
    return { method: 'GET', target: `${path}?${query}`.slice(0, 15_000).replace(/%[0-9A-F]?$/, '') };
  });

const parts = oneOf([
  '',
  '/Attachments',
  '/History',
  '/Allocations',
  '/Options',
  '/Contacts',
  '/x/y/z',
  '/',
  '//',
]);
const idShot = fc
  .record({
    template: oneOf(templates),
    method: writes,
    id: fc.oneof(oneOf(hostileNames), anyText),
    part: parts,
  })
  .map(({ template, method, id, part }): Plain => {
    const body = method === 'GET' ? Buffer.alloc(0) : Buffer.from(spoil(template.element, []));
    return { method, target: `${template.path}/${encoded(id)}${part}`, body };
  });

const fileShot = fc
  .record({
    parent: oneOf(fileParents),
    method: oneOf(['PUT', 'POST', 'PUT', 'POST', 'GET', 'DELETE']),
    name: fc.oneof({ weight: 5, arbitrary: oneOf(hostileNames) }, { weight: 1, arbitrary: anyText }),
    type: oneOf(mediaTypes),
    online: oneOf(['', '', '?IncludeOnline=true', '?IncludeOnline=x']),
    body: fc.oneof(
      {
        weight: 6,
        arbitrary: oneOf(
          ['', 'x', '{}', '<svg onload=alert(1)>', '%PDF-1.4'].map((text) => Buffer.from(text)),
        ),
      },
      {
        weight: 1,
        arbitrary: oneOf(
          [4_000, 40_000, 40_000, 40_000, 40_000, 40_000, 40_000, 3_200_000].map((size) =>
            Buffer.alloc(size, 7),
          ),
        ),
      },
    ),
  })
  .map(({ parent, method, name, type, online, body }): Plain => {
    const target = `/${parent}/Attachments/${encoded(name)}${online}`;
    return {
      method,
      target,
      headers: [['Content-Type', type]],
      body: method === 'GET' ? Buffer.alloc(0) : body,
    };
  });

const long = 'x'.repeat(7_000);
const headerValues: Readonly<Record<string, readonly string[]>> = {
  Authorization: [
    '',
    'Bearer',
    'Bearer x',
    'Basic x',
    'bearer $TOKEN$',
    'Bearer $TOKEN$ x',
    `Bearer ${long}`,
  ],
  'xero-tenant-id': ['', 'x', '$TENANT$,$TENANT$', '00000000-0000-0000-0000-000000000000', long, '__proto__'],
  Accept: mediaTypes,
  'Content-Type': mediaTypes,
  'If-Modified-Since': [
    ...hostileJson.filter((text) => text.length < 40 && !/[\\\u0080-\uffff]/.test(text)),
    long,
  ],
  'Idempotency-Key': [
    '',
    ' ',
    'k',
    'k'.repeat(128),
    'k'.repeat(129),
    long,
    '\u00fc\u00ff',
    '__proto__',
    '"k"',
  ],
  'Content-Encoding': ['gzip', 'deflate', 'br', 'identity', 'x', 'gzip, gzip'],
  Expect: ['100-continue'],
  Range: ['bytes=0-1', 'bytes=-1', 'x'],
  'X-HTTP-Method-Override': ['DELETE'],
  'X-Forwarded-Host': ['evil.example', '"><script>alert(1)</script>'],
  Cookie: [long, 'a=b; a=b; __proto__=c'],
};
const headerShot = fc
  .record({
    plain: fc.oneof(elementShot, listShot, fileShot),
    chosen: fc.array(
      oneOf(Object.entries(headerValues)).chain(([name, values]) =>
        fc.tuple(fc.constant(name), oneOf(values)),
      ),
      { minLength: 1, maxLength: 3 },
    ),
  })
  .map(({ plain, chosen }): Plain => ({ ...plain, target: plain.target.slice(0, 600), headers: chosen }));

const brokenHeaders: readonly (readonly [string, string])[] = [
  ['X Space', '1'],
  ['', 'nameless'],
  ['X-Nul', 'a\u0000b'],
  ['X-Fold', 'a\r\n b'],
  ['X-Line', 'a\nb: c'],
  ['Host', ''],
  ['Host', 'a b'],
  ['Host', '[::'],
  ['Host', 'evil/../x?y#z'],
  ['Host', 'a@b:c'],
  ['Content-Length', '-1'],
  ['Content-Length', '1e3'],
  ['Content-Length', '99999999999999999999'],
  ['Transfer-Encoding', 'gzip, chunked'],
  ['Transfer-Encoding', 'x'],
  ['Expect', 'x'],
  ['X-Huge', 'x'.repeat(40_000)],
  ['X-Many', Array.from({ length: 3_000 }, (_, at) => `1\r\nX-${at}: 2`).join('')],
];
const brokenTargets: readonly string[] = [
  ...[
    '/%',
    '/%zz',
    '/%ff%fe',
    '/%00',
    '/%2e%2e/%2e%2e',
    '/..//..',
    '//',
    '/Invoices//',
    '/Invoices/%2f',
    '/?',
  ],
  ...[
    '/Invoices?where=%',
    '/Invoices?%ff=1',
    '/Invoices?=&&=',
    '/Invoices#x',
    '/Invoices/\u00fc',
    '/a\\b',
    '/<>',
  ],
  ...[
    '/Invoices;x=1',
    `/${'a/'.repeat(5_000)}`,
    `/Invoices?${'a=1&'.repeat(3_000)}`,
    `/Invoices?${long}${long}${long}`,
  ],
];
const brokenMethods: readonly string[] = [
  ...[
    'HEAD',
    'OPTIONS',
    'PATCH',
    'TRACE',
    'get',
    'Get',
    'FOO',
    '',
    'G T',
    'PROPFIND',
    'PURGE',
    'QUERY',
    'LINK',
  ],
];
const framings: readonly Framing[] = [
  'cut',
  'short',
  'bad-chunks',
  'two-lengths',
  'length-and-chunks',
  'chunked',
];
const wireShot = fc
  .record({
    plain: fc.oneof(elementShot, listShot, fileShot, bodyShot),
    what: oneOf(['header', 'target', 'method', 'framing', 'framing', 'whole'] as const),
    header: oneOf(brokenHeaders),
    target: oneOf(brokenTargets),
    method: oneOf(brokenMethods),
    framing: oneOf(framings),
    whole: oneOf([
      '*',
      'http://evil.example/',
      'http://localhost/api.xro/2.0/Invoices',
      'a b c',
      '',
      'x:',
      '//x',
    ]),
  })
  .map(({ plain, what, header, target, method, framing, whole }): Shot => {
    const shot = accounting(plain);
    if (what === 'header') return { ...shot, isWire: true, headers: withHeaders(shot.headers, [header]) };
    if (what === 'target') return { ...shot, isWire: true, target: `/api.xro/2.0${target}` };
    if (what === 'method') return { ...shot, isWire: true, method };
    return what === 'framing' ? { ...shot, isWire: true, framing } : { ...shot, isWire: true, target: whole };
  });

function accounting(plain: Plain): Shot {
  const area = /\/attachments\/./i.test(plain.target) ? 'file' : 'accounting';
  return side(area, { ...plain, target: `/api.xro/2.0${plain.target}` });
}

function side(area: Area, plain: Plain): Shot {
  const headers = withHeaders(goodHeaders, plain.headers ?? []);
  const { method, target, body = Buffer.alloc(0) } = plain;
  return { area, method, target, headers, body, framing: 'length', isWire: false };
}

/** Those given take the place of others of their name. */
function withHeaders(
  before: readonly (readonly [string, string])[],
  next: readonly (readonly [string, string])[],
): (readonly [string, string])[] {
  const names = new Set(next.map(([name]) => name.toLowerCase()));
  return [...before.filter(([name]) => !names.has(name.toLowerCase())), ...next];
}

const anyShot: fc.Arbitrary<Shot> = fc.oneof(
  { weight: 40, arbitrary: elementShot.map(accounting) },
  { weight: 6, arbitrary: bodyShot.map(accounting) },
  { weight: 18, arbitrary: listShot.map(accounting) },
  { weight: 6, arbitrary: idShot.map(accounting) },
  { weight: 8, arbitrary: fileShot.map(accounting) },
  { weight: 6, arbitrary: headerShot.map(accounting) },
  { weight: 8, arbitrary: wireShot },
  { weight: 4, arbitrary: identityShot.map((plain) => side('identity', plain)) },
  { weight: 4, arbitrary: controlShot.map((plain) => side('control', plain)) },
  { weight: 3, arbitrary: pageShot.map((plain) => side('page', plain)) },
);
