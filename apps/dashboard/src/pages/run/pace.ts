// How fast a run goes and how long it will still take, smoothed so that the figure never jumps about.

export interface Pace {
  /** Records a second over the last half minute; undefined until there is enough to tell. */
  perSecond: number | undefined;
  leftMs: number | undefined;
}

export interface PaceMeter {
  /** Takes a look at the counters at a moment (milliseconds, any origin). */
  sample(done: number, total: number, atMs: number): Pace;
}

/** Records go in batches: a window this long holds several, so the rate does not beat with them. */
const windowMs = 30_000;
const enoughMs = 4_000;
/** The first few records are slow and say little of the rest: so much of a run is done before a figure is told. */
const enoughShare = 0.05;
const enoughRecords = 100;
/** What is shown moves towards what is measured with this time constant. */
const smoothMs = 8_000;

export function createPaceMeter(): PaceMeter {
  let samples: { atMs: number; done: number }[] = [];
  let shown: { leftMs: number; atMs: number } | undefined;

  function measure(done: number, total: number, atMs: number): number | undefined {
    const last = samples.at(-1);
    if (last !== undefined && done < last.done) samples = [];
    samples.push({ atMs, done });
    // One sample older than the window stays, so that the window is always full.
    while (samples.length > 2 && (samples[1]?.atMs ?? atMs) <= atMs - windowMs) samples.shift();
    const first = samples[0];
    if (first === undefined || atMs - first.atMs < enoughMs || done === first.done) return undefined;
    if (shown === undefined && done - first.done < Math.min(total * enoughShare, enoughRecords))
      return undefined;
    return ((done - first.done) * 1000) / (atMs - first.atMs);
  }

  function smooth(measuredMs: number, atMs: number): number {
    if (shown === undefined) {
      shown = { leftMs: measuredMs, atMs };
      return measuredMs;
    }
    const passedMs = atMs - shown.atMs;
    const countedDown = Math.max(0, shown.leftMs - passedMs);
    const share = 1 - Math.exp(-passedMs / smoothMs);
    shown = { leftMs: countedDown + (measuredMs - countedDown) * share, atMs };
    return shown.leftMs;
  }

  return {
    sample(done, total, atMs) {
      const perSecond = measure(done, total, atMs);
      if (perSecond === undefined || done >= total) return { perSecond, leftMs: undefined };
      return { perSecond, leftMs: smooth(((total - done) * 1000) / perSecond, atMs) };
    },
  };
}

/** 'About 25 s left', 'About 3 min left'; coarse on purpose. */
export function formatLeft(leftMs: number | undefined): string {
  if (leftMs === undefined) return 'Estimating';
  const seconds = leftMs / 1000;
  if (seconds < 8) return 'A few seconds left';
  if (seconds < 55) return `About ${Math.ceil(seconds / 5) * 5} s left`;
  const minutes = Math.max(1, Math.round(seconds / 60));
  if (minutes < 60) return `About ${minutes} min left`;
  return `About ${Math.floor(minutes / 60)} h ${minutes % 60} min left`;
}
