// Hints from the API ("look again"): pages say what concerns them and read again, by default at most once a second.
import { createContext, createEffect, on, onCleanup, useContext } from 'solid-js';
import { bulk } from './client.ts';
import { createLiveSubscription } from './gql.ts';
import { graphql } from './graphql.ts';
import { epoch } from './socket.ts';
import { createThrottle } from './throttle.ts';

export interface Hint {
  ids: readonly string[];
  topics: readonly string[];
}

type Listener = (hint: Hint) => void;

export interface Hints {
  listen(listener: Listener): () => void;
}

const liveDocument = graphql(`subscription Live { live { ids topics } }`);
const refreshMs = 1_000;

const HintsContext = createContext<Hints>();
export const HintsProvider = HintsContext.Provider;

/** Opens the one `live` subscription of the page; it also keeps the socket, and so the Live chip, awake. */
export function createHints(): Hints {
  const listeners = new Set<Listener>();
  createLiveSubscription(
    liveDocument,
    () => ({}),
    (data) => {
      for (const listener of listeners) listener(data.live);
    },
    { client: bulk },
  );
  return {
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Calls `refresh` when a hint concerns the caller, after a reconnection, and on coming back to a hidden tab with news. */
export function createFreshness(
  concerns: (hint: Hint) => boolean,
  refresh: () => void,
  everyMs = refreshMs,
): void {
  const hints = useContext(HintsContext);
  if (hints === undefined) throw new Error('createFreshness needs a HintsProvider above it');
  let waiting = false;
  const throttle = createThrottle(refresh, everyMs);

  function ask() {
    waiting = document.hidden;
    if (!waiting) throttle();
  }
  function onVisible() {
    if (!document.hidden && waiting) ask();
  }

  // A gap: news was lost or too many to name, so everyone looks again.
  onCleanup(hints.listen((hint) => (hasTopic(hint, 'gap') || concerns(hint)) && ask()));
  createEffect(on(epoch, ask, { defer: true }));
  document.addEventListener('visibilitychange', onVisible);
  onCleanup(() => document.removeEventListener('visibilitychange', onVisible));
}

/** True when the hint names one of the topics. */
export function hasTopic(hint: Hint, ...topics: string[]): boolean {
  return hint.topics.some((topic) => topics.includes(topic));
}
