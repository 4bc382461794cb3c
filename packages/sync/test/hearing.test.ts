// What a person asks is heard while nothing can be sent: in an outage, and while Xero's limit is waited for.
import { afterEach, expect, it } from 'vitest';
import { type Asked, askRun, resumeRun } from '../src/ask.ts';
import type { EngineOptions } from '../src/engine.ts';
import { entities } from '../src/entities/index.ts';
import { openRun } from '../src/run.ts';
import { countStates, ids, writeContacts } from './inventory.ts';
import { createWorld, type World } from './world.ts';

/** A call for each record; leases that no slow machine lets lapse, whatever the clock's pace. */
const small: Partial<EngineOptions> = {
  entities: entities.map((entity) => ({ ...entity, batchMax: 1 })),
  leaseMs: 10_000_000,
};
const contacts = 10;
const limitMs = 120_000;

let world: World;
afterEach(() => world.close());

async function begin(scale: number): Promise<string> {
  world = await createWorld({ scale });
  await world.db.write(world.organisation, (tx) => writeContacts(tx, ids(contacts)));
  return open();
}

async function open(): Promise<string> {
  const opened = await openRun(world.db, world.organisation, { kind: 'manual', startedBy: 'tester' });
  if (opened.kind !== 'opened') throw new Error(`A run opens, but it was ${opened.kind}`);
  return opened.runId;
}

const ask = (runId: string, asked: Asked) => askRun(world.db, world.organisation, 'tester', runId, asked);
const readRun = (id: string) => world.db.prisma.run.findFirstOrThrow({ where: { id } });
const states = () => countStates(world.db, world.organisation, 'contacts');
const inXero = async () => (await world.client.summary()).organisations[world.tenantId]?.Contacts;
const openExports = () =>
  world.db.prisma.export.findMany({ where: { state: { in: ['prepared', 'sending', 'retrying'] } } });

/** Lets the first call land and not be heard of, and then has Xero be down. */
async function cutOff(): Promise<void> {
  await world.client.fail({ kind: 'reset', method: 'PUT' });
  await world.client.fail({ kind: '503', times: 1_000_000 });
}

it.each(['stop', 'pause'] as const)(
  'hears %s in an outage; what is not known stays so, and nothing goes twice afterwards',
  { timeout: limitMs },
  async (asked) => {
    const runId = await begin(60);
    await cutOff();
    const look = world.engine(small).look();
    await expect
      .poll(async () => (await readRun(runId)).reason, { timeout: limitMs })
      .toMatch(/Xero is down/);
    await ask(runId, asked);
    const afterId = (await world.client.calls()).at(-1)?.id ?? 0;
    await look;
    // No more than were on their way when it was asked, or had been let go.
    expect((await world.client.calls({ afterId })).length).toBeLessThanOrEqual(5);
    const shown = asked === 'stop' ? { state: 'stopped', endedAt: expect.any(Date) } : { state: 'parked' };
    expect(await readRun(runId)).toMatchObject({ ...shown, reason: expect.stringMatching(/by tester$/) });
    const left = await openExports();
    expect(left.length).toBeGreaterThan(0);
    expect(left.every(({ unknown }) => unknown)).toBe(true);
    const { claimed = 0, pending = 0 } = await states();
    expect(claimed).toBe(left.length);
    expect(claimed + pending).toBe(contacts);

    await world.client.mend();
    if (asked === 'stop') await open();
    else await resumeRun(world.db, world.organisation, 'tester', runId);
    await world.engine(small).look();
    expect(await states()).toEqual({ sent: contacts });
    expect(await inXero()).toEqual({ count: contacts, duplicates: 0 });
  },
);

it.each(['stop', 'pause'] as const)(
  'hears %s while Xero’s limit is waited for; what it refused waits again, and goes once afterwards',
  { timeout: limitMs },
  async (asked) => {
    const runId = await begin(5);
    await world.client.fail({ kind: '429-minute', times: 1, retryAfterS: 110 });
    const look = world.engine(small).look();
    const where = { organisationId: world.organisation };
    const closedUntil = async () =>
      (await world.db.prisma.connection.findUniqueOrThrow({ where })).closedUntil;
    await expect.poll(closedUntil, { timeout: limitMs }).toBeInstanceOf(Date);
    await ask(runId, asked);
    await look;
    expect(Number(await world.db.now())).toBeLessThan(Number(await closedUntil()));
    expect(await readRun(runId)).toMatchObject({ asked, state: asked === 'stop' ? 'stopped' : 'parked' });
    expect(await openExports()).toEqual([]);
    const sent = (await inXero())?.count ?? 0;
    expect(await states()).toEqual({ pending: contacts - sent, ...(sent === 0 ? {} : { sent }) });
    const shown = { entity: 'contacts', syncState: 'pending' };
    expect(await world.db.prisma.record.count({ where: shown })).toBe(contacts - sent);
    // The call that Xero refused stays on the page of its record.
    const refused = await world.db.prisma.attempt.findFirstOrThrow({ where: { status: 429 } });
    const told = await world.db.prisma.event.findMany({ where: { exportId: refused.exportId } });
    expect(told.map(({ text }) => text)).toEqual(['1 record not sent, and waiting again']);

    await world.db.prisma.connection.update({ where, data: { closedUntil: null } });
    if (asked === 'stop') await open();
    else await resumeRun(world.db, world.organisation, 'tester', runId);
    await world.engine(small).look();
    expect(await states()).toEqual({ sent: contacts });
    expect(await inXero()).toEqual({ count: contacts, duplicates: 0 });
  },
);

it.each(['stop', 'pause'] as const)(
  'hears %s once a worker whose lease has lapsed has claimed what it was claiming: that waits again, and no more is claimed after it',
  async (asked) => {
    const runId = await begin(1);
    const heard: Promise<unknown>[] = [];
    const slow = world.engine({
      ...small,
      step: async (name) => {
        if (name !== 'claim before' || heard.length > 0) return;
        await world.db.pool.query(
          `UPDATE connection SET lease_until = stockbook_now() - interval '1 second'`,
        );
        const answered = ask(runId, asked);
        heard.push(answered);
        await Promise.race([answered, expect.poll(waitsForLock, { timeout: limitMs }).toBe(true)]);
      },
    });
    await slow.look();
    await Promise.all(heard);
    expect(await states()).toEqual({ pending: contacts });
    expect(await world.db.prisma.record.count({ where: { entity: 'contacts', syncState: 'pending' } })).toBe(
      contacts,
    );
    expect(await readRun(runId)).toMatchObject({ asked, state: asked === 'stop' ? 'stopped' : 'parked' });
    expect(await inXero()).toEqual({ count: 0, duplicates: 0 });

    if (asked === 'stop') await open();
    else await resumeRun(world.db, world.organisation, 'tester', runId);
    await world.engine(small).look();
    expect(await states()).toEqual({ sent: contacts });
    expect(await inXero()).toEqual({ count: contacts, duplicates: 0 });
  },
);

async function waitsForLock(): Promise<boolean> {
  const { rows } = await world.db.pool.query<{ waits: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock') AS waits`,
  );
  return rows[0]?.waits ?? false;
}
