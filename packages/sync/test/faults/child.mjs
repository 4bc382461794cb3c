// A worker process of its own that kills or stops itself at a step, or is thrown at there: carries what is due in DATABASE_URL, and says what it comes to.
import { writeSync } from 'node:fs';
import { createDb } from '@stockbook/db';
import { connectionApi, createEngine, pauseConnection } from '@stockbook/sync';
import { entities } from '@stockbook/sync/entities';
import { createOauth } from '@stockbook/xero';

const { url, sandboxUrl, secret, at, entity, fate } = JSON.parse(process.env.CHILD ?? '{}');
// What stopped inside a transaction is let go sooner than in earnest, except by night: the test waits for it.
const db = createDb(url, process.env.STOCKBOOK_NIGHTLY === '1' ? {} : { idleInTransactionMs: 2_500 });
const oauth = createOauth({ clientId: 'sandbox-client', clientSecret: 'sandbox-secret', sandboxUrl });
let met = false;

/** Standard output is a pipe: what is written is out before the signal comes. */
async function step(name, of) {
  if (met || name !== at || (of !== undefined && of !== entity)) return;
  met = true;
  writeSync(1, 'met\n');
  if (fate === 'throw') throw new Error(`Thrown at '${at}'`);
  process.kill(process.pid, fate);
}

const engine = createEngine({
  db,
  entities,
  owner: `child ${process.pid}`,
  step,
  xero: (organisation, leaseToken) =>
    connectionApi(db, organisation, oauth, Buffer.from(secret, 'hex'), { step, leaseToken }),
  pause: (organisation, problem) => pauseConnection(db, organisation, problem),
  log: { info: () => undefined, error: (_fields, text) => writeSync(1, `${text}\n`) },
});
await engine.look();
await db.close();
writeSync(1, 'ended\n');
