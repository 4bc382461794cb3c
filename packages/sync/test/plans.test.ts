// The plans of the hot statements: what a batch costs does not grow with the backlog, so nothing it says reads a large table from end to end.
import { createDb } from '@stockbook/db';
import pg from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { askRun } from '../src/ask.ts';
import { invoices } from '../src/entities/index.ts';
import { record } from '../src/outbox.ts';
import { openRun } from '../src/run.ts';
import { makeInventory } from './inventory.ts';
import { createWorld, type World } from './world.ts';

const backlog = { contacts: 4_000, items: 1_000, invoices: 1_000 };
/** Tables with more rows than that are large. */
const largeMin = 1_000;
const batches = 8;

interface Said {
  text: string;
  values: unknown[];
  times: number;
}

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  Plans?: Plan[];
}

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

/** What a run that is stopped after its first batches says for each of them; what it says once, at its beginning or end, may count what there is. */
async function listen(): Promise<Said[]> {
  const said = new Map<string, Said>();
  class Heard extends pg.Client {
    constructor(...options: ConstructorParameters<typeof pg.Client>) {
      super(...options);
      const query = this.query.bind(this);
      Object.assign(this, {
        query: (first: unknown, ...rest: unknown[]) => {
          const { text, values = Array.isArray(rest[0]) ? rest[0] : [] } =
            typeof first === 'object' && first !== null && 'text' in first
              ? (first as Partial<Said>)
              : { text: String(first) };
          if (text !== undefined) said.set(text, { text, values, times: 1 + (said.get(text)?.times ?? 0) });
          return Reflect.apply(query, undefined, [first, ...rest]);
        },
      });
    }
  }
  const db = createDb(world.adminUrl, { client: Heard });
  const { organisation } = world;
  const opened = await openRun(world.db, organisation, { kind: 'manual', startedBy: 'Ann' });
  if (opened.kind !== 'opened') throw new Error(`A run opens, but it was ${opened.kind}`);
  let settled = 0;
  const engine = world.engine({
    db,
    step: async (name) => {
      if (name !== 'verdict after') return;
      settled += 1;
      if (settled === batches) await askRun(world.db, organisation, 'Ann', opened.runId, 'stop');
    },
  });
  await engine.look();
  await engine.stop();
  await db.close();
  const isPlanned = ({ text, times }: Said) =>
    times >= batches && /^\s*(WITH|SELECT|INSERT|UPDATE|DELETE)\b/.test(text);
  return [...said.values()].filter(isPlanned);
}

function nodesOf(plan: Plan): Plan[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
}

it('no statement of a batch’s life reads a large table from end to end, and claims go by the index of what is claimable', async () => {
  await makeInventory(world.db, world.organisation, backlog);
  const statements = await listen();
  const owner = new pg.Client({ connectionString: world.adminUrl });
  await owner.connect();
  await owner.query('ANALYZE');
  const { rows } = await owner.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND reltuples > $1 AND relnamespace = 'public'::regnamespace`,
    [largeMin],
  );
  const large = new Set(rows.map(({ name }) => name));
  expect([...large]).toEqual(expect.arrayContaining(['change', 'record', 'contact']));
  const whole: string[] = [];
  const claims: (string | undefined)[][] = [];
  for (const { text, values } of statements) {
    const answer = await owner.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
      `EXPLAIN (FORMAT JSON) ${text}`,
      values,
    );
    const nodes = answer.rows.flatMap((row) => nodesOf(row['QUERY PLAN'][0].Plan));
    for (const node of nodes)
      if (node['Node Type'] === 'Seq Scan' && large.has(node['Relation Name'] ?? ''))
        whole.push(`${node['Relation Name']}: ${text}`);
    if (text.includes('SKIP LOCKED') && text.includes('FROM change c'))
      claims.push(nodes.map((node) => node['Index Name']));
  }
  await owner.end();
  expect(whole).toEqual([]);
  expect(claims.length).toBeGreaterThan(0);
  for (const indices of claims) expect(indices).toContain('change_claimable');
  expect(statements.length).toBeGreaterThan(15);
});

it('what needs a contact or an item is told by what waits, however many documents of theirs are done with', async () => {
  const { db, organisation } = world;
  const made = await makeInventory(db, organisation, { contacts: 1, items: 2, invoices: 4 });
  await world.sync();
  const [contact = ''] = made.contacts;
  const [item = ''] = made.items;
  const [id = ''] = made.invoices;
  const told = (waiting: 'pending' | 'held for a parent') =>
    invoices.dependants(db.sql, organisation, [contact, item], waiting);
  expect(await told('pending')).toEqual([]);
  await db.write(organisation, async (tx) => record(tx, { entity: 'invoices', id }));
  expect(await told('pending')).toEqual(
    expect.arrayContaining([
      { id, parent: contact },
      { id, parent: item },
    ]),
  );
  expect(await told('held for a parent')).toEqual([]);
  await db.prisma.change.updateMany({ where: { recordId: id, state: 'pending' }, data: { held: 'parent' } });
  expect(await told('held for a parent')).toHaveLength(2);
});
