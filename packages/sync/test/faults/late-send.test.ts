// A call that is made again for its token may come long after it was decided: what it rests on is asked anew before it goes.
import type { Oauth } from '@stockbook/xero';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { record } from '../../src/outbox.ts';
import { ask, closeGround, expectSound, finish, lastCallOf, writeBatch } from './batch.ts';
import type { Ground } from './kill-points.ts';
import { kinds } from './kinds.ts';
import { type OtherApp, openGroundWithRates } from './other-app.ts';

/** In stepped time, where no heart beats. */
const leaseMs = 15 * 60_000;

let ground: Ground;
let app: OtherApp;
beforeAll(async () => {
  ({ ground, app } = await openGroundWithRates());
});
afterAll(() => closeGround(ground));

/** Xero gives the next token only after so long, and something happens meanwhile. */
function slowTokens(tookMs: number, meanwhile: () => Promise<void> = async () => undefined) {
  const { stage, clock } = ground;
  const refresh: Oauth['refresh'] = async (token) => {
    await meanwhile();
    await clock.step(tookMs);
    return stage.oauth.refresh(token);
  };
  return { leaseMs, stage: { ...stage, oauth: { ...stage.oauth, refresh } } };
}

it('an update waited a minute for its token: what a person wrote in Xero meanwhile is not gone over', async () => {
  const { stage, joined, books } = ground;
  const kind = kinds.find(({ entity }) => entity.name === 'invoices');
  if (kind === undefined) throw new Error('There are no invoices');
  const [entry] = await writeBatch(ground, kind, 1);
  if (entry === undefined) throw new Error('Nothing was written');
  await ask(ground);
  await finish(ground);
  const read = () => stage.db.prisma.record.findFirstOrThrow({ where: { id: entry.id } });
  const { xeroId } = await read();
  await stage.db.write(joined.organisation, async (tx) => {
    await kind.entity.apply(tx, [kind.make(entry.id, entry.n, 2, books.parents)]);
    record(tx, { entity: kind.entity.name, id: entry.id });
  });
  await stage.client.fail({ kind: 'token-expired', method: 'POST', times: 1 });
  const reference = 'Written by hand in Xero';
  await ask(ground);
  await finish(
    ground,
    slowTokens(60_000, async () => {
      await app(`/Invoices/${xeroId}`, { Invoices: [{ InvoiceID: xeroId, Reference: reference }] });
    }),
  );
  expect(await read()).toMatchObject({ syncState: 'conflict', problem: expect.stringContaining(reference) });
});

it('a resend waited for its token until Xero had forgotten its key: Xero is asked, and nothing is sent twice', async () => {
  for (const kind of kinds) {
    const afterId = await lastCallOf(ground.stage);
    const entries = await writeBatch(ground, kind, 3);
    await ground.stage.client.fail({ kind: 'token-expired', method: 'PUT', skip: 1, times: 1 });
    await ask(ground);
    await finish(ground, {
      ...slowTokens(90_000),
      // As late as its key is trusted.
      calls: [{ fault: 'reset after', tookMs: 4 * 60_000 + 50_000 }],
    });
    const sent = await ground.stage.client.calls({ afterId, method: 'PUT' });
    expect(
      sent.map(({ status }) => status),
      kind.entity.name,
    ).toEqual([200, 401]);
    await expectSound(ground, entries, afterId);
  }
});
