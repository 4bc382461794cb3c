// A stage behind two proxies, one on the wire to Xero and one on that to PostgreSQL, with the first records of every kind in Xero.
import { expect } from 'vitest';
import { openRun } from '../../src/run.ts';
import { findProblems } from './invariants.ts';
import { type Ground, leaveWork, prepareGround } from './kill-points.ts';
import type { Kind } from './kinds.ts';
import { createMortalDb, live, type MortalDb } from './mortal.ts';
import { createProxy, type WireProxy } from './proxy.ts';
import { oauthOf, openStage, type Stage } from './stage.ts';

export interface Wires {
  stage: Stage;
  /** The same, whose calls to Xero go through the proxy. */
  broken: Stage;
  living: MortalDb;
  ground: Ground;
  xero: WireProxy;
  postgres: WireProxy;
  close(): Promise<void>;
}

export async function openWires(): Promise<Wires> {
  const stage = await openStage();
  const { hostname: host, port } = new URL(stage.database.url);
  const xero = await createProxy({ host: '127.0.0.1', port: stage.sandbox.port });
  const postgres = await createProxy({ host, port: Number(port) });
  const broken = { ...stage, oauth: oauthOf(xero.url(stage.sandbox.url)) };
  const living = createMortalDb(stage.database.url);
  const ground = await prepareGround(stage, living, living);
  await openRun(stage.db, ground.joined.organisation, { kind: 'manual', startedBy: 'Ann' });
  await live(living, { stage, clock: ground.clock });
  const close = async () => {
    await living.db.close();
    await Promise.all([xero.close(), postgres.close()]);
    await stage.close();
  };
  return { stage, broken, living, ground, xero, postgres, close };
}

export async function openWork(ground: Ground, kind: Kind): Promise<void> {
  await leaveWork(ground, kind);
  const { stage, joined } = ground;
  await openRun(stage.db, joined.organisation, { kind: 'manual', startedBy: 'Ann' });
}

/** Of the kind's last records: each is in Xero exactly once. */
export async function expectOnce({ stage, joined, books }: Ground, kind: Kind): Promise<void> {
  const entries = books.entries.filter((entry) => entry.kind === kind).slice(-8);
  expect(await findProblems(stage, joined, { ...books, entries })).toEqual([]);
}
