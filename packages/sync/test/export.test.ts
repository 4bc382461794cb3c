// The path of a change out, against a real database and the sandbox over HTTP.
import { sumTotals } from '@stockbook/core';
import { createDb, createId } from '@stockbook/db';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contacts, entities, invoices } from '../src/entities/index.ts';
import { record } from '../src/outbox.ts';
import { retryChanges } from '../src/retry.ts';
import { openRun } from '../src/run.ts';
import { readStatus } from '../src/status.ts';
import { firstSend } from './first-send.ts';
import { countStates, ids, invoiceOf, makeInventory, writeContacts } from './inventory.ts';
import { createWorld, type World } from './world.ts';

async function inXero(world: World) {
  const summary = await world.client.summary();
  const organisation = summary.organisations[world.tenantId];
  if (organisation === undefined) throw new Error('the sandbox forgot its organisation');
  return { ...organisation, calls: summary.calls, throttled: summary.throttled };
}

describe('a sync of everything that waits', () => {
  let world: World;
  beforeAll(async () => {
    world = await createWorld();
  });
  afterAll(() => world.close());

  it('sends parents before children, fifty to a call, each document once', async () => {
    await makeInventory(world.db, world.organisation, { contacts: 60, items: 110, invoices: 120 });
    expect(await world.sync()).toBe('opened');
    const xero = await inXero(world);
    expect(xero.Contacts).toEqual({ count: 60, duplicates: 0 });
    expect(xero.Items).toEqual({ count: 110, duplicates: 0 });
    expect(xero.Invoices).toMatchObject({
      count: 120,
      duplicates: 0,
      by: { 'ACCREC AUTHORISED': { count: 120, total: '8635.20', tax: '1438.80' } },
    });
    expect(xero.calls).toMatchObject({
      'PUT /Contacts': { 200: 2 },
      'PUT /Items': { 200: 3 },
      'PUT /Invoices': { 200: 3 },
    });
    expect(await countStates(world.db, world.organisation, 'invoices')).toEqual({ sent: 120 });
    const status = await readStatus(world.db, world.organisation);
    expect(status).toMatchObject({ pending: 0, held: 0, claimed: 0, rejected: 0, sent: 290 });
    expect(status.calls).toMatchObject({ used: 8, minimum: 8 });
  });

  it('completes a record only with Xero’s id, code and date of export (A67, A69, X17)', async () => {
    const rows = await world.db.prisma.record.findMany({
      where: { organisationId: world.organisation, entity: 'invoices' },
    });
    expect(
      rows.every((row) => row.syncState === 'completed' && row.xeroId !== null && row.lastExportAt !== null),
    ).toBe(true);
    expect(rows.every((row) => row.accountingCode === row.number)).toBe(true);
  });

  it('has nothing to do a second time', async () => {
    const before = await inXero(world);
    expect(await world.sync()).toBe('nothing');
    expect(await inXero(world)).toEqual(before);
  });

  it('sends a change of a known record as an update, never as another create', async () => {
    const [first] = await world.db.prisma.contact.findMany({
      where: { organisationId: world.organisation },
      take: 1,
      orderBy: { id: 'asc' },
    });
    if (first === undefined) throw new Error('no contact');
    await world.db.write(world.organisation, async (tx) => {
      await contacts.apply(tx, [
        { id: first.id, number: first.number, name: 'Renamed', email: null, phone: null, country: null },
      ]);
      record(tx, { entity: 'contacts', id: first.id });
    });
    await world.sync();
    const xero = await inXero(world);
    expect(xero.Contacts).toEqual({ count: 60, duplicates: 0 });
    expect(xero.calls['POST /Contacts']).toEqual({ 200: 1 });
  });
});

/** The class of connections that tell of each transaction that was committed which statements it took. */
function tellingClient(tell: (statements: string[]) => void): new () => pg.Client {
  return class extends pg.Client {
    constructor(...options: ConstructorParameters<typeof pg.Client>) {
      super(...options);
      const query = this.query.bind(this);
      let statements: string[] = [];
      const told = (first: string | { text: string }, ...rest: unknown[]) => {
        const text = typeof first === 'string' ? first : first.text;
        if (text.startsWith('BEGIN')) statements = [];
        statements.push(text);
        if (text.startsWith('COMMIT')) tell(statements);
        return Reflect.apply(query, undefined, [first, ...rest]);
      };
      Object.assign(this, { query: told });
    }
  };
}

describe('a record that Xero refuses', () => {
  let world: World;
  beforeAll(async () => {
    world = await createWorld();
  });
  afterAll(() => world.close());

  it('keeps its neighbours going and holds only its children, until a person has it tried again (A34, X4, X6)', async () => {
    const made = await makeInventory(world.db, world.organisation, { contacts: 4, items: 2, invoices: 8 });
    const [bad] = made.contacts;
    await world.db.prisma.contact.updateMany({ where: { id: bad ?? '' }, data: { name: 'Contact <0>' } });
    await world.sync();
    expect(await countStates(world.db, world.organisation, 'contacts')).toEqual({ sent: 3, rejected: 1 });
    expect(await countStates(world.db, world.organisation, 'invoices')).toEqual({
      sent: 6,
      'held: parent': 2,
    });
    const refused = await world.db.prisma.record.findFirst({ where: { id: bad ?? '' } });
    expect(refused).toMatchObject({ syncState: 'failed', xeroId: null });
    expect(refused?.problem).not.toBe('');

    expect(await world.sync()).toBe('nothing');
    await world.db.prisma.contact.updateMany({ where: { id: bad ?? '' }, data: { name: 'Contact 0' } });
    expect(await retryChanges(world.db, world.organisation, 'tester', { kind: 'all' })).toBe(1);
    await world.sync();
    expect(await countStates(world.db, world.organisation, 'contacts')).toEqual({ sent: 4 });
    expect(await countStates(world.db, world.organisation, 'invoices')).toEqual({ sent: 8 });
    expect((await inXero(world)).Invoices).toMatchObject({ count: 8, duplicates: 0 });
  });

  it('is settled with its neighbours in the same few statements, however many were refused with it', async () => {
    const settlements: number[] = [];
    const db = createDb(world.db.url, {
      client: tellingClient((statements) => {
        if (statements.some((text) => text.includes('UPDATE export SET state = $3, settled_at')))
          settlements.push(statements.length);
      }),
    });
    const settle = async (refused: number): Promise<number> => {
      const joined = await world.join(`Refuses ${refused}`);
      const made = await makeInventory(db, joined.organisation, { contacts: 8, items: 1, invoices: 16 });
      const bad = made.contacts.slice(0, refused);
      await db.prisma.contact.updateMany({ where: { id: { in: bad } }, data: { name: 'Contact <0>' } });
      await openRun(db, joined.organisation, { kind: 'manual', startedBy: 'tester' });
      settlements.length = 0;
      // Without their items the invoices wait, and nothing else is settled.
      const engine = world.engine({ db, entities: entities.filter(({ name }) => name !== 'items') });
      await engine.look();
      const held = await db.prisma.change.findMany({
        where: {
          organisationId: joined.organisation,
          held: 'parent',
          reason: { contains: 'which Xero refused' },
        },
      });
      expect(held).toHaveLength(2 * refused);
      expect(new Set(held.map(({ reason }) => reason)).size).toBe(refused);
      expect(settlements).toHaveLength(1);
      return settlements[0] ?? 0;
    };
    const one = await settle(1);
    expect(await settle(7)).toBe(one);
    await db.close();
  });

  it('gives way to a newer change of the same record', async () => {
    const id = createId();
    const contact = { id, number: 'N-1', name: 'Bad <name>', email: null, phone: null, country: null };
    await world.db.write(world.organisation, async (tx) => {
      await contacts.apply(tx, [contact]);
      record(tx, { entity: 'contacts', id });
    });
    await world.sync();
    await world.db.write(world.organisation, async (tx) => {
      await contacts.apply(tx, [{ ...contact, name: 'Good name' }]);
      record(tx, { entity: 'contacts', id });
    });
    await world.sync();
    const states = await world.db.prisma.change.findMany({
      where: { recordId: id },
      orderBy: { number: 'asc' },
    });
    expect(states.map((change) => change.state)).toEqual(['superseded', 'sent']);
  });

  it('waits to be sent again, and is not shown as sending, when it was edited while Xero refused it', async () => {
    const id = createId();
    const contact = { id, number: 'N-2', name: 'Worse <name>', email: null, phone: null, country: null };
    const write = (name: string) =>
      world.db.write(world.organisation, async (tx) => {
        await contacts.apply(tx, [{ ...contact, name }]);
        record(tx, { entity: 'contacts', id });
      });
    await write(contact.name);
    await openRun(world.db, world.organisation, { kind: 'manual', startedBy: 'tester' });
    const engine = world.engine({
      through: firstSend(async (call, api) => {
        await write('Better name');
        await world.client.fail({ kind: '429-concurrent', retryAfterS: 0 });
        return api.send(call);
      }),
    });
    await engine.look();
    const states = () =>
      world.db.prisma.change.findMany({ where: { recordId: id }, orderBy: { number: 'asc' } });
    expect((await states()).map((change) => change.state)).toEqual(['superseded', 'pending']);
    const shown = () => world.db.prisma.record.findFirst({ where: { id } });
    expect(await shown()).toMatchObject({ syncState: 'pending', problem: null });
    await world.sync();
    expect(await shown()).toMatchObject({ syncState: 'completed' });
  });
});

describe('what is written while others write', () => {
  it.each(['first', 'second'])(
    'loses nothing when two transactions overlap and the %s commits first',
    async (winner) => {
      const world = await createWorld();
      const other = createDb(world.db.url);
      const [a = '', b = ''] = ids(2);
      const gates = { first: gate(), second: gate() };
      const write = (db: typeof other, id: string, name: string, mine: Gate) =>
        db.write(world.organisation, async (tx) => {
          await writeContacts(tx, [id], name);
          await mine.opened;
        });
      const first = write(world.db, a, 'First', gates.first);
      const second = write(other, b, 'Second', gates.second);
      gates[winner === 'first' ? 'first' : 'second'].open();
      await (winner === 'first' ? first : second);
      await world.sync();
      gates.first.open();
      gates.second.open();
      await Promise.all([first, second]);
      await world.sync();
      expect(await countStates(world.db, world.organisation, 'contacts')).toEqual({ sent: 2 });
      expect((await inXero(world)).Contacts).toEqual({ count: 2, duplicates: 0 });
      await other.close();
      await world.close();
    },
  );

  it('leaves what is made after the snapshot to the next run (X5), and refuses a second run while one is active (A37)', async () => {
    const world = await createWorld();
    await makeInventory(world.db, world.organisation, { contacts: 3, items: 1, invoices: 3 });
    const opened = await openRun(world.db, world.organisation, { kind: 'manual', startedBy: 'tester' });
    const again = await openRun(world.db, world.organisation, { kind: 'auto', startedBy: 'schedule' });
    expect(opened.kind).toBe('opened');
    expect(again).toMatchObject({ kind: 'active', runId: opened.kind === 'opened' ? opened.runId : '' });
    const late: string[] = [];
    const engine = world.engine({
      through: (api) => ({
        ...api,
        send: async (call) => {
          if (late.length === 0) {
            late.push(...ids(1));
            await world.db.write(world.organisation, (tx) => writeContacts(tx, late, 'Late'));
          }
          return api.send(call);
        },
      }),
    });
    await engine.look();
    expect(await countStates(world.db, world.organisation, 'contacts')).toEqual({ sent: 3, pending: 1 });
    expect(await world.sync()).toBe('opened');
    expect(await countStates(world.db, world.organisation, 'contacts')).toEqual({ sent: 4 });
    await world.close();
  });
});

describe('a batch with long texts', () => {
  it('is cut where it would be longer than Xero takes, and its rest goes in the next call', async () => {
    const world = await createWorld();
    const made = await makeInventory(world.db, world.organisation, { contacts: 1, items: 1, invoices: 1 });
    await world.sync();
    const more = ids(40);
    await world.db.write(world.organisation, async (tx) => {
      const long = more.map((id, n) => {
        const short = invoiceOf(id, `LONG-${n}`, made.contacts[0] ?? '', made.items[0] ?? '');
        const lines = Array.from({ length: 25 }, () =>
          short.lines.map((line) => ({ ...line, description: '"'.repeat(2_000) })),
        ).flat();
        return { ...short, lines, ...sumTotals(lines) };
      });
      await invoices.apply(tx, long);
      for (const id of more) record(tx, { entity: 'invoices', id });
    });
    await world.sync();
    expect(await countStates(world.db, world.organisation, 'invoices')).toEqual({ sent: 41 });
    const calls = (await world.client.calls()).filter(
      ({ method, path }) => method === 'PUT' && path.startsWith('/Invoices'),
    );
    const sizes = calls.slice(1).map(({ requestBytes }) => requestBytes);
    expect(sizes).toHaveLength(2);
    expect(Math.max(...sizes)).toBeGreaterThan(3_000_000);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(3_500_000);
    await world.close();
  });
});

describe('calls at once', () => {
  it('overlaps up to five: ten batches at 6 s an answer take at most a third of what one after the other would', async () => {
    const world = await createWorld({ scale: 3 });
    const made = await makeInventory(world.db, world.organisation, { contacts: 1, items: 1, invoices: 1 });
    await world.sync();
    await world.client.setLatency(6_000);
    const more = ids(500);
    await world.db.write(world.organisation, async (tx) => {
      await invoices.apply(
        tx,
        more.map((id, n) => invoiceOf(id, `MORE-${n}`, made.contacts[0] ?? '', made.items[0] ?? '')),
      );
      for (const id of more) record(tx, { entity: 'invoices', id });
    });
    await world.sync();
    const run = await world.db.prisma.run.findFirst({
      where: { organisationId: world.organisation },
      orderBy: { id: 'desc' },
    });
    expect(run?.calls).toBe(10);
    // As long as each call took, and as long as all of them took together: both grow alike on a slow machine.
    const calls = await world.db.sql.query<{ eachMs: number; togetherMs: number }>(
      `SELECT sum(extract(epoch FROM a.ended_at - a.started_at) * 1000)::float8 AS "eachMs",
              extract(epoch FROM max(a.ended_at) - min(a.started_at))::float8 * 1000 AS "togetherMs"
         FROM attempt a JOIN export e ON e.id = a.export_id WHERE e.run_id = $1::uuid`,
      run?.id ?? null,
    );
    expect(calls[0]?.eachMs).toBeGreaterThanOrEqual(10 * 6_000);
    expect((calls[0]?.togetherMs ?? 0) / (calls[0]?.eachMs ?? 1)).toBeLessThanOrEqual(1 / 3);
    await world.close();
  });

  it('obeys sixty a minute and five at once: no 429, no call too many', async () => {
    const world = await createWorld({
      scale: 20,
      limits: { minute: 60, atOnce: 5, day: 5_000 },
      latencyMs: 200,
    });
    await world.db.write(world.organisation, async (tx) => writeContacts(tx, ids(3_500)));
    await world.sync();
    const xero = await inXero(world);
    expect(xero.Contacts).toEqual({ count: 3_500, duplicates: 0 });
    expect(xero.calls['PUT /Contacts']).toEqual({ 200: 70 });
    expect(xero.throttled).toBe(0);
    await world.close();
  });
});

interface Gate {
  opened: Promise<void>;
  open: () => void;
}

function gate(): Gate {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
