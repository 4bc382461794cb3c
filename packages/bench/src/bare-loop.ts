// The baseline, as a process: posts frozen batches with xero-node's AccountingApi and nothing else, five calls at once.
import { readFileSync } from 'node:fs';
import { AccountingApi } from 'xero-node';
import { answerMessages } from './answering.ts';
import { postLists } from './bare-lists.ts';
import { modelsOf, post } from './bare-post.ts';
import type { Batches } from './batches.ts';

export interface BareWindow {
  apiUrl: string;
  tenantId: string;
  token: string;
  /** A file with batches as JSON. */
  file: string;
  limitMs: number;
  /** Makes the idempotency keys of this window its own. */
  name: string;
}

/** What a window came to; the lists are posted and the models made before its time begins. */
export interface Window {
  documents: number;
  seconds: number;
  cpuMs: number;
}

const atOnce = 5;

answerMessages(work);

async function work(window: BareWindow): Promise<Window> {
  const api = new AccountingApi(window.apiUrl);
  api.accessToken = window.token;
  const batches: Batches = JSON.parse(readFileSync(window.file, 'utf8'));
  const known = await postLists(api, window, batches);
  const left = batches.documents.map(({ entity, body }, index) => ({
    entity,
    models: modelsOf(body, known),
    key: `${window.name}-documents-${index}`,
  }));
  const cpu = process.cpuUsage();
  const start = performance.now();
  let documents = 0;
  async function slot(): Promise<void> {
    while (performance.now() - start < window.limitMs) {
      const next = left.shift();
      if (next === undefined) return;
      const posted = await post(api, window.tenantId, next);
      documents += posted;
    }
  }
  await Promise.all(Array.from({ length: atOnce }, slot));
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { documents, seconds, cpuMs: (user + system) / 1000 };
}
