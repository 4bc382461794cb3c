// A run that moves: the subscription's figures over what the query said, its pace, and its log.
import { type Accessor, createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js';
import { createStore, reconcile } from 'solid-js/store';
import { bulk } from '../../client.ts';
import { askOnce, createLiveSubscription } from '../../gql.ts';
import { createThrottle } from '../../throttle.ts';
import { createLogBuffer, keptFollowing, type LogBuffer } from './log-buffer.ts';
import { createPaceMeter, type Pace } from './pace.ts';
import { type RunRow, runDocument, runLogDocument, runProgressDocument } from './query.ts';

export interface LiveRun {
  run: Accessor<RunRow | undefined>;
  /** True when the API knows no such run. */
  missing: Accessor<boolean>;
  problem: Accessor<string | undefined>;
  pace: Accessor<Pace>;
  log: LogBuffer;
  reread(): void;
}

const logMs = 1_000;
const paceMs = 1_000;

export function createLiveRun(id: Accessor<string>): LiveRun {
  const [store, setStore] = createStore<{ run?: RunRow }>({});
  const [missing, setMissing] = createSignal(false);
  const [problem, setProblem] = createSignal<string>();
  const log = createLogBuffer();
  const readLogSoon = createThrottle(() => void readLog(), logMs);

  function show(run: RunRow) {
    if (run.id !== id()) return;
    setStore(reconcile<{ run?: RunRow }, { run?: RunRow }>({ run }, { key: 'id' }));
    readLogSoon();
  }
  async function read() {
    const asked = id();
    const answer = await askOnce(bulk, runDocument, { id: asked });
    if (asked !== id()) return;
    setProblem(answer.kind === 'unreachable' ? answer.message : undefined);
    if (answer.kind === 'unreachable') return;
    setMissing(answer.data.run === null);
    if (answer.data.run !== null) show(answer.data.run);
  }
  async function readLog() {
    const asked = id();
    const answer = await askOnce(bulk, runLogDocument, { id: asked, first: keptFollowing });
    if (answer.kind === 'answer' && asked === id()) log.add(answer.data.run?.log ?? []);
  }

  createEffect(
    on(id, () => {
      log.clear();
      setStore(reconcile<{ run?: RunRow }, { run?: RunRow }>({}));
      void read();
    }),
  );
  createLiveSubscription(
    runProgressDocument,
    () => ({ id: id() }),
    (data) => data.runProgress !== null && show(data.runProgress),
    { client: bulk },
  );
  return {
    run: () => store.run,
    missing,
    problem,
    pace: createPace(id, () => store.run),
    log,
    reread: () => void read(),
  };
}

/** Looks at the counters once a second, whether they moved or not: a run that stands still must not look fast. */
function createPace(id: Accessor<string>, run: Accessor<RunRow | undefined>): Accessor<Pace> {
  const meter = createMemo(on(id, () => createPaceMeter()));
  const [pace, setPace] = createSignal<Pace>({ perSecond: undefined, leftMs: undefined });
  const timer = setInterval(() => {
    const current = run();
    if (current?.state === 'RUNNING') setPace(meter().sample(current.done, current.total, performance.now()));
  }, paceMs);
  onCleanup(() => clearInterval(timer));
  return pace;
}
