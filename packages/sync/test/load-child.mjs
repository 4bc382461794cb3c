// A worker that may be killed: works on loads of DATABASE_URL until none is left.
import { createDb } from '@stockbook/db';
import { workLoad } from '@stockbook/sync';

const db = createDb(process.env.DATABASE_URL ?? '');
for (;;) {
  const worked = await workLoad(db, `child ${process.pid}`, { leaseMs: 1000 });
  if (worked.kind === 'nothing') break;
}
await db.close();
