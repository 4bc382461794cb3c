// One run, live while it goes and readable for ever after.
import { useParams } from '@solidjs/router';
import { Show } from 'solid-js';
import { formatPlural } from '../../format.ts';
import { Ago } from '../../ui/ago.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Page } from '../../ui/page.tsx';
import { Empty, Shown } from '../../ui/shown.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { createLiveRun } from './live-run.ts';
import { LogPanel } from './log-panel.tsx';
import type { RunRow } from './query.ts';
import { rejectedOf, runLook } from './run-look.ts';
import { RunPanel } from './run-panel.tsx';

const kindWords: Readonly<Record<RunRow['kind'], string>> = {
  MANUAL: 'started by hand',
  AUTO: 'started by itself',
  INSTANT: 'started by an urgent change',
};

export function RunPage() {
  const params = useParams();
  const live = createLiveRun(() => params.id ?? '');
  const rejected = () => {
    const run = live.run();
    return run === undefined ? 0 : rejectedOf(run);
  };
  return (
    <Page
      title="Run"
      about={
        <Show when={live.run()}>
          {(run) => (
            <>
              {kindWords[run().kind]}, {run().startedBy}, <Ago at={run().createdAt} absolute />
            </>
          )}
        </Show>
      }
      actions={<Show when={live.run()}>{(run) => <StateBadge {...runLook(run())} />}</Show>}
    >
      <Show
        when={!live.missing()}
        fallback={
          <Empty title="There is no such run" action={<ButtonLink href="/">Go to the overview</ButtonLink>} />
        }
      >
        <Shown data={live.run()} problem={live.problem()} onRetry={live.reread}>
          {(run) => (
            <div class="grid items-start gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
              <Card>
                <RunPanel live={live} run={run()} />
                <Show when={rejected() > 0}>
                  <p class="mt-4 flex flex-wrap items-center justify-between gap-3 rounded-lg bg-bad-soft px-4 py-3 text-bad">
                    {formatPlural(rejected(), 'record', 'records')} failed in this run.
                    <ButtonLink href="/errors">View errors</ButtonLink>
                  </p>
                </Show>
              </Card>
              <LogPanel log={live.log} />
            </div>
          )}
        </Shown>
      </Show>
    </Page>
  );
}
