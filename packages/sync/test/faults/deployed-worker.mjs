// A worker process of one version, for tests of deploys: the same program runs within the code of today and within an older one.
import { writeSync } from 'node:fs';
import { createDb } from '@stockbook/db';
import {
  beginConsent,
  chooseTenant,
  connectionApi,
  createEngine,
  exchange,
  finishConnection,
  openRun,
  pauseConnection,
  record,
} from '@stockbook/sync';
import { entities } from '@stockbook/sync/entities';
import { createOauth } from '@stockbook/xero';

/** `joins` and `write` are the organisations that this version's API connects and what it writes first; `dies` the call at which the process kills itself, before it goes or after it came. */
const {
  url,
  sandboxUrl,
  secret,
  owner,
  joins = [],
  write = [],
  dies,
} = JSON.parse(process.env.DEPLOYED ?? '{}');
const db = createDb(url);
const oauth = createOauth({ clientId: 'sandbox-client', clientSecret: 'sandbox-secret', sandboxUrl });
const lookEveryMs = 50;
let sends = 0;
let isOver = false;

function meet(send, when) {
  if (send !== dies?.send || when !== dies.when) return;
  writeSync(1, 'met\n');
  process.kill(process.pid, 'SIGKILL');
}

function watched(api) {
  return {
    ...api,
    send: async (call) => {
      sends += 1;
      const mine = sends;
      meet(mine, 'before');
      const answer = await api.send(call);
      meet(mine, 'after');
      writeSync(1, 'sent\n');
      return answer;
    },
  };
}

/** A new organisation, connected by a person's consent. */
async function join({ organisation, tenantId }) {
  await db.prisma.organization.create({ data: { id: organisation, name: 'Old', slug: organisation } });
  const access = {
    oauth,
    secret: Buffer.from(secret, 'hex'),
    redirectUri: 'http://localhost:4000/xero/callback',
  };
  const { url: consent, state } = await beginConsent(db, organisation, 'Ann', access);
  const back = await fetch(`${consent}&sandbox_consent=${tenantId}`, { redirect: 'manual' });
  const code = new URL(back.headers.get('location')).searchParams.get('code');
  await exchange(db, { code, state, actor: 'Ann' }, access);
  await chooseTenant(db, organisation, 'Ann', tenantId, access, entities);
  const finished = await finishConnection(db, organisation, 'Ann');
  if (finished.kind !== 'connected') throw new Error(JSON.stringify(finished));
}

for (const one of joins) await join(one);
for (const { organisation, entity: name, records } of write) {
  const entity = entities.find((one) => one.name === name);
  await db.write(organisation, async (tx) => {
    await entity.apply(tx, records);
    for (const { id } of records) record(tx, { entity: name, id });
  });
}
for (const organisation of new Set(write.map((one) => one.organisation)))
  await openRun(db, organisation, { kind: 'manual', startedBy: 'Ann' });

const engine = createEngine({
  db,
  owner,
  entities: entities.map((entity) => ({ ...entity, batchMax: 2 })),
  lookMs: 50,
  xero: async (organisation, leaseToken) => {
    const ready = await connectionApi(db, organisation, oauth, Buffer.from(secret, 'hex'), { leaseToken });
    return ready.kind === 'ready' ? { ...ready, api: watched(ready.api) } : ready;
  },
  pause: (organisation, problem) => pauseConnection(db, organisation, problem),
  log: { info: () => undefined, error: ({ error }, text) => writeSync(1, `${text} ${error}\n`) },
});
process.on('SIGTERM', () => {
  isOver = true;
  void engine.stop();
});
writeSync(1, 'ready\n');
while (!isOver) {
  await engine.look();
  await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
}
await engine.stop();
await db.close();
writeSync(1, 'ended\n');
