// A person reconnects while a run is carried: what was refused before does not spoil the new connection.
import { defaultClient } from '@stockbook/sandbox';
import { createOauth } from '@stockbook/xero';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { beginConsent, exchange } from '../src/consent.ts';
import { entities } from '../src/entities/index.ts';
import { openRun } from '../src/run.ts';
import { finishConnection } from '../src/tenant.ts';
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
async function consentAnew(): Promise<void> {
  const { id: clientId, secret: clientSecret } = defaultClient;
  const oauth = createOauth({ clientId, clientSecret, sandboxUrl: world.sandbox.url });
  const { url, state } = await beginConsent(world.db, world.organisation, actor, { ...access, oauth });
  const back = await fetch(`${url}&sandbox_consent=all`, { redirect: 'manual' });
  const code = new URL(back.headers.get('location') ?? '').searchParams.get('code') ?? '';
  expect(await exchange(world.db, { code, state, actor }, { ...access, oauth })).toMatchObject({
    kind: 'choosing',
  });
}

const finish = () => finishConnection(world.db, world.organisation, actor);
const connection = () =>
  world.db.prisma.connection.findUniqueOrThrow({ where: { organisationId: world.organisation } });
const states = () => countStates(world.db, world.organisation, 'contacts');

/** An engine whose first call finds `meanwhile` done when its answer comes, which says that Xero no longer lets us in. */
function refusedAfter(meanwhile: () => Promise<unknown>) {
  let isFirst = true;
  return world.engine({
    entities: entities.map((entity) => ({ ...entity, batchMax: 5 })),
    through: (api) => ({
      ...api,
      send: async (call) => {
        if (!isFirst) return api.send(call);
        isFirst = false;
        await meanwhile();
        const failure = { kind: 'unauthorised', status: 403, message: 'Not allowed any more' } as const;
        return { kind: 'failed', failure, allowance: { leftThisMinute: null, leftToday: null }, calls: 1 };
      },
    }),
  });
}

it('leaves the wizard as it is, and the run goes on when it is finished', async () => {
  await refusedAfter(consentAnew).look();
  expect(await connection()).toMatchObject({ state: 'choosing', problem: null });
  expect(await finish()).toEqual({ kind: 'connected' });
  await world.engine().look();
  expect(await states()).toEqual({ sent: 20 });
});

it('goes on by itself when the wizard was finished before the refusal came', async () => {
  await refusedAfter(async () => {
    await consentAnew();
    await finish();
  }).look();
  expect(await connection()).toMatchObject({ state: 'connected', problem: null });
  expect(await states()).toEqual({ sent: 20 });
});
