// The naive design, as a process: every document is a job of Agenda on PostgreSQL, and each job sends its one by a call of its own.
import { readFileSync } from 'node:fs';
import { PostgresBackend } from '@agendajs/postgres-backend';
import { Agenda } from 'agenda';
import { AccountingApi } from 'xero-node';
import { answerMessages } from './answering.ts';
import { postLists } from './bare-lists.ts';
import type { BareWindow, Window } from './bare-loop.ts';
import { modelsOf, post } from './bare-post.ts';
import { apart, type Batches } from './batches.ts';
import { createSending } from './sending.ts';

export interface AgendaWindow extends BareWindow {
  /** Where Agenda makes its table and keeps its jobs. */
  databaseUrl: string;
}

const job = 'send a document';
/** Few: Agenda locks all that is due before it runs the first, and of a hundred thousand runs none within a minute. */
const jobsMax = 2_000;
/** Jobs are written so many at a time, before the window's time begins. */
const together = 20;

answerMessages(work);

async function work(window: AgendaWindow): Promise<Window> {
  const api = new AccountingApi(window.apiUrl);
  api.accessToken = window.token;
  const batches: Batches = JSON.parse(readFileSync(window.file, 'utf8'));
  const known = await postLists(api, window, batches);
  const documents = batches.documents.flatMap(apart).slice(0, jobsMax);
  const posts = documents.map(({ entity, body }, index) => ({
    entity,
    models: modelsOf(body, known),
    key: `${window.name}-${index}`,
  }));
  // With its own settings, as most people leave them: five jobs at once, a lock and a notification for each.
  const agenda = new Agenda({ backend: new PostgresBackend({ connectionString: window.databaseUrl }) });
  const sending = createSending(posts, (one) => post(api, window.tenantId, one));
  agenda.define<{ index: number }>(job, ({ attrs }) => sending.send(attrs.data.index));
  await agenda.ready;
  for (let at = 0; at < posts.length; at += together)
    await Promise.all(posts.slice(at, at + together).map((_post, n) => agenda.now(job, { index: at + n })));
  const cpu = process.cpuUsage();
  const start = performance.now();
  await agenda.start();
  const posted = await sending.until(window.limitMs);
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  await agenda.stop();
  return { documents: posted, seconds, cpuMs: (user + system) / 1000 };
}
