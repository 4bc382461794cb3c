// The frame of every page: navigation, the bar at the top, the banner, and one subscription that keeps all fresh.
import { useLocation } from '@solidjs/router';
import { createEffect, ErrorBoundary, type JSX, on, Suspense } from 'solid-js';
import { bulk } from '../../client.ts';
import { createLiveQuery, createLiveSubscription } from '../../gql.ts';
import { createHints, HintsProvider } from '../../live.ts';
import { createThrottle } from '../../throttle.ts';
import { Broken } from '../../ui/broken.tsx';
import { SkeletonRows } from '../../ui/shown.tsx';
import { FailureBanner } from './banner.tsx';
import { BottomBar } from './bottom-bar.tsx';
import { createFrame, FrameProvider, useFrame } from './frame.ts';
import { errorRaisedDocument, recentFailuresDocument } from './query.ts';
import { Sidebar } from './sidebar.tsx';
import { TopBar } from './top-bar.tsx';

const newsMs = 1_000;

export function Shell(props: { children?: JSX.Element }) {
  return (
    <HintsProvider value={createHints()}>
      <Framed>{props.children}</Framed>
    </HintsProvider>
  );
}

function Framed(props: { children?: JSX.Element }) {
  const frame = createFrame();
  return (
    <FrameProvider value={frame}>
      <Layout>{props.children}</Layout>
    </FrameProvider>
  );
}

function Layout(props: { children?: JSX.Element }) {
  const { status, viewer } = useFrame();
  const rejected = () => status.data?.status.rejected ?? 0;
  const failures = createLiveQuery(recentFailuresDocument, () => ({}), { pause: () => rejected() === 0 });
  const news = createThrottle(() => {
    failures.refetch();
    viewer.refetch();
    status.refetch();
  }, newsMs);
  createLiveSubscription(errorRaisedDocument, () => ({}), news, { client: bulk });
  createEffect<number>((before) => {
    if (rejected() !== before) {
      viewer.refetch();
      if (rejected() > 0) failures.refetch();
    }
    return rejected();
  }, 0);
  const location = useLocation();
  let main: HTMLElement | undefined;
  // A new page is read from its beginning, by keyboard and screen reader too.
  createEffect(
    on(
      () => location.pathname,
      () => main?.focus({ preventScroll: true }),
      { defer: true },
    ),
  );
  return (
    <div class="flex min-h-dvh">
      <a
        href="#main"
        class="sr-only z-50 rounded-lg bg-accent px-4 py-2 text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to the page
      </a>
      <Sidebar />
      <div class="flex min-w-0 flex-1 flex-col">
        <TopBar failures={failures} />
        <FailureBanner failures={failures} />
        <main ref={main} id="main" tabindex={-1} class="min-w-0 flex-1 pb-20 outline-none sm:pb-6">
          <ErrorBoundary fallback={(failure, reset) => <BrokenPage failure={failure} onLeave={reset} />}>
            <Suspense fallback={<SkeletonRows />}>{props.children}</Suspense>
          </ErrorBoundary>
        </main>
      </div>
      <BottomBar />
    </div>
  );
}

/** Going to another page mends it. */
function BrokenPage(props: { failure: unknown; onLeave: () => void }) {
  const location = useLocation();
  createEffect(
    on(
      () => location.pathname,
      () => props.onLeave(),
      { defer: true },
    ),
  );
  return <Broken failure={props.failure} />;
}
