// The pages and what stands above them: the session, then the client, then the shell.
import { Navigate, Route, Router, type RouteSectionProps, useLocation } from '@solidjs/router';
import { ErrorBoundary, lazy, Match, onMount, Switch } from 'solid-js';
import { client } from './client.ts';
import { GraphqlProvider } from './gql.ts';
import { Shell } from './pages/shell/index.tsx';
import { readSession, sessionState } from './session.ts';
import { Broken } from './ui/broken.tsx';
import { Notices } from './ui/notice.tsx';
import { Problem } from './ui/shown.tsx';

const SignIn = lazy(() => import('./pages/sign-in/index.tsx').then((page) => ({ default: page.SignInPage })));
const Welcome = lazy(() =>
  import('./pages/welcome/index.tsx').then((page) => ({ default: page.WelcomePage })),
);
const Overview = lazy(() =>
  import('./pages/overview/index.tsx').then((page) => ({ default: page.OverviewPage })),
);
const Run = lazy(() => import('./pages/run/index.tsx').then((page) => ({ default: page.RunPage })));
const Queue = lazy(() => import('./pages/queue/index.tsx').then((page) => ({ default: page.QueuePage })));
const Errors = lazy(() => import('./pages/errors/index.tsx').then((page) => ({ default: page.ErrorsPage })));
const History = lazy(() =>
  import('./pages/history/index.tsx').then((page) => ({ default: page.HistoryPage })),
);
const Records = lazy(() =>
  import('./pages/records/index.tsx').then((page) => ({ default: page.RecordsPage })),
);
const RecordView = lazy(() =>
  import('./pages/record/index.tsx').then((page) => ({ default: page.RecordPage })),
);
const Import = lazy(() => import('./pages/import/index.tsx').then((page) => ({ default: page.ImportPage })));
const Load = lazy(() => import('./pages/load/index.tsx').then((page) => ({ default: page.LoadPage })));
const Connect = lazy(() =>
  import('./pages/connect/index.tsx').then((page) => ({ default: page.ConnectPage })),
);
const NotFound = lazy(() =>
  import('./pages/not-found/index.tsx').then((page) => ({ default: page.NotFoundPage })),
);

export function App() {
  onMount(() => void readSession());
  return (
    <Router>
      <Route path="/sign-in" component={SignIn} />
      <Route component={SignedIn}>
        <Route path="/welcome" component={Welcome} />
        <Route path="/" component={Overview} />
        <Route path="/runs/:id" component={Run} />
        <Route path="/queue" component={Queue} />
        <Route path="/errors" component={Errors} />
        <Route path="/history" component={History} />
        <Route path="/records/:entity" component={Records} />
        <Route path="/records/:entity/:id" component={RecordView} />
        <Route path="/import" component={Import} />
        <Route path="/import/:id" component={Load} />
        <Route path="/connect" component={Connect} />
        <Route path="*" component={NotFound} />
      </Route>
    </Router>
  );
}

/** Draws the shell for whoever is signed in; sends everyone else to sign in, and back here afterwards. */
function SignedIn(props: RouteSectionProps) {
  const location = useLocation();
  const signInHref = () => {
    const here = `${location.pathname}${location.search}`;
    return here === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(here)}`;
  };
  return (
    <ErrorBoundary fallback={(failure) => <Broken failure={failure} />}>
      <Switch>
        <Match when={sessionState() === 'signed-out'}>
          <Navigate href={signInHref()} />
        </Match>
        <Match when={sessionState() === 'unreachable'}>
          <Problem
            message="Stockbook did not answer. Check that it is running."
            onRetry={() => void readSession()}
          />
        </Match>
        <Match when={sessionState() === 'signed-in'}>
          <GraphqlProvider value={client}>
            <Shell>{props.children}</Shell>
            <Notices />
          </GraphqlProvider>
        </Match>
      </Switch>
    </ErrorBoundary>
  );
}
