// The first page: how things stand, four figures, the live run with its log, Xero's limits and the last runs.
import { createMemo, For, type JSX, Match, Show, Switch } from 'solid-js';
import { formatCount } from '../../format.ts';
import { createLiveQuery } from '../../gql.ts';
import { createFreshness, hasTopic } from '../../live.ts';
import { Ago } from '../../ui/ago.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { Shown } from '../../ui/shown.tsx';
import { useFrame } from '../shell/frame.ts';
import { changedInXero, outcomeUnknown } from '../shell/obstacle.ts';
import { ObstacleNote } from '../shell/obstacle-note.tsx';
import type { Status } from '../shell/query.ts';
import { createSyncNow } from '../shell/sync-now.ts';
import { AutoSync } from './auto-sync.tsx';
import { HealthLine } from './health-line.tsx';
import { LastRuns } from './last-runs.tsx';
import { Limits } from './limits.tsx';
import { LivePanels } from './live-panels.tsx';
import { healthOf, sentTodayWords } from './model.ts';
import { runsDocument } from './query.ts';

export function OverviewPage() {
  const { status, entities, obstacle } = useFrame();
  const runs = createLiveQuery(runsDocument, () => ({}));
  createFreshness((hint) => hasTopic(hint, 'run'), runs.refetch);
  const syncNow = createSyncNow(() => {
    status.refetch();
    runs.refetch();
  });
  const recordCount = () =>
    (entities.data?.entities ?? []).reduce(
      (sum, entity) => sum + (entity.exports === 'READ_ONLY' ? 0 : entity.count),
      0,
    );
  const health = createMemo(() => {
    const known = status.data?.status;
    return known === undefined || entities.data === undefined ? undefined : healthOf(known, recordCount());
  });
  return (
    <Page title="Overview">
      <Shown
        data={status.data?.status}
        problem={status.problem}
        onRetry={status.refetch}
        skeleton={<OverviewSkeleton />}
      >
        {(known) => (
          <div class="flex flex-col gap-4">
            <Show
              when={obstacle()}
              fallback={
                <Show when={health()}>
                  {(line) => (
                    <HealthLine
                      health={line()}
                      action={
                        <Action health={line()} busy={syncNow.busy()} onSync={() => void syncNow.start()} />
                      }
                    />
                  )}
                </Show>
              }
            >
              {(found) => <ObstacleNote obstacle={found()} />}
            </Show>
            <Show when={outcomeUnknown(known(), obstacle())}>
              {(found) => <ObstacleNote obstacle={found()} />}
            </Show>
            <Show when={changedInXero(known())}>{(found) => <ObstacleNote obstacle={found()} />}</Show>
            <Figures status={known()} />
            <LivePanels
              activeRun={known().activeRun?.id}
              lastRun={known().lastRun?.id}
              connected={known().connection.state === 'CONNECTED'}
              recordCount={recordCount()}
            />
            <div class="grid items-start gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
              <LastRuns runs={runs} />
              <div class="flex min-w-0 flex-col gap-4">
                <AutoSync />
                <Limits
                  calls={known().calls}
                  forecast={known().forecast}
                  connected={known().connection.state === 'CONNECTED'}
                />
              </div>
            </div>
          </div>
        )}
      </Shown>
    </Page>
  );
}

function Action(props: { health: ReturnType<typeof healthOf>; busy: boolean; onSync: () => void }) {
  const link = () => (props.health.action?.kind === 'link' ? props.health.action : undefined);
  return (
    <Switch>
      <Match when={link()}>
        {(shown) => (
          <ButtonLink href={shown().href} kind="primary">
            {shown().words}
          </ButtonLink>
        )}
      </Match>
      <Match when={props.health.action?.kind === 'sync'}>
        <Button kind="primary" busy={props.busy} onClick={() => props.onSync()}>
          Send them now
        </Button>
      </Match>
    </Switch>
  );
}

/** The shape of the page while its first answer is on the way. */
function OverviewSkeleton() {
  return (
    <div class="flex flex-col gap-4" aria-busy="true">
      <span class="sr-only">Loading</span>
      <div class="skeleton h-16" />
      <div class="grid grid-cols-2 gap-3 sm:gap-4 lg:grid-cols-4">
        <For each={[1, 2, 3, 4]}>{() => <div class="skeleton h-25" />}</For>
      </div>
      <div class="skeleton h-80" />
    </div>
  );
}

function Figures(props: { status: Status }) {
  const waiting = () =>
    props.status.pending + props.status.held + props.status.conflicts + props.status.claimed;
  return (
    <dl class="grid grid-cols-2 gap-3 sm:gap-4 lg:grid-cols-4">
      <Figure
        label="Waiting"
        note={props.status.held > 0 ? `${formatCount(props.status.held)} of them held` : undefined}
      >
        {formatCount(waiting())}
      </Figure>
      <Figure label="Failed" alarming={props.status.rejected > 0}>
        {formatCount(props.status.rejected)}
      </Figure>
      <Figure label={sentTodayWords(props.status)} note={`${formatCount(props.status.sent)} in all`}>
        {formatCount(props.status.sentToday)}
      </Figure>
      <Figure label="Last full sync" small>
        <Ago at={props.status.lastFullSyncAt} none="None yet" />
      </Figure>
    </dl>
  );
}

function Figure(props: {
  label: string;
  alarming?: boolean;
  small?: boolean;
  note?: string | undefined;
  children: JSX.Element;
}) {
  return (
    <div class="min-w-0 rounded-xl border border-line bg-surface px-4 py-3.5 sm:px-5">
      <dt class="text-xs font-medium text-muted">{props.label}</dt>
      <dd
        classList={{
          'mt-1 flex min-h-9 items-center font-semibold tracking-tight': true,
          'text-2xl': props.small !== true,
          'text-lg *:first-letter:uppercase': props.small === true,
          'text-bad': props.alarming === true,
        }}
      >
        {props.children}
      </dd>
      <dd class="min-h-4 text-xs text-muted">{props.note}</dd>
    </div>
  );
}
