// Subscriptions to news: hints are heard, rows are read again, and what follows is sent at a pace.
import { readQueueCounts } from '@stockbook/sync';
import { builder } from '@stockbook/sync/graphql';
import { type Hearing, watching } from '../watching.ts';
import { ChangeRef, QueueCountsRef } from './change.ts';
import { type LiveNews, newFailures, newsOf } from './live-news.ts';

const countsEachMs = 500;
const newsEachMs = 200;

const LiveRef = builder.objectRef<LiveNews>('Live').implement({
  description: 'What to look at again.',
  fields: (t) => ({
    ids: t.exposeIDList('ids', { description: 'Records that changed, by uuid.' }),
    topics: t.exposeStringList('topics', {
      description:
        'What has news: queue, record, run, load, connection; `refused` means that the database keeps nothing, `gap` that news was lost or too many: read again what is shown.',
    }),
  }),
});

builder.subscriptionFields((t) => ({
  queueChanged: t.field({
    type: QueueCountsRef,
    description: 'The queue in figures, now and whenever they change.',
    subscribe: (_root, _args, { db, events, organisation }) =>
      watching(events.hear(organisation, ['queue', 'record', 'run'], countsEachMs), (heard) =>
        changing(heard, () => readQueueCounts(db, organisation)),
      ),
    resolve: (counts) => counts,
  }),
  errorRaised: t.field({
    type: ChangeRef,
    description: 'Each change that Xero refuses from now on.',
    subscribe: (_root, _args, { db, events, organisation }) =>
      watching(events.hear(organisation, ['record'], newsEachMs), (heard) =>
        newFailures(db, organisation, heard),
      ),
    resolve: (change) => change,
  }),
  live: t.field({
    type: LiveRef,
    description: 'Which records changed, and what else has news: read again what is shown of it.',
    subscribe: (_root, _args, { db, events, organisation }) =>
      watching(
        events.hear(organisation, ['queue', 'record', 'run', 'load', 'connection', 'refused'], newsEachMs),
        (heard) => newsOf(db, organisation, heard),
      ),
    resolve: (news) => news,
  }),
}));

/** The first value at once, then each that differs from the one before. */
async function* changing<T>(heard: Hearing, read: () => Promise<T>): AsyncGenerator<T, void> {
  let last = await read();
  yield last;
  for await (const _hint of heard) {
    const next = await read();
    if (JSON.stringify(next) === JSON.stringify(last)) continue;
    last = next;
    yield next;
  }
}
