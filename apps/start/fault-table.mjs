// The closing table of the fault tests: what each fault was tried with, how often, for how long and by which seeds, and whether anything was lost or doubled.

/** One line for each fault, in their order; `tries` are the tests as the tally has them: `{ fault, runs, seeds, ms, state }`. Empty where there was none. */
export function faultTable(tries) {
  if (tries.length === 0) return '';
  const faults = [...new Set(tries.map(({ fault }) => fault))].sort(byNumber);
  const lines = faults.map((fault) =>
    lineOf(
      fault,
      tries.filter((one) => one.fault === fault),
    ),
  );
  const rows = [['fault', 'tests', 'runs', 'lost or twice', 'seconds', 'seeds'], ...lines];
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join(' | ')
        .trimEnd(),
    )
    .join('\n');
}

function lineOf(fault, tries) {
  const ran = tries.filter(({ state }) => state !== 'skipped');
  const sum = (key) => ran.reduce((total, one) => total + one[key], 0);
  const seeds = [...new Set(ran.flatMap((one) => (one.seeds ? [one.seeds] : [])))];
  return [
    fault,
    String(tries.length),
    String(sum('runs')),
    verdictOf(tries, ran),
    (sum('ms') / 1000).toFixed(1),
    seeds.join(', '),
  ];
}

/** A test that finds anything lost or doubled fails. */
function verdictOf(tries, ran) {
  const failed = ran.filter(({ state }) => state === 'failed').length;
  const skipped = tries.length - ran.length;
  const words = failed > 0 ? [`${failed} failed`] : ran.length > 0 ? ['0'] : [];
  return [...words, ...(skipped > 0 ? [`${skipped} skipped`] : [])].join(', ');
}

/** By the number of the first fault of each; what has none comes last. */
function byNumber(one, other) {
  return numberOf(one) - numberOf(other) || one.localeCompare(other);
}

function numberOf(fault) {
  return Number(/\d+/.exec(fault)?.[0] ?? Number.MAX_SAFE_INTEGER);
}
