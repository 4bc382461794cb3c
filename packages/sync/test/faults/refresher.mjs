// A worker process of its own that asks for the access token whenever it is told to, and answers what kind of answer it got and which token.
import { createHash } from 'node:crypto';
import { createDb } from '@stockbook/db';
import { createOauth } from '@stockbook/xero';
import { createTokenSource } from '../../dist/token.js';

const { url, sandboxUrl, organisation, secret, client } = JSON.parse(process.env.REFRESHER ?? '{}');
const db = createDb(url, { poolMax: 2 });
const oauth = createOauth({ ...client, sandboxUrl });
const source = createTokenSource(db, organisation, { oauth, secret: Buffer.from(secret, 'hex') });

process.on('message', async () => {
  const given = await source.token();
  const token = createHash('sha256').update(given.token ?? '');
  process.send?.({ kind: given.kind, token: token.digest('hex') });
});
process.on('disconnect', () => process.exit());
await db.now();
process.send?.('ready');
