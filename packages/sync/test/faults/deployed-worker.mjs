// A worker process of one version, for tests of deploys: the same program runs within the code of today and within an older one.
import { writeSync } from 'node:fs';
import { createDb } from '@stockbook/db';
import { connectionApi, createEngine, openRun, pauseConnection, record } from '@stockbook/sync';
import { entities } from '@stockbook/sync/entities';
import { createOauth } from '@stockbook/xero';

/** `write` is what this version's API writes first; `dies` the call at which the process kills itself, before it goes or after it came. */
const { url, sandboxUrl, secret, owner, write, dies } = JSON.parse(process.env.DEPLOYED ?? '{}');
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

if (write) {
  const entity = entities.find(({ name }) => name === write.entity);
  await db.write(write.organisation, async (tx) => {
    await entity.apply(tx, write.records);
    for (const { id } of write.records) record(tx, { entity: entity.name, id });
  });
  await openRun(db, write.organisation, { kind: 'manual', startedBy: 'Ann' });
}

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
