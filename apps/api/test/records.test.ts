// Lists of records: every order, page by page, and every filter.
import { createId } from '@stockbook/db';
import { contacts, invoices } from '@stockbook/sync/entities';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { startTestApi, type TestApi } from './api.ts';

let api: TestApi;
const contactIds = Array.from({ length: 45 }, () => createId());
const exportedAt = (index: number) => new Date(Date.UTC(2026, 0, 1 + (index % 7), 12, 0, 0, index));

beforeAll(async () => {
  api = await startTestApi();
  await api.db.write(api.organisation, async (tx) => {
    const rows = contactIds.map((id, index) => ({
      id,
      number: `C-${String(index).padStart(3, '0')}`,
      // Several share a name: the id decides among them.
      name: `Name ${index % 9} 50%`,
      email: null,
      phone: null,
      country: null,
    }));
    await contacts.apply(tx, rows);
    const [contactId = ''] = contactIds;
    const whole = {
      contactId,
      currency: 'GBP',
      reference: null,
      status: 'authorised' as const,
      sourceHash: null,
      lines: [],
    };
    const money = { subTotal: '1.00', totalTax: '0.00', total: '1.00' };
    const days = ['2026-01-31', '2026-02-01', '2026-02-01', '2026-03-29'];
    await invoices.apply(
      tx,
      days.map((date, index) => ({
        ...whole,
        ...money,
        id: createId(),
        number: `INV-${index}`,
        date,
        dueDate: date,
      })),
    );
    for (const [index, id] of contactIds.entries()) {
      if (index % 3 !== 0) continue;
      const key = { organisationId_id: { organisationId: api.organisation, id } };
      const data = {
        lastExportAt: exportedAt(index),
        accountingCode: `X${index % 4}`,
        syncState: 'completed',
        noImport: index % 2 === 0,
      };
      await tx.prisma.record.update({ where: key, data });
    }
  });
});
afterAll(() => api.stop());

const pageSchema = z.object({
  edges: z.array(
    z.object({
      node: z.object({
        id: z.string(),
        number: z.string(),
        title: z.string(),
        lastExportAt: z.string().nullable(),
        accountingCode: z.string().nullable(),
      }),
    }),
  ),
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
});

async function all(sort: object | null, first: number, filter: object = {}) {
  const nodes: z.infer<typeof pageSchema>['edges'][number]['node'][] = [];
  let after: string | null = null;
  do {
    const page: z.infer<typeof pageSchema> = pageSchema.parse(
      await api.result(
        `query ($sort: RecordSort, $filter: RecordFilter, $first: Int, $after: String) { result: records(entity: contacts, sort: $sort, filter: $filter, first: $first, after: $after) {
          edges { node { id number title lastExportAt accountingCode } } pageInfo { hasNextPage endCursor } } }`,
        { sort, filter, first, after },
      ),
    );
    nodes.push(...page.edges.map(({ node }) => node));
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after);
  return nodes;
}

test.each([
  ['NUMBER', false],
  ['NUMBER', true],
  ['TITLE', false],
  ['TITLE', true],
  ['DATE', false],
  ['LAST_EXPORT', false],
  ['LAST_EXPORT', true],
  ['ACCOUNTING_CODE', false],
  ['ACCOUNTING_CODE', true],
])(
  'in the order of %s (descending: %s) every record comes once, those without the key last',
  async (key, descending) => {
    const keyOf =
      {
        NUMBER: 'number',
        TITLE: 'title',
        DATE: 'none',
        LAST_EXPORT: 'lastExportAt',
        ACCOUNTING_CODE: 'accountingCode',
      }[key] ?? '';
    const nodes = await all({ key, descending }, 7);
    expect(new Set(nodes.map(({ id }) => id))).toEqual(new Set(contactIds));
    expect(nodes).toHaveLength(contactIds.length);
    const keys = nodes.map((node) => Object.entries(node).find(([name]) => name === keyOf)?.[1] ?? null);
    const present = keys.filter((value) => value !== null);
    const sorted = [...present].sort();
    expect(keys).toEqual([
      ...(descending ? sorted.reverse() : sorted),
      ...keys.filter((value) => value === null),
    ]);
  },
);

test('a cursor of one order is refused in another', async () => {
  const first = pageSchema.parse(
    await api.result(
      '{ result: records(entity: contacts, first: 2) { edges { node { id number title lastExportAt accountingCode } } pageInfo { hasNextPage endCursor } } }',
    ),
  );
  const { errors } = await api.ask(
    'query ($after: String) { records(entity: contacts, sort: { key: TITLE }, after: $after) { edges { cursor } } }',
    {
      after: first.pageInfo.endCursor,
    },
  );
  expect(errors?.[0]?.message).toMatch(/cursor from an earlier page/);
});

test.each([
  [{ q: '-04' }, 5],
  [{ q: 'name 8' }, 5],
  [{ q: '0 50%' }, 5],
  [{ q: '5_%' }, 0],
  [{ exported: true }, 15],
  [{ exported: false }, 30],
  [{ syncState: 'COMPLETED' }, 15],
  [{ syncState: 'NEW' }, 30],
  [{ status: 'active' }, 45],
  [{ accountingCode: 'x1' }, 3],
  [{ noImport: true }, 8],
  [{ noExport: true }, 0],
  [{ lastExportFrom: '2026-01-04T00:00:00Z' }, 8],
  [{ lastExportTo: '2026-01-03T23:59:59Z' }, 7],
  [{ lastImportFrom: '2020-01-01T00:00:00+02:00' }, 0],
  [{ exported: true, q: 'name 3' }, 5],
])('%j finds %i of 45', async (filter, count) => {
  expect(await all(null, 200, filter)).toHaveLength(count);
});

test('dates of documents are calendar dates, from and to', async () => {
  const asked =
    '{ result: records(entity: invoices, filter: { dateFrom: "2026-02-01", dateTo: "2026-03-29" }, sort: { key: DATE, descending: true }) { edges { node { date total } } } }';
  expect(await api.result(asked)).toEqual({
    edges: ['2026-03-29', '2026-02-01', '2026-02-01'].map((date) => ({ node: { date, total: '1.00' } })),
  });
});

test('every entity says its columns, and a record has a cell for each', async () => {
  const entities = z.array(
    z.object({ name: z.string(), count: z.number(), columns: z.array(z.object({ key: z.string() })) }),
  );
  const known = entities.parse(
    await api.result(
      '{ result: entities { name label singular exports count columns { key label kind filterable sortable } form { key kind required maxLength } } }',
    ),
  );
  expect(known.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      'contacts',
      'items',
      'invoices',
      'credit_notes',
      'stock_adjustments',
      'accounts',
      'tax_rates',
    ]),
  );
  const ours = known.find(({ name }) => name === 'contacts');
  expect(ours?.count).toBe(45);
  const record = await api.result(`{ result: record(id: "${contactIds[0]}") { cells { key text } } }`);
  expect(record).toMatchObject({ cells: ours?.columns.map(({ key }) => expect.objectContaining({ key })) });
  expect(record).toMatchObject({
    cells: expect.arrayContaining([
      { key: 'lastExportAt', text: '2026-01-01T12:00:00.000Z' },
      { key: 'noImport', text: 'yes' },
      { key: 'noExport', text: '' },
    ]),
  });
});

test('do not sync: a flag with its reason skips what waits, and lifting it sends the record again', async () => {
  const set = (input: object) =>
    api.result(
      'mutation ($input: SetDoNotSyncInput!) { result: setDoNotSync(input: $input) { __typename ... on Record { noExport noExportReason noImport syncState problem } ... on Error { message } } }',
      { input },
    );
  const [, id] = contactIds;
  expect(await set({ id, export: true, exportReason: 'A test customer' })).toMatchObject({
    noExport: true,
    noExportReason: 'A test customer',
    syncState: 'SKIPPED',
    problem: 'A test customer',
  });
  expect(await set({ id, import: true })).toMatchObject({ noExport: true, noImport: true });
  expect(await set({ id, export: false })).toMatchObject({
    noExport: false,
    noExportReason: null,
    syncState: 'PENDING',
  });
  expect(await set({ id, exportReason: 'x'.repeat(501) })).toMatchObject({ __typename: 'InvalidInputError' });
  expect(await set({ id: createId(), export: true })).toMatchObject({ __typename: 'NotFoundError' });
});
