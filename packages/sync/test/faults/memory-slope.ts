// How memory grew over the hours of a soak: the slope by least squares, once what starts up and warms up is over.

export interface Growth {
  /** Megabytes (of 1,000,000 bytes): after the first hour, after the warm-up and after the last hour. */
  startMb: number;
  warmMb: number;
  endMb: number;
  warmUpHours: number;
  /** Megabytes an hour after the warm-up, by least squares. */
  slopeMb: number;
}

/** `series` has one measurement for each hour; at least two stand after the warm-up. */
export function growthOf(series: readonly number[], warmUpHours: number): Growth {
  const after = series.slice(warmUpHours);
  const [startMb] = series;
  const [warmMb] = after;
  const endMb = after.at(-1);
  if (startMb === undefined || warmMb === undefined || endMb === undefined || after.length < 2)
    throw new Error(`${series.length} hours are too few for a warm-up of ${warmUpHours}.`);
  return { startMb, warmMb, endMb, warmUpHours, slopeMb: slopeOf(after) };
}

/** Of values that are one unit apart. */
function slopeOf(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  let covariance = 0;
  let variance = 0;
  for (const [at, value] of values.entries()) {
    covariance += (at - middle) * (value - mean);
    variance += (at - middle) ** 2;
  }
  return covariance / variance;
}
