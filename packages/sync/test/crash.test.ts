// Whatever breaks between claim and settlement, every document is in Xero exactly once.
import type { SendResult, XeroApi } from '@stockbook/xero';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { EngineOptions } from '../src/engine.ts';
import { entities } from '../src/entities/index.ts';
import { openRun } from '../src/run.ts';
import { readQueueCounts } from '../src/status.ts';
import { countStates, ids, makeInventory, writeContacts } from './inventory.ts';
import { createWorld, type World } from './world.ts';

type Send = XeroApi['send'];

/** An API whose n-th send is replaced; later sends go through. */
function replaced(n: number, send: (call: Parameters<Send>[0], through: Send) => Promise<SendResult>) {
  let sends = 0;
  return (api: XeroApi): XeroApi => ({
    ...api,
    send: (call) => {
      sends += 1;
      return sends === n ? send(call, api.send) : api.send(call);
    },
  });
}

describe('a worker that dies in mid-call', () => {
  let world: World;
  beforeEach(async () => {
    world = await createWorld({ scale: 20 });
    await makeInventory(world.db, world.organisation, { contacts: 60, items: 20, invoices: 120 });
    await openRun(world.db, world.organisation, { kind: 'manual', startedBy: 'tester' });
  });
  afterEach(() => world.close());

  async function expectOnce(): Promise<void> {
    const xero = (await world.client.summary()).organisations[world.tenantId];
    expect(xero).toMatchObject({
      Contacts: { count: 60, duplicates: 0 },
      Items: { count: 20, duplicates: 0 },
      Invoices: { count: 120, duplicates: 0 },
    });
    expect(await countStates(world.db, world.organisation, 'invoices')).toEqual({ sent: 120 });
    const records = await world.db.prisma.record.findMany({ where: { organisationId: world.organisation } });
    const sending = records.filter((row) => ['contacts', 'items', 'invoices'].includes(row.entity));
    expect(sending.every((row) => row.syncState === 'completed' && row.xeroId !== null)).toBe(true);
  }

  async function stepPastKey(): Promise<void> {
    await world.client.advance(7 * 60_000);
    const clock = await world.client.clock();
    await world.db.prisma.clock.update({
      where: { id: 1 },
      data: { realAt: new Date(clock.realMs), simulatedAt: new Date(clock.simulatedMs) },
    });
  }

  const deaths: [string, (call: Parameters<Send>[0], through: Send) => Promise<SendResult>][] = [
    ['before the call left', () => Promise.reject(new Error('died'))],
    [
      'after Xero had carried it out',
      async (call, through) => Promise.reject(new Error(`died after ${(await through(call)).kind}`)),
    ],
  ];
  const sends = [1, 2, 3, 5, 6];

  it.each(deaths.flatMap(([name, death]) => sends.map((n) => [name, n, death] as const)))(
    '%s, at call %i: another carries it on under the same key',
    async (_name, n, death) => {
      const dying = world.engine({
        through: replaced(n, death),
        log: { info: () => undefined, error: () => undefined },
      });
      await dying.look();
      await world.engine().look();
      await expectOnce();
    },
  );

  it.each(deaths)(
    '%s, and found only when the key is forgotten: Xero is asked before anything is sent',
    async (name, death) => {
      const dying = world.engine({
        through: replaced(3, death),
        log: { info: () => undefined, error: () => undefined },
      });
      await dying.look();
      const open = await world.db.prisma.export.count({
        where: { organisationId: world.organisation, state: 'sending' },
      });
      expect(open).toBe(1);
      await stepPastKey();
      await world.engine().look();
      await expectOnce();
      const looks = await world.db.prisma.attempt.count({
        where: { organisationId: world.organisation, kind: 'look' },
      });
      // Presence counts at once, absence when two looks agree.
      expect(looks).toBe(name.startsWith('after') ? 1 : 2);
    },
  );

  it('asks again under the same key when the answer was lost, and settles on what it hears', async () => {
    const { id } = await world.client.fail({ kind: 'reset', method: 'PUT', skip: 3 });
    await world.engine().look();
    expect((await world.client.faults()).find((fault) => fault.id === id)?.met).toBe(1);
    await expectOnce();
  });
});

describe('records whose outcome is unknown', () => {
  let world: World;
  beforeEach(async () => {
    world = await createWorld();
    await world.db.write(world.organisation, (tx) => writeContacts(tx, ids(60)));
    await openRun(world.db, world.organisation, { kind: 'manual', startedBy: 'tester' });
  });
  afterEach(() => world.close());

  /** What is counted while the engine's calls, or those of one kind, are held up, and how many records are shown as being checked. */
  async function countHeldUp(kinds: readonly ('send' | 'find')[] = ['send', 'find']) {
    const inCall = gate();
    const goOn = gate();
    const held = async <T>(kind: 'send' | 'find', call: () => Promise<T>): Promise<T> => {
      if (!kinds.includes(kind)) return call();
      inCall.open();
      await goOn.opened;
      return call();
    };
    const engine = world.engine({
      through: (api) => ({
        ...api,
        send: (call) => held('send', () => api.send(call)),
        find: (call) => held('find', () => api.find(call)),
      }),
    });
    const work = engine.look();
    await inCall.opened;
    const { claimed, checking } = await readQueueCounts(world.db, world.organisation);
    const shown = await world.db.prisma.record.count({
      where: { organisationId: world.organisation, syncState: 'checking' },
    });
    goOn.open();
    await work;
    expect(await readQueueCounts(world.db, world.organisation)).toMatchObject({ claimed: 0, checking: 0 });
    expect(await countStates(world.db, world.organisation, 'contacts')).toEqual({ sent: 60 });
    return { claimed, checking, shown };
  }

  it('are none while a first call is on its way', async () => {
    expect(await countHeldUp()).toMatchObject({ checking: 0, shown: 0 });
  });

  it('are those of a worker that died in mid-call, as soon as another carries them on', async () => {
    const dying = world.engine({
      through: replaced(1, () => Promise.reject(new Error('died'))),
      log: { info: () => undefined, error: () => undefined },
    });
    await dying.look();
    const { claimed, checking, shown } = await countHeldUp();
    expect(checking).toBeGreaterThan(0);
    expect(checking).toBeLessThanOrEqual(claimed);
    expect(shown).toBe(checking);
  });

  it('are the ones that an answer left out', async () => {
    const records = ['Contact-0', 'Contact-1'];
    await world.client.fail({ kind: 'left-out', method: 'PUT', records });
    expect(await countHeldUp(['find'])).toMatchObject({ checking: 2, shown: 2 });
  });
});

/** Opens once; whoever waits goes on then. */
function gate(): { open: () => void; opened: Promise<void> } {
  let open: () => void = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

describe('a call that Xero answered with an error', () => {
  it('is kept with the beginning of the answer, and one that went well without', async () => {
    const world = await createWorld({ scale: 20 });
    await world.db.write(world.organisation, (tx) => writeContacts(tx, ids(3)));
    await world.client.fail({ kind: '503', method: 'PUT', times: 1 });
    await world.sync();
    const calls = await world.db.prisma.attempt.findMany({
      where: { organisationId: world.organisation },
      orderBy: { id: 'asc' },
    });
    const [first, ...later] = calls;
    expect(first).toMatchObject({ outcome: 'unknown-outcome', status: 503 });
    const { body } = z.object({ body: z.string() }).parse(JSON.parse(first?.answer ?? ''));
    expect(body).not.toBe('');
    expect(later.length).toBeGreaterThan(0);
    expect(later.every(({ outcome, answer }) => outcome === 'answered' && answer === null)).toBe(true);
    await world.close();
  });
});

describe('a worker that lost its lease', () => {
  it('changes nothing when it wakes: its token is fenced', async () => {
    const world = await createWorld();
    await world.db.write(world.organisation, (tx) => writeContacts(tx, ids(60)));
    await openRun(world.db, world.organisation, { kind: 'manual', startedBy: 'tester' });
    const errors: string[] = [];
    const log = { info: () => undefined, error: (_fields: object, text: string) => errors.push(text) };
    let asleep: () => void = () => {};
    const woken = new Promise<void>((resolve) => {
      asleep = resolve;
    });
    const sleeper = world.engine({
      log,
      leaseMs: 1_500,
      heartbeatMs: 60_000,
      through: replaced(1, async (call, through) => {
        const answer = await through(call);
        await woken;
        return answer;
      }),
    });
    const sleeping = sleeper.look();
    await expect
      .poll(() => countStates(world.db, world.organisation, 'contacts'), { timeout: 10_000 })
      .toMatchObject({ claimed: expect.any(Number) });
    const other = world.engine({ leaseMs: 5_000, heartbeatMs: 1_000 });
    await expect
      .poll(
        async () => {
          await other.look();
          return countStates(world.db, world.organisation, 'contacts');
        },
        { timeout: 20_000 },
      )
      .toEqual({ sent: 60 });
    const before = await world.db.prisma.mapping.findMany({
      where: { organisationId: world.organisation },
      orderBy: { recordId: 'asc' },
    });
    asleep();
    await sleeping;
    expect(errors[0]).toMatch(/lease .* was lost/);
    expect(
      await world.db.prisma.mapping.findMany({
        where: { organisationId: world.organisation },
        orderBy: { recordId: 'asc' },
      }),
    ).toEqual(before);
    expect((await world.client.summary()).organisations[world.tenantId]?.Contacts).toEqual({
      count: 60,
      duplicates: 0,
    });
    await world.close();
  });
});

describe('a batch whose settlement breaks', () => {
  const contacts = 60;
  const small: Partial<EngineOptions> = {
    entities: entities.map((entity) => ({ ...entity, batchMax: 1 })),
    log: { info: () => undefined, error: () => undefined },
  };
  let world: World;
  beforeEach(async () => {
    world = await createWorld();
    await world.db.write(world.organisation, (tx) => writeContacts(tx, ids(contacts)));
    await openRun(world.db, world.organisation, { kind: 'manual', startedBy: 'tester' });
  });
  afterEach(() => world.close());

  const states = () => countStates(world.db, world.organisation, 'contacts');

  async function expectOnce(): Promise<void> {
    await world.engine(small).look();
    expect(await states()).toEqual({ sent: contacts });
    const { organisations } = await world.client.summary();
    expect(organisations[world.tenantId]?.Contacts).toEqual({ count: contacts, duplicates: 0 });
  }

  it('breaks the run off before the rest is claimed; the next look finds out what became of it', async () => {
    let isFirst = true;
    const breaking = world.engine({
      ...small,
      step: async (name) => {
        if (name !== 'verdict before' || !isFirst) return;
        isFirst = false;
        throw new Error('The connection to the database was cut');
      },
    });
    await breaking.look();
    // What the other four had in flight settled, and each may have claimed one more.
    const { pending = 0 } = await states();
    expect(pending).toBeGreaterThan(contacts - 15);
    expect(await world.db.prisma.export.count({ where: { state: 'sending' } })).toBe(1);
    await expectOnce();
  });

  it('breaks it off at once, though another batch waits for Xero’s limit', async () => {
    const landed = gate();
    const waits = gate();
    let sends = 0;
    let isWaiting = false;
    // The first goes alone: until it is answered nothing is known of the limits.
    await world.client.fail({ kind: '429-minute', method: 'PUT', skip: 1, retryAfterS: 110 });
    const breaking = world.engine({
      ...small,
      step: async (name) => {
        if (name === 'verdict before' && isWaiting) throw new Error('The connection to the database was cut');
        if (name !== 'explain after') return;
        isWaiting = true;
        waits.open();
      },
      through: (api) => ({
        ...api,
        send: async (call) => {
          sends += 1;
          const isFirst = sends === 1;
          const answer = await api.send(call);
          if (isFirst) return answer;
          if (answer.kind === 'failed') {
            await landed.opened;
          } else {
            landed.open();
            await waits.opened;
          }
          return answer;
        },
      }),
    });
    await breaking.look();
    const { closedUntil } = await world.db.prisma.connection.findUniqueOrThrow({
      where: { organisationId: world.organisation },
    });
    expect(Number(await world.db.now())).toBeLessThan(Number(closedUntil));
    // The wait is over, and another minute has begun.
    await world.db.prisma.connection.updateMany({
      data: { closedUntil: null, leftThisMinute: null, budgetAt: null },
    });
    await expectOnce();
  });
});
