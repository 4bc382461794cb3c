// Connecting to Xero, step by step: what it is, consent at Xero, one organisation, confirmation; then what is connected.
import { createEffect, createMemo, Match, on, Show, Switch } from 'solid-js';
import { createLiveQuery } from '../../gql.ts';
import { createFreshness, hasTopic } from '../../live.ts';
import { Page } from '../../ui/page.tsx';
import { Shown } from '../../ui/shown.tsx';
import { createUrlFilter } from '../../url-filter.ts';
import { Begin } from './begin.tsx';
import { Choose } from './choose.tsx';
import { Confirm } from './confirm.tsx';
import { Connected } from './connected.tsx';
import { returnProblem, stepOf } from './model.ts';
import { connectionDocument } from './query.ts';

export function ConnectPage() {
  const query = createLiveQuery(connectionDocument, () => ({}));
  const url = createUrlFilter();
  createFreshness((hint) => hasTopic(hint, 'connection'), query.refetch);
  const step = createMemo(() => {
    const connection = query.data?.connection;
    return connection === undefined ? undefined : stepOf(connection, url.get('step'));
  });
  function goOn(next: string | undefined) {
    url.set('step', next);
    query.refetch();
  }
  createEffect(on(step, () => window.scrollTo({ top: 0 }), { defer: true }));
  return (
    <Page
      title="Xero connection"
      about="Stockbook sends contacts, items, invoices and credit notes to one Xero organisation."
    >
      <Show when={returnProblem(url.get('error'))}>
        {(words) => (
          <p role="alert" class="mb-4 rounded-lg bg-bad-soft px-4 py-3 text-bad">
            {words()}
          </p>
        )}
      </Show>
      <Shown data={query.data?.connection} problem={query.problem} onRetry={query.refetch}>
        {(connection) => (
          <Switch>
            <Match when={step() === 'begin'}>
              <Begin connection={connection()} />
            </Match>
            <Match when={step() === 'choose'}>
              <Choose connection={connection()} onDone={() => goOn('confirm')} />
            </Match>
            <Match when={step() === 'confirm'}>
              <Confirm connection={connection()} onDone={() => goOn(undefined)} />
            </Match>
            <Match when={step() === 'connected'}>
              <Connected connection={connection()} onDone={query.refetch} />
            </Match>
          </Switch>
        )}
      </Shown>
    </Page>
  );
}
