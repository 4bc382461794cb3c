// The lines of a live log: gathered per animation frame, 200 kept while following and 1,000 while paused.
import { type Accessor, createSignal, onCleanup } from 'solid-js';

export interface LogLine {
  id: string;
  at: string;
  kind: string;
  text: string;
}

export interface LogBuffer {
  lines: Accessor<readonly LogLine[]>;
  paused: Accessor<boolean>;
  /** Lines that came in since it was paused. */
  waiting: Accessor<number>;
  add(lines: readonly LogLine[]): void;
  pause(): void;
  follow(): void;
  clear(): void;
}

export const keptFollowing = 200;
export const keptPaused = 1_000;

/** `nextFrame` is the browser's, or a test's. */
export function createLogBuffer(nextFrame: (run: () => void) => unknown = requestAnimationFrame): LogBuffer {
  const [lines, setLines] = createSignal<readonly LogLine[]>([]);
  const [paused, setPaused] = createSignal(false);
  const [waiting, setWaiting] = createSignal(0);
  let known = new Set<string>();
  let gathered: LogLine[] = [];
  let scheduled = false;
  let ended = false;
  onCleanup(() => {
    ended = true;
  });

  function flush() {
    scheduled = false;
    if (ended || gathered.length === 0) return;
    const kept = paused() ? keptPaused : keptFollowing;
    const count = gathered.length;
    const next = [...lines(), ...gathered].sort(byTime).slice(-kept);
    gathered = [];
    known = new Set(next.map((line) => line.id));
    setLines(next);
    if (paused()) setWaiting((before) => before + count);
  }

  return {
    lines,
    paused,
    waiting,
    add(added) {
      for (const line of added) {
        if (known.has(line.id)) continue;
        known.add(line.id);
        gathered.push(line);
      }
      if (gathered.length === 0 || scheduled) return;
      scheduled = true;
      nextFrame(flush);
    },
    pause: () => setPaused(true),
    follow() {
      setPaused(false);
      setWaiting(0);
      setLines((shown) => shown.slice(-keptFollowing));
    },
    clear() {
      known = new Set();
      gathered = [];
      setLines([]);
      setWaiting(0);
    },
  };
}

/** Ids are made in order of time, so they settle lines of the same moment. */
function byTime(a: LogLine, b: LogLine): number {
  return a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : 1;
}
