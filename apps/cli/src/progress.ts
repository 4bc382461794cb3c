// A bar on the terminal for long work; elsewhere nothing is drawn.

export interface Progress {
  /** Redraws at most ten times a second. `total` 0 means it is not known yet. */
  show(label: string, done: number, total: number): void;
  /** Takes the bar away. */
  end(): void;
}

interface Terminal {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

const REDRAW_MS = 100;
const BAR_WIDTH = 30;

/** `now` is the clock in milliseconds. */
export function createProgress(terminal: Terminal, now: () => number): Progress {
  if (!terminal.isTTY) return { show: () => undefined, end: () => undefined };
  let drawnAt: number | undefined;
  return {
    show(label, done, total) {
      const complete = total > 0 && done >= total;
      if (drawnAt !== undefined && now() - drawnAt < REDRAW_MS && !complete) return;
      drawnAt = now();
      terminal.write(`\r\u001b[K${barText(label, done, total).slice(0, (terminal.columns || 80) - 1)}`);
    },
    end() {
      if (drawnAt !== undefined) terminal.write('\r\u001b[K');
      drawnAt = undefined;
    },
  };
}

export function barText(label: string, done: number, total: number): string {
  if (total <= 0) return `${label} ${done > 0 ? done.toLocaleString('en-GB') : '...'}`;
  const share = Math.min(1, done / total);
  const full = Math.floor(share * BAR_WIDTH);
  const bar = `${'█'.repeat(full)}${'░'.repeat(BAR_WIDTH - full)}`;
  return `${label} ${bar} ${Math.floor(share * 100)}% ${done.toLocaleString('en-GB')} of ${total.toLocaleString('en-GB')}`;
}
