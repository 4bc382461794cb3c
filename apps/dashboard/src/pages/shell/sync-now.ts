// Asks for a run, and says in words what came of it.
import { type Accessor, createSignal } from 'solid-js';
import { formatDayTime, formatPlural } from '../../format.ts';
import { send, useClient } from '../../gql.ts';
import { notify } from '../../ui/notice.tsx';
import { syncNowDocument } from './query.ts';

export interface SyncNow {
  start(): Promise<void>;
  busy: Accessor<boolean>;
}

export function createSyncNow(onStarted: () => void): SyncNow {
  const client = useClient();
  const [busy, setBusy] = createSignal(false);

  async function start() {
    setBusy(true);
    const answer = await send(client, syncNowDocument, {});
    setBusy(false);
    if (answer.kind === 'unreachable') return notify(answer.message, { tone: 'bad' });
    const result = answer.data.syncNow;
    switch (result.__typename) {
      case 'SyncNowPayload':
        if (result.run === null)
          return notify('Nothing is pending: everything that may go to Xero is there.');
        notify(`Sync started: ${formatPlural(result.pending, 'record waits', 'records wait')}.`, {
          href: `/runs/${result.run.id}`,
          link: 'Watch it',
        });
        return onStarted();
      case 'ConflictError':
        return notify(refusedBecauseActive(result.message, result.parkedUntil), {
          tone: 'bad',
          ...(result.runId === null ? {} : { href: `/runs/${result.runId}`, link: 'Open that run' }),
        });
      default:
        return notify(result.message, { tone: 'bad' });
    }
  }
  return { start, busy };
}

function refusedBecauseActive(message: string, parkedUntil: string | null): string {
  return parkedUntil === null ? message : `${message} It goes on at ${formatDayTime(parkedUntil)}.`;
}
