// A person reconnects while a run is carried: what was refused before does not spoil the new connection, and nothing goes to two Xero organisations.
import { defaultClient } from '@stockbook/sandbox';
import { createOauth } from '@stockbook/xero';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { beginConsent, exchange } from '../src/consent.ts';
import { entities } from '../src/entities/index.ts';
import { pauseConnection } from '../src/pause.ts';
import { openRun } from '../src/run.ts';
import { chooseTenant, finishConnection } from '../src/tenant.ts';
import { makeTenant } from './faults/stage.ts';
import { firstSend } from './first-send.ts';
import { countStates, ids, writeContacts } from './inventory.ts';
import { access, actor, createWorld, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
  await world.db.write(world.organisation, (tx) => writeContacts(tx, ids(20)));
  await openRun(world.db, world.organisation, { kind: 'manual', startedBy: actor });
});
afterEach(() => world.close());

/** What a person does first to reconnect: allows at Xero and comes back, with the choice of the organisation before them. */
async function consentAnew(organisation = world.organisation, allowed = 'all'): Promise<void> {
  const oauth = oauthOf();
  const { url, state } = await beginConsent(world.db, organisation, actor, { ...access, oauth });
  const back = await fetch(`${url}&sandbox_consent=${allowed}`, { redirect: 'manual' });
  const code = new URL(back.headers.get('location') ?? '').searchParams.get('code') ?? '';
  expect(await exchange(world.db, { code, state, actor }, { ...access, oauth })).toMatchObject({
    kind: 'choosing',
  });
}

function oauthOf() {
  const { id: clientId, secret: clientSecret } = defaultClient;
  return createOauth({ clientId, clientSecret, sandboxUrl: world.sandbox.url });
}

const choose = (
  tenantId: string,
  organisation = world.organisation,
  mayName?: { id: string; name: string }[],
) =>
  chooseTenant(world.db, organisation, actor, tenantId, { ...access, oauth: oauthOf() }, entities, mayName);
const finish = () => finishConnection(world.db, world.organisation, actor);
const connection = () =>
  world.db.prisma.connection.findUniqueOrThrow({ where: { organisationId: world.organisation } });
const states = () => countStates(world.db, world.organisation, 'contacts');

/** Looks once; Xero refuses the first call, since the organisation is disconnected there, and `meanwhile` is done before that is heard. */
async function refusedAfter(meanwhile: () => Promise<unknown>): Promise<void> {
  await world.client.fail({ kind: 'disconnected', method: 'PUT', path: '/Contacts' });
  const engine = world.engine({
    entities: entities.map((entity) => ({ ...entity, batchMax: 5 })),
    through: firstSend(async (call, api) => {
      const answer = await api.send(call);
      await meanwhile();
      return answer;
    }),
  });
  await engine.look();
}

it('leaves the wizard as it is, and the run goes on when it is finished', async () => {
  await refusedAfter(consentAnew);
  expect(await connection()).toMatchObject({ state: 'choosing', problem: null });
  expect(await finish()).toEqual({ kind: 'connected' });
  await world.engine().look();
  expect(await states()).toEqual({ sent: 20 });
});

it('goes on by itself when the wizard was finished before the refusal came', async () => {
  await refusedAfter(async () => {
    await consentAnew();
    await finish();
  });
  expect(await connection()).toMatchObject({ state: 'connected', problem: null });
  expect(await states()).toEqual({ sent: 20 });
});

it('keeps the Xero organisation to which something is on its way', async () => {
  const otherId = await makeTenant(world.sandbox.url, 'Other');
  let isFirst = true;
  const meanwhile = async () => {
    if (!isFirst) return;
    isFirst = false;
    await consentAnew();
    expect(await choose(otherId)).toEqual({
      kind: 'refused',
      message: expect.stringContaining('on their way to the Xero organisation Stockbook Trial (GB)'),
    });
    expect(await choose(world.tenantId)).toMatchObject({ kind: 'chosen' });
    await finish();
  };
  const through: Parameters<World['engine']>[0] = {
    through: (api) => ({
      ...api,
      send: async (call) => {
        const answer = await api.send(call);
        await meanwhile();
        return answer;
      },
    }),
  };
  await world.engine(through).look();
  expect(await states()).toEqual({ sent: 20 });
  expect(await contactsIn(world.tenantId)).toBe(20);
  expect(await contactsIn(otherId)).toBe(0);
});

it('freezes anew, for another Xero organisation, what was never sent', async () => {
  const otherId = await makeTenant(world.sandbox.url, 'Other');
  let isFirst = true;
  const engine = world.engine({
    step: async (name) => {
      if (name !== 'claim after' || !isFirst) return;
      isFirst = false;
      await consentAnew();
      expect(await choose(otherId)).toEqual({ kind: 'chosen', name: 'Other' });
      expect(await states()).toEqual({ pending: 20 });
      await finish();
    },
    log: { info: () => undefined, error: () => undefined },
  });
  // The lease is no longer the first look's, whose run is taken by the next.
  await engine.look();
  await engine.look();
  expect(await states()).toEqual({ sent: 20 });
  expect(await contactsIn(world.tenantId)).toBe(0);
  expect(await contactsIn(otherId)).toBe(20);
});

it('lets no two organisations work in one Xero organisation, and names the other only to whom it may', async () => {
  const { organisation: second } = await world.join('Second');
  await consentAnew(second);
  const taken = (by: string) => ({
    kind: 'refused',
    message: expect.stringContaining(`Stockbook Trial (GB) is connected to ${by} already`),
  });
  expect(await choose(world.tenantId, second)).toEqual(taken('another organisation of Stockbook'));
  const mayName = [{ id: world.organisation, name: 'First Ltd' }];
  expect(await choose(world.tenantId, second, mayName)).toEqual(taken('First Ltd'));
  await pauseConnection(world.db, world.organisation, 'Not allowed any more');
  expect(await choose(world.tenantId, second)).toMatchObject({ kind: 'chosen' });
  await consentAnew();
  expect(await choose(world.tenantId)).toMatchObject({ kind: 'chosen' });
  expect(await finishConnection(world.db, second, actor)).toEqual({ kind: 'connected' });
  expect(await finish()).toEqual(taken('another organisation of Stockbook'));
  expect(await connection()).toMatchObject({ state: 'choosing' });
});

const goneTo = {
  kind: 'refused',
  message:
    'The Xero organisation Stockbook Trial (GB) is where records of another organisation of Stockbook went, and two would send the same documents there: work in that one, or connect another Xero organisation.',
};
const isIn = (what: string) => ({
  kind: 'refused',
  message: `The records of this business are in the Xero organisation Stockbook Trial (GB): ${what}.`,
});

it('keeps the Xero organisation where its records are for itself, while it is paused and while a person reconnects it', async () => {
  const { organisation: second, tenantId: otherId } = await world.join('Second');
  await consentAnew(second);
  await pauseConnection(world.db, world.organisation, 'Not allowed any more');
  expect(await choose(world.tenantId, second)).toMatchObject({ kind: 'chosen' });
  await consentAnew();
  await finish();
  await world.engine().look();
  expect(await states()).toEqual({ sent: 20 });
  await pauseConnection(world.db, world.organisation, 'Not allowed any more');
  expect(await finishConnection(world.db, second, actor)).toEqual(goneTo);
  expect(await choose(otherId, second)).toMatchObject({ kind: 'chosen' });
  await consentAnew();
  expect(await choose(world.tenantId, second)).toEqual(goneTo);
  expect(await finishConnection(world.db, second, actor)).toEqual({ kind: 'connected' });
  const freeId = await makeTenant(world.sandbox.url, 'Free');
  await consentAnew();
  expect(await choose(freeId)).toEqual(isIn('choose that one again'));
  expect(await choose(otherId)).toEqual(isIn('choose that one again'));
  await world.client.disconnect(world.tenantId);
  await consentAnew(world.organisation, freeId);
  expect(await choose(freeId)).toEqual(isIn('connect again and allow that one on Xero’s page'));
  await consentAnew();
  expect(await choose(world.tenantId)).toMatchObject({ kind: 'chosen' });
  expect(await finish()).toEqual({ kind: 'connected' });
});

it('keeps the Xero organisation to which something may have gone, while its connection is paused', async () => {
  const { organisation: second } = await world.join('Second');
  let chosen: unknown;
  await refusedAfter(async () => {
    await pauseConnection(world.db, world.organisation, 'Not allowed any more');
    await consentAnew(second);
    chosen = await choose(world.tenantId, second);
  });
  expect(chosen).toEqual(goneTo);
  expect(await connection()).toMatchObject({ state: 'paused' });
});

it('lets two whose records are in one Xero organisation go on there in turn', async () => {
  await world.engine().look();
  const { organisation: second, tenantId: otherId } = await world.join('Second');
  await world.db.prisma.connection.update({
    where: { organisationId: second },
    data: { tenantId: world.tenantId, tenantName: 'Stockbook Trial (GB)' },
  });
  const mapping = await world.db.prisma.mapping.findFirstOrThrow();
  await world.db.prisma.mapping.create({ data: { ...mapping, organisationId: second } });
  await consentAnew(second);
  const busy = {
    kind: 'refused',
    message: expect.stringMatching(
      / already, .*: work in that one, or come back here once that one is no longer connected\.$/,
    ),
  };
  expect(await choose(world.tenantId, second)).toEqual(busy);
  expect(await choose(otherId, second)).toEqual(busy);
  await pauseConnection(world.db, world.organisation, 'Not allowed any more');
  expect(await choose(world.tenantId, second)).toMatchObject({ kind: 'chosen' });
  expect(await finishConnection(world.db, second, actor)).toEqual({ kind: 'connected' });
});

it.each([
  { ends: 'is parked', breaks: false },
  { ends: 'has broken off', breaks: true },
])(
  'of another Xero organisation, what the one before said of its limits does not hold, where the run $ends',
  async ({ breaks }) => {
    const otherId = await makeTenant(world.sandbox.url, 'Other');
    await world.client.fail({ kind: '429-day', method: 'PUT', times: 1, retryAfterS: 36_000 });
    const engine = world.engine({
      log: { info: () => undefined, error: () => undefined },
      step: async (name) => {
        if (breaks && name === 'retry after') throw new Error('The database went away');
      },
    });
    await engine.look();
    expect(await states()).toMatchObject({ claimed: 20 });
    expect((await connection()).closedUntil).not.toBeNull();
    const run = () => world.db.prisma.run.findFirstOrThrow();
    expect((await run()).state).toBe(breaks ? 'running' : 'parked');
    await consentAnew();
    expect(await choose(otherId)).toMatchObject({ kind: 'chosen' });
    const fresh = { closedUntil: null, leftToday: null, leftThisMinute: null, budgetAt: null, dayMost: 0 };
    expect(await connection()).toMatchObject({ ...fresh, dayFrom: null, dayTo: null, failures: 0 });
    if (!breaks) expect(await run()).toMatchObject({ state: 'waiting', reason: null, hindrance: null });
    await finish();
    await engine.look();
    expect(await states()).toEqual({ sent: 20 });
    expect(await contactsIn(otherId)).toBe(20);
  },
);

async function contactsIn(tenantId: string): Promise<number> {
  return (await world.client.summary()).organisations[tenantId]?.Contacts.count ?? 0;
}
