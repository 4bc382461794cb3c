// The bar at the top: whose books these are, whether the page is live, Xero's limits, and what can be done from anywhere.
import clsx from 'clsx';
import Gauge from 'lucide-solid/icons/gauge';
import Monitor from 'lucide-solid/icons/monitor';
import Moon from 'lucide-solid/icons/moon';
import RefreshCw from 'lucide-solid/icons/refresh-cw';
import Sun from 'lucide-solid/icons/sun';
import { Match, Show, Switch } from 'solid-js';
import type { LiveQuery } from '../../gql.ts';
import type { ResultOf } from '../../graphql.ts';
import { type SocketState, socketState } from '../../socket.ts';
import { switchTheme, theme } from '../../theme.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Account } from './account.tsx';
import { Bell } from './bell.tsx';
import { useFrame } from './frame.ts';
import { limitsOf } from './model.ts';
import type { recentFailuresDocument } from './query.ts';
import { runButtons } from './run-asks.ts';
import { RunControls } from './run-controls.tsx';
import { createSyncNow } from './sync-now.ts';

export function TopBar(props: { failures: LiveQuery<ResultOf<typeof recentFailuresDocument>> }) {
  const { status } = useFrame();
  const syncNow = createSyncNow(() => status.refetch());
  const active = () => {
    const run = status.data?.status.activeRun ?? undefined;
    return runButtons(run).length === 0 ? undefined : run;
  };
  return (
    <header class="sticky top-0 z-20 flex h-14 items-center gap-2 border-b border-line bg-surface px-4 sm:gap-3 sm:px-6 lg:px-8">
      <Whose />
      <LiveChip />
      <LimitsChip />
      <Show
        when={active()}
        fallback={
          <Button
            kind="primary"
            busy={syncNow.busy()}
            class="px-2.5 sm:px-3"
            onClick={() => void syncNow.start()}
          >
            <Show when={!syncNow.busy()}>
              <RefreshCw size={16} aria-hidden="true" />
            </Show>
            <span class="max-sm:sr-only">Sync now</span>
          </Button>
        }
      >
        {(run) => <RunControls run={run()} tight />}
      </Show>
      <ThemeButton />
      <Bell failures={props.failures} />
      <Account />
    </header>
  );
}

function Whose() {
  const { status } = useFrame();
  return (
    <div class="min-w-0 flex-1 leading-tight">
      <Show when={status.data?.status} fallback={<div class="skeleton h-5 w-40" />}>
        {(known) => (
          <>
            <p class="truncate font-semibold">{known().organisation.name}</p>
            <p class="truncate text-xs text-muted">
              <Show when={known().connection.tenantName} fallback="Not connected to Xero">
                {(tenant) => <>Xero: {tenant()}</>}
              </Show>
            </p>
          </>
        )}
      </Show>
    </div>
  );
}

const socketWords: Readonly<Record<SocketState, { word: string; dot: string }>> = {
  connecting: { word: 'Connecting', dot: 'bg-line-strong' },
  live: { word: 'Live', dot: 'bg-ok' },
  reconnecting: { word: 'Reconnecting', dot: 'bg-warn animate-pulse' },
  offline: { word: 'Offline', dot: 'bg-bad' },
};

function LiveChip() {
  return (
    <span
      class="inline-flex h-7 items-center gap-2 rounded-full border border-line px-2.5 text-xs font-medium text-muted"
      role="status"
    >
      <span class={clsx('size-2 rounded-full', socketWords[socketState()].dot)} />
      <span class={clsx(socketState() === 'live' && 'max-md:sr-only')}>
        {socketWords[socketState()].word}
      </span>
    </span>
  );
}

function LimitsChip() {
  const { status, obstacle } = useFrame();
  const limits = () => {
    const calls = status.data?.status.calls;
    return calls === undefined ? undefined : limitsOf(calls);
  };
  return (
    <Show when={obstacle()?.sentence ?? limits()}>
      <span
        title={obstacle()?.cause ?? 'Calls that Xero still allows'}
        class={clsx(
          'hidden h-7 items-center gap-2 rounded-full border px-2.5 text-xs font-medium lg:inline-flex',
          obstacle() === undefined ? 'border-line text-muted' : 'border-transparent bg-warn-soft text-warn',
        )}
      >
        <Gauge size={14} aria-hidden="true" />
        <Show when={obstacle()} fallback={<>Calls left: {limits()}</>}>
          {(found) => <span class="tabular-nums">{found().sentence}</span>}
        </Show>
      </span>
    </Show>
  );
}

const themeWords = { light: 'Theme: light', dark: 'Theme: dark', system: 'Theme: as the system' } as const;

function ThemeButton() {
  return (
    <IconButton label={themeWords[theme()]} onClick={switchTheme}>
      <Switch fallback={<Monitor size={18} aria-hidden="true" />}>
        <Match when={theme() === 'light'}>
          <Sun size={18} aria-hidden="true" />
        </Match>
        <Match when={theme() === 'dark'}>
          <Moon size={18} aria-hidden="true" />
        </Match>
      </Switch>
    </IconButton>
  );
}
