// Where a goal is measured: a sandbox with its limits on one clock with the database, and an organisation whose lists are sent.
import { setClock } from '@stockbook/db/clock';
import { pauseConnection } from '@stockbook/sync';
import { createOauth } from '@stockbook/xero';
import type { Endings } from '../endings.ts';
import { writeLists } from '../inventory.ts';
import { connectOrganisation, createBenchEngine, sync, takeToken } from '../organisation.ts';
import type { Database } from '../postgres.ts';
import { makeSample, type Sample } from '../sample.ts';
import { onlyOrganisation, type Sandbox, startSandbox } from '../sandbox.ts';
import { type SimClock, simulatedNow } from './sim-clock.ts';

export interface Place {
  database: Database;
  sandbox: Sandbox;
  clock: SimClock;
  organisation: string;
  lists: Pick<Sample, 'contacts' | 'items'>;
  /** For loops that call without Stockbook: another app, whose calls are counted apart. */
  bare: BareApp;
  /** Ends the sandbox and gives the database its real clock back; what waits in the organisation waits for ever. */
  leave(): Promise<void>;
}

export interface BareApp {
  apiUrl: string;
  tenantId: string;
  /** A token lasts thirty simulated minutes, which are ninety seconds at twenty times: whoever begins takes a fresh one. */
  takeToken(): Promise<string>;
}

export interface PlaceWanted {
  scale: number;
  latencyMs: number;
  latencyJitterMs: number;
  windows: 'fixed' | 'rolling';
  /** In force from the first call on; off until they are set where absent, so that what is made ready costs no time. */
  limits?: string;
}

const lists = { contacts: 300, items: 500, invoices: 0, creditNotes: 0 };
const bareApp = { clientId: 'bench-bare', clientSecret: 'bench-bare-secret' };

export async function takePlace(endings: Endings, database: Database, wanted: PlaceWanted): Promise<Place> {
  const startMs = Date.now();
  const clock = { realMs: startMs, simulatedMs: startMs, scale: wanted.scale };
  const sandbox = await startSandbox(endings, {
    limits: wanted.limits ?? 'off',
    ...{ latencyMs: wanted.latencyMs, latencyJitterMs: wanted.latencyJitterMs },
    clock,
  });
  const { client, oauth } = sandbox;
  await client.setOptions({ 'limit-window': wanted.windows });
  const at = new Date(startMs);
  await setClock(database.adminUrl, { realAt: at, simulatedAt: at, scale: wanted.scale });
  const { db } = database;
  const organisation = await connectOrganisation(db, oauth);
  const sample = makeSample(lists);
  await writeLists(db, organisation, sample);
  await sync(db, organisation, createBenchEngine(db, organisation, oauth));
  await client.setApp({ id: bareApp.clientId, kind: 'web', secret: bareApp.clientSecret });
  const bareOauth = createOauth({ ...bareApp, sandboxUrl: sandbox.url });
  const { tenantId } = onlyOrganisation(await client.summary());
  return {
    ...{ database, sandbox, clock, organisation, lists: sample },
    bare: { apiUrl: oauth.apiUrl, tenantId, takeToken: () => takeToken(bareOauth) },
    leave: async () => {
      await pauseConnection(db, organisation, 'This part of the bench is over');
      await setClock(database.adminUrl, undefined);
      await sandbox.end();
    },
  };
}

/** When the sandbox's present minute ends, by the 429 that its sixty-first call gets; only where windows are fixed. */
export async function learnMinuteEnd(place: Place): Promise<number> {
  const { apiUrl, tenantId } = place.bare;
  const headers = {
    authorization: `Bearer ${await place.bare.takeToken()}`,
    'xero-tenant-id': tenantId,
    accept: 'application/json',
  };
  for (;;) {
    const answer = await fetch(`${apiUrl}/Organisation`, { headers });
    await answer.arrayBuffer();
    const retryAfterS = Number(answer.headers.get('retry-after') ?? 0);
    if (answer.status === 429) return simulatedNow(place.clock) + retryAfterS * 1_000;
    if (!answer.ok) throw new Error(`The sandbox answered ${answer.status}.`);
  }
}
