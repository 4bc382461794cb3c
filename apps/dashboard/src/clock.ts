// Now, as the server's clock has it: what it sends is meant by that clock, and a browser's own may be wrong.
import { createSignal, onCleanup } from 'solid-js';

/** What the server said of its clock, and the browser's instant at which it was heard. */
const [heard, setHeard] = createSignal({ serverMs: 0, browserMs: 0, scale: 1 });

/** Takes the server's instant, with how many seconds pass there in one. */
export function hearClock(now: string, scale: number): void {
  setHeard({ serverMs: new Date(now).getTime(), browserMs: Date.now(), scale });
}

/** Relative times follow it together. */
const relativeMs = 15_000;
const [quarter, setQuarter] = createSignal(0);
setInterval(() => setQuarter((count) => count + 1), relativeMs);

/** Now, in milliseconds, moving every 15 s. */
export function nowMs(): number {
  quarter();
  return serverNowMs();
}

/** Now, moving every second as long as its owner lives: for what counts down. */
export function createSecondMs(): () => number {
  const [second, setSecond] = createSignal(0);
  const timer = setInterval(() => setSecond((count) => count + 1), 1_000);
  onCleanup(() => clearInterval(timer));
  return () => {
    second();
    return serverNowMs();
  };
}

function serverNowMs(): number {
  const { serverMs, browserMs, scale } = heard();
  return serverMs + (Date.now() - browserMs) * scale;
}
