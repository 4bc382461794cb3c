// One window of the naive design with the limits off: an Agenda job for each document of the frozen batches.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startAgenda } from './bare.ts';
import type { Window } from './bare-loop.ts';
import type { Batches } from './batches.ts';
import type { Endings } from './endings.ts';
import { takeFolder } from './folder.ts';
import { takeToken } from './organisation.ts';
import type { Database } from './postgres.ts';
import { assertPosted, onlyOrganisation, startSandbox } from './sandbox.ts';

const limitMs = 20_000;

/** The jobs are written before the time begins, as the outbox is for Stockbook. */
export async function measureAgenda(
  endings: Endings,
  { adminUrl }: Database,
  batches: Batches,
  say: (line: string) => void,
): Promise<Window> {
  const nowMs = Date.now();
  const clock = { realMs: nowMs, simulatedMs: nowMs, scale: 1 };
  const { client, oauth, end } = await startSandbox(endings, { limits: 'off', latencyMs: 0, clock });
  const file = path.join(await takeFolder(endings), 'batches.json');
  await writeFile(file, JSON.stringify(batches));
  const { tenantId } = onlyOrganisation(await client.summary());
  const token = await takeToken(oauth);
  const window = await startAgenda(endings).work({
    ...{ apiUrl: oauth.apiUrl, tenantId, token, file, limitMs, name: 'agenda' },
    databaseUrl: adminUrl,
  });
  assertPosted(await client.summary(), window.documents);
  await end();
  const rate = Math.round(window.documents / window.seconds);
  say(`Limits off, an Agenda job a document: ${window.documents} documents, ${rate} a second`);
  return window;
}
