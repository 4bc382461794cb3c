// Contacts, items, invoices and credit notes as an API client keeps them.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi, type TestApi } from './api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const refused = '__typename ... on Error { message } ... on InvalidInputError { field }';
const contactFields = '... on Contact { id recordId number name email country }';
const itemFields = '... on Item { id recordId code name kind description }';
const documentFields =
  'recordId number date currency status subTotal totalTax total contact { number } lines { item { code } net tax taxRate nature treatment }';

const create = (kind: string, fields: string, input: object) =>
  api.result(
    `mutation ($input: Create${kind}Input!) { result: create${kind}(input: $input) { ${refused} ${fields} } }`,
    { input },
  );
const update = (kind: string, fields: string, input: object) =>
  api.result(
    `mutation ($input: Update${kind}Input!) { result: update${kind}(input: $input) { ${refused} ${fields} } }`,
    { input },
  );

async function idOf(made: unknown): Promise<string> {
  if (typeof made === 'object' && made !== null && 'recordId' in made && typeof made.recordId === 'string')
    return made.recordId;
  throw new Error(`Nothing was made: ${JSON.stringify(made)}`);
}

test('a contact is made, found, changed and told of in the history', async () => {
  const made = await create('Contact', contactFields, {
    number: ' C-1 ',
    name: 'Acme Ltd',
    email: 'a@acme.example',
    country: '',
  });
  expect(made).toMatchObject({ __typename: 'Contact', number: 'C-1', name: 'Acme Ltd', country: null });
  const id = await idOf(made);
  expect(made).toMatchObject({ id: `Contact:${id}` });
  const changed = await update('Contact', contactFields, {
    id: `Contact:${id}`,
    name: 'Acme Limited',
    email: '',
  });
  expect(changed).toMatchObject({ number: 'C-1', name: 'Acme Limited', email: null });
  expect(await api.result(`{ result: contact(id: "${id}") { name } }`)).toEqual({ name: 'Acme Limited' });
  expect(
    await api.result(`{ result: node(id: "Contact:${id}") { __typename id ... on Contact { number } } }`),
  ).toMatchObject({ number: 'C-1' });
  const record = await api.result(`{ result: record(id: "${id}") {
    entity number title syncState cells { key text } fields { label text } changes { state } timeline { kind text actor count } lines { id } stock { location } attempts { id } } }`);
  expect(record).toMatchObject({
    entity: 'contacts',
    title: 'Acme Limited',
    syncState: 'PENDING',
    changes: [{ state: 'PENDING' }, { state: 'SKIPPED' }],
    timeline: [
      { kind: 'edit', text: 'Contact C-1 (Acme Limited) changed', actor: 'API key “Command line”', count: 1 },
      { kind: 'edit', text: 'Contact C-1 (Acme Ltd) created' },
    ],
    lines: [],
  });
});

test.each([
  ['a number in use', { number: 'C-1', name: 'Other' }, 'number', /number C-1 already/],
  ['no name', { number: 'C-9', name: '  ' }, null, /name is missing/],
  ['a name with brackets', { number: 'C-9', name: '<b>' }, null, /< or >/],
  ['a number that is too long', { number: 'x'.repeat(51), name: 'Long' }, null, /longer than 50/],
  ['an address that is none', { number: 'C-9', name: 'Mail', email: 'nope' }, null, /e-mail/],
])(
  'a contact with %s is refused in words, and leaves nothing behind',
  async (_what, input, field, message) => {
    const before = await api.db.prisma.change.count();
    const answer = await create('Contact', contactFields, input);
    expect(answer).toMatchObject({
      __typename: 'InvalidInputError',
      field,
      message: expect.stringMatching(message),
    });
    expect(await api.db.prisma.change.count()).toBe(before);
  },
);

test('what is not there is not found, whatever its id looks like', async () => {
  for (const id of [randomUUID(), 'nonsense', `Contact:${randomUUID()}`, `Item:${randomUUID()}`]) {
    expect(await update('Contact', contactFields, { id, name: 'X' })).toMatchObject({
      __typename: 'NotFoundError',
    });
    expect(await api.result(`{ result: contact(id: "${id}") { name } }`)).toBeNull();
    expect(await api.result(`{ result: record(id: "${id}") { title } }`)).toBeNull();
  }
});

test('a list goes page by page without a row twice or left out', async () => {
  for (let number = 1; number <= 7; number++)
    await create('Item', itemFields, { code: `I-${number}`, name: `Item ${number}` });
  const codes: unknown[] = [];
  let after: string | null = null;
  do {
    const page: unknown = await api.result(
      'query ($after: String) { result: items(first: 3, after: $after) { edges { node { code } } pageInfo { hasNextPage endCursor } } }',
      { after },
    );
    expect(page).toMatchObject({ edges: expect.any(Array) });
    const { edges, pageInfo } = JSON.parse(JSON.stringify(page));
    codes.push(...edges.map((edge: { node: { code: string } }) => edge.node.code));
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after);
  expect(codes).toEqual(['I-1', 'I-2', 'I-3', 'I-4', 'I-5', 'I-6', 'I-7']);
  expect(await api.result('{ result: items(filter: { q: "em 4" }) { edges { node { code } } } }')).toEqual({
    edges: [{ node: { code: 'I-4' } }],
  });
});

test('an invoice is reckoned to the cent and lowers the stock; a changed one lets the stock follow', async () => {
  const contact = await idOf(await create('Contact', contactFields, { number: 'C-2', name: 'Buyer' }));
  const item = await idOf(await create('Item', itemFields, { code: 'MUG', name: 'Mug' }));
  const lines = [
    {
      itemId: item,
      description: 'Mugs',
      quantity: '3',
      unitPrice: '2.555',
      treatment: 'domestic-standard',
      taxRate: '20',
    },
    {
      description: 'Postage',
      quantity: 1,
      unitPrice: '4.10',
      nature: 'carriage',
      treatment: 'domestic-standard',
      taxRate: '20',
    },
  ];
  const input = { number: 'INV-1', contactId: contact, date: '2026-01-31', dueDate: '2026-03-02', lines };
  const made = await create('Invoice', `... on Invoice { ${documentFields} dueDate }`, input);
  expect(made).toMatchObject({
    number: 'INV-1',
    date: '2026-01-31',
    dueDate: '2026-03-02',
    subTotal: '11.77',
    totalTax: '2.35',
    total: '14.12',
    contact: { number: 'C-2' },
    lines: [
      { item: { code: 'MUG' }, net: '7.67', tax: '1.53', taxRate: '20' },
      { item: null, net: '4.10', tax: '0.82', nature: 'carriage' },
    ],
  });
  const stock = () => api.result(`{ result: record(id: "${item}") { stock { location quantity } } }`);
  expect(await stock()).toEqual({ stock: [{ location: 'MAIN', quantity: '-3' }] });
  const id = await idOf(made);
  await update('Invoice', `... on Invoice { ${documentFields} }`, {
    id,
    lines: [{ ...lines[0], quantity: '5' }],
  });
  expect(await stock()).toEqual({ stock: [{ location: 'MAIN', quantity: '-5' }] });
  expect(
    await api.result(
      `{ result: record(id: "${id}") { total date currency lines { item quantity unitPrice net tax } fields { label text } } }`,
    ),
  ).toMatchObject({
    total: '15.34',
    date: '2026-01-31',
    currency: 'GBP',
    lines: [{ item: 'MUG', quantity: '5', unitPrice: '2.555', net: '12.78', tax: '2.56' }],
  });

  const credit = {
    number: 'CN-1',
    contactId: `Contact:${contact}`,
    date: '2026-02-01',
    lines: [{ ...lines[0], quantity: '2' }],
  };
  expect(await create('CreditNote', `... on CreditNote { ${documentFields} }`, credit)).toMatchObject({
    number: 'CN-1',
    total: '6.13',
  });
  expect(await stock()).toEqual({ stock: [{ location: 'MAIN', quantity: '-3' }] });
  const filter = { contactId: contact, dateFrom: '2026-01-01', dateTo: '2026-01-31' };
  expect(
    await api.result(
      'query ($f: DocumentFilter) { result: invoices(filter: $f) { edges { node { number } } } }',
      { f: filter },
    ),
  ).toEqual({
    edges: [{ node: { number: 'INV-1' } }],
  });
});

test('a document that cannot be is refused with the field at fault', async () => {
  const contact = await idOf(await create('Contact', contactFields, { number: 'C-3', name: 'Third' }));
  const line = {
    description: 'x',
    quantity: '1',
    unitPrice: '1',
    treatment: 'domestic-standard',
    taxRate: '20',
  };
  const whole = {
    number: 'INV-9',
    contactId: contact,
    date: '2026-01-31',
    dueDate: '2026-01-31',
    lines: [line],
  };
  const faults: [object, string][] = [
    [{ contactId: randomUUID() }, 'contactId'],
    [{ contactId: 'nobody' }, 'contactId'],
    [{ dueDate: '2026-01-30' }, 'dueDate'],
    [{ number: '' }, 'number'],
    [{ number: 'INV-1' }, 'number'],
    [{ currency: 'pounds' }, 'currency'],
    [{ lines: [] }, 'lines'],
    [{ lines: [{ ...line, itemId: randomUUID() }] }, 'lines.1.itemId'],
    [{ lines: [{ ...line, nature: 'guesses' }] }, 'lines.1.nature'],
    [{ lines: [line, { ...line, treatment: 'none' }] }, 'lines.2.treatment'],
    [{ lines: [{ ...line, quantity: '1.00001' }] }, 'lines.1.quantity'],
    [{ lines: [{ ...line, description: ' ' }] }, 'lines.1.description'],
  ];
  for (const [fault, field] of faults)
    expect(await create('Invoice', '... on Invoice { number }', { ...whole, ...fault })).toMatchObject({
      __typename: 'InvalidInputError',
      field,
    });
});

test('two updates of one contact at once lose neither field', async () => {
  const id = await idOf(await create('Contact', contactFields, { number: 'C-4', name: 'Twice' }));
  await Promise.all([
    update('Contact', contactFields, { id, email: 'twice@example.com' }),
    update('Contact', contactFields, { id, country: 'France' }),
  ]);
  expect(await api.result(`{ result: contact(id: "${id}") { email country } }`)).toEqual({
    email: 'twice@example.com',
    country: 'France',
  });
});

test("another organisation's records are not found by anybody else", async () => {
  const other = randomUUID();
  const id = randomUUID();
  await api.db.prisma.organization.create({ data: { id: other, name: 'Other', slug: 'other' } });
  await api.db.write(other, async (tx) => {
    await tx.prisma.contact.create({ data: { organisationId: other, id, number: 'X-1', name: 'Secret' } });
    const row = {
      organisationId: other,
      id,
      entity: 'contacts',
      title: 'Secret',
      status: 'active',
      syncState: 'new',
    };
    await tx.prisma.record.create({ data: row });
  });
  expect(await api.result(`{ result: contact(id: "${id}") { name } }`)).toBeNull();
  expect(await api.result(`{ result: record(id: "${id}") { title } }`)).toBeNull();
  expect((await api.ask(`{ node(id: "Contact:${id}") { id } }`)).data?.node ?? null).toBeNull();
  expect(await update('Contact', contactFields, { id, name: 'Mine' })).toMatchObject({
    __typename: 'NotFoundError',
  });
  const retry =
    'mutation ($id: ID!) { result: setDoNotSync(input: { id: $id, export: true }) { __typename } }';
  expect(await api.result(retry, { id })).toEqual({ __typename: 'NotFoundError' });
  expect(
    await api.result(
      '{ result: records(entity: contacts, filter: { q: "Secret" }) { edges { node { id } } } }',
    ),
  ).toEqual({ edges: [] });
});
