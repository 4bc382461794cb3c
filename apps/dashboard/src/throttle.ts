// Runs a function at once, then at most every `waitMs`, with a last run for calls that came in between.
import { onCleanup } from 'solid-js';

export function createThrottle(run: () => void, waitMs: number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let again = false;
  onCleanup(() => clearTimeout(timer));

  function tick() {
    timer = undefined;
    if (again) start();
  }
  function start() {
    again = false;
    timer = setTimeout(tick, waitMs);
    run();
  }
  return () => {
    if (timer === undefined) start();
    else again = true;
  };
}
