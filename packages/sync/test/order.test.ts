// Changes made while others are in flight, excluded or refused: none is lost, and none goes that should not.
import type { SandboxFault } from '@stockbook/sandbox/client';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createClock } from '../src/clock.ts';
import { contacts, entities } from '../src/entities/index.ts';
import { setDoNotSync } from '../src/exclusion.ts';
import { holdChanges, releaseChanges } from '../src/hold.ts';
import { takeLease } from '../src/lease.ts';
import { record } from '../src/outbox.ts';
import { retryChanges } from '../src/retry.ts';
import { beginRun, openRun } from '../src/run.ts';
import { noStep } from '../src/step.ts';
import { firstSend } from './first-send.ts';
import { countStates, ids, makeInventory, writeContacts } from './inventory.ts';
import { createWorld, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

const states = () => countStates(world.db, world.organisation, 'contacts');

function edit(id: string, name: string, number: string): Promise<void> {
  return world.db.write(world.organisation, async (tx) => {
    await contacts.apply(tx, [{ id, number, name, email: null, phone: null, country: null }]);
    record(tx, { entity: 'contacts', id });
  });
}

it('sends an edit made while its record was in flight, though later updates went before it', async () => {
  const [known = ''] = ids(1);
  await world.db.write(world.organisation, (tx) => writeContacts(tx, [known], 'Known'));
  await world.sync();
  const fresh = ids(300);
  await world.db.write(world.organisation, (tx) => writeContacts(tx, fresh, 'Fresh'));
  let edited: Promise<void> | undefined;
  const editBoth = async () => {
    await edit(fresh[0] ?? '', 'Fresh again', 'Fresh-0');
    await edit(known, 'Known again', 'Known-0');
  };
  const engine = world.engine({
    through: (api) => ({
      ...api,
      send: async (call) => {
        const isFirst = edited === undefined;
        // The other creates wait, too: whoever has sent the last of them looks for edits.
        edited ??= editBoth();
        await edited;
        if (isFirst) await raised();
        return api.send(call);
      },
    }),
  });
  await openRun(world.db, world.organisation, { kind: 'manual', startedBy: 'tester' });
  await engine.look();
  await world.sync();
  expect(await states()).toEqual({ sent: 303 });
  expect((await world.client.summary()).organisations[world.tenantId]?.Contacts).toEqual({
    count: 301,
    duplicates: 0,
  });
});

it('sends an edit older than that of a record in flight, before anything was ever claimed as an edit', async () => {
  const [known = '', fresh = ''] = ids(2);
  await world.db.write(world.organisation, (tx) => writeContacts(tx, [known], 'Known'));
  await world.sync();
  await edit(fresh, 'Fresh', 'Fresh-0');
  const engine = world.engine({
    through: firstSend(async (call, api) => {
      // Neither is in the run's snapshot: the next run has both.
      await edit(known, 'Known again', 'Known-0');
      await edit(fresh, 'Fresh again', 'Fresh-0');
      return api.send(call);
    }),
  });
  await openRun(world.db, world.organisation, { kind: 'manual', startedBy: 'tester' });
  await engine.look();
  await world.sync();
  expect(await states()).toEqual({ sent: 4 });
});

it('sends what lies below a change that was held and let go before anything of its kind was ever claimed', async () => {
  const made = await makeInventory(world.db, world.organisation, { contacts: 2, items: 1, invoices: 2 });
  const reason = 'Waits for its contact';
  const recordId = made.invoices[1] ?? '';
  await world.db.write(world.organisation, async (tx) => {
    await holdChanges(tx, [{ recordId, held: 'parent', reason }]);
    await releaseChanges(tx, 'parent', [recordId]);
  });
  await world.sync();
  expect(await countStates(world.db, world.organisation, 'invoices')).toEqual({ sent: 2 });
});

it.each([
  { ends: 'was sent', name: 'Written first', states: { sent: 2 } },
  { ends: 'was refused', name: 'x'.repeat(300), states: { sent: 1, superseded: 1 } },
])('sends an edit that is being written while its record $ends', async ({ name, states: expected }) => {
  const [id = ''] = ids(1);
  await edit(id, name, 'C-1');
  let written: Promise<void> | undefined;
  const engine = world.engine({
    through: (api) => ({
      ...api,
      send: async (call) => {
        const answer = await api.send(call);
        if (written === undefined) written = (await editUnderWay(id)).written;
        return answer;
      },
    }),
  });
  await openRun(world.db, world.organisation, { kind: 'manual', startedBy: 'tester' });
  await engine.look();
  await written;
  expect(await world.db.prisma.record.findFirstOrThrow({ where: { id } })).toMatchObject({
    syncState: 'pending',
    problem: null,
  });
  await world.sync();
  expect(await states()).toEqual(expected);
  expect(await world.db.prisma.record.findFirstOrThrow({ where: { id } })).toMatchObject({
    syncState: 'completed',
    title: 'Written last',
  });
  expect((await world.client.summary()).organisations[world.tenantId]?.Contacts).toEqual({
    count: 1,
    duplicates: 0,
  });
});

/** An edit that has changed its record and is committed only when somebody waits for that. */
function editUnderWay(id: string): Promise<{ written: Promise<void> }> {
  return new Promise((changed) => {
    const written = world.db.write(world.organisation, async (tx) => {
      await contacts.apply(tx, [
        { id, number: 'C-1', name: 'Written last', email: null, phone: null, country: null },
      ]);
      record(tx, { entity: 'contacts', id });
      changed({ written });
      await somebodyWaits();
    });
  });
}

async function somebodyWaits(): Promise<void> {
  for (;;) {
    const { rows } = await world.db.pool.query('SELECT 1 FROM pg_locks WHERE NOT granted');
    if (rows.length > 0) return;
  }
}

/** The other slots claim on meanwhile, until the updates' mark stands above the edit. */
async function raised(): Promise<void> {
  const where = { organisationId: world.organisation, entity: 'contacts', action: 'update' };
  await expect
    .poll(async () => (await world.db.prisma.waterMark.findFirst({ where }))?.number ?? 0n, {
      timeout: 10_000,
    })
    .toBeGreaterThanOrEqual(302n);
}

it('does not send a refused record that a person has excluded since, whatever is tried again', async () => {
  const [id = ''] = ids(1);
  await edit(id, 'Bad <name>', 'N-1');
  await world.sync();
  expect(await states()).toEqual({ rejected: 1 });
  await world.db.write(world.organisation, (tx) =>
    setDoNotSync(tx, entities, 'tester', id, { noExport: true, noExportReason: 'kept here' }),
  );
  expect(await states()).toEqual({ skipped: 1 });
  expect(await retryChanges(world.db, world.organisation, 'tester', { kind: 'all' })).toBe(0);
  expect(await world.sync()).toBe('nothing');
  expect(await world.db.prisma.record.findFirst({ where: { id } })).toMatchObject({
    syncState: 'skipped',
    problem: 'kept here',
  });
});

it('sends an invoice whose contact is in Xero, though its edit was refused and it is excluded from then on', async () => {
  const made = await makeInventory(world.db, world.organisation, { contacts: 1, items: 1, invoices: 1 });
  const [contactId = ''] = made.contacts;
  await world.sync();
  await edit(contactId, 'Bad <name>', 'Contact-0');
  await world.db.write(world.organisation, async (tx) =>
    record(tx, { entity: 'invoices', id: made.invoices[0] ?? '' }),
  );
  await world.sync();
  expect(await states()).toEqual({ sent: 1, rejected: 1 });
  await world.db.write(world.organisation, (tx) =>
    setDoNotSync(tx, entities, 'tester', contactId, { noExport: true }),
  );
  expect(await countStates(world.db, world.organisation, 'invoices')).toEqual({ sent: 2 });
});

it.each<{ after: string; fault: SandboxFault }>([
  { after: 'an answer that says nothing of it', fault: { kind: 'left-out', when: 'before' } },
  { after: 'a refusal of the whole request', fault: { kind: '400' } },
])(
  'does not send again what was excluded while it was looked for in vain, after $after',
  async ({ fault }) => {
    const fresh = ids(3);
    const [excluded = ''] = fresh;
    await world.db.write(world.organisation, (tx) => writeContacts(tx, fresh));
    await world.client.fail({ ...fault, method: 'PUT' });
    const engine = world.engine({
      through: (api) => ({
        ...api,
        find: async (call) => {
          const want = { noExport: true, noExportReason: 'kept here' };
          await world.db.write(world.organisation, (tx) =>
            setDoNotSync(tx, entities, 'tester', excluded, want),
          );
          return api.find(call);
        },
      }),
    });
    await openRun(world.db, world.organisation, { kind: 'manual', startedBy: 'tester' });
    await engine.look();
    expect(await states()).toEqual({ sent: 2, skipped: 1 });
    expect(await world.db.prisma.record.findFirst({ where: { id: excluded } })).toMatchObject({
      syncState: 'skipped',
      problem: 'kept here',
    });
    expect((await world.client.summary()).organisations[world.tenantId]?.Contacts).toEqual({
      count: 2,
      duplicates: 0,
    });
    const text = '1 record not sent again: set not to be exported';
    const told = await world.db.prisma.event.findMany({ where: { text } });
    expect(told.map(({ records }) => records)).toEqual([[excluded]]);
  },
);

it('sends it again once the exclusion is lifted', async () => {
  const [id = ''] = ids(1);
  await edit(id, 'Good name', 'N-1');
  await world.db.write(world.organisation, (tx) =>
    setDoNotSync(tx, entities, 'tester', id, { noExport: true }),
  );
  expect(await world.sync()).toBe('nothing');
  await world.db.write(world.organisation, (tx) =>
    setDoNotSync(tx, entities, 'tester', id, { noExport: false }),
  );
  expect(await world.sync()).toBe('opened');
  expect(await states()).toEqual({ skipped: 1, sent: 1 });
});

it('does not revive a run that ended while another worker was about to take it', async () => {
  await edit(ids(1)[0] ?? '', 'Good name', 'N-1');
  await world.sync();
  const run = await world.db.prisma.run.findFirst({ where: { organisationId: world.organisation } });
  const times = { leaseMs: 5_000, heartbeatMs: 1_000, stop: new AbortController().signal, step: noStep };
  const late = { ...times, organisation: world.organisation, owner: 'late', runId: run?.id ?? '' };
  const lease = await takeLease(world.db, createClock(world.db), late);
  if (lease === undefined) throw new Error('the lease is free');
  expect(await beginRun(world.db, lease, run?.id ?? '', noStep)).toBeUndefined();
  await lease.release();
  expect(await world.db.prisma.run.findFirst({ where: { id: run?.id ?? '' } })).toMatchObject({
    state: 'done',
  });
});
