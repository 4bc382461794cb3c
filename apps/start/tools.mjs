// `npm run bench` and `npm run screenshots`: programs of the workspace, run with a PostgreSQL of their own.
import { parseArgs } from 'node:util';
import { findBrowser } from './browser.mjs';
import { PROGRAMS } from './children.mjs';
import { runToExit } from './cli.mjs';
import { cleanEnvironment, ensureBuilt } from './install.mjs';
import { inRoot } from './root.mjs';
import { Sentence } from './sentence.mjs';

/**
 * The bench takes its goal's name, `main-job` for one. Standard output is for its table or JSON alone. Its process has the
 * worker's own heap, because it does the worker's work: the memory of that must stay flat, and its time is measured. The bare
 * loops beside it have the same.
 */
export async function bench(args) {
  ensureBuilt({ say: console.error, output: 2 });
  await runToExit(inRoot('packages/bench/dist/main.js'), args, cleanEnvironment(), PROGRAMS.worker.options);
}

/**
 * The fault tests alone; what is given chooses among their files, `simulation` for one. STOCKBOOK_NIGHTLY=1 runs them in their large
 * numbers. `--days N --documents M` lets N simulated days of M documents each go by (`--hours N` so many hours), and `real-data`
 * takes all there is.
 */
export async function faults(args) {
  ensureBuilt();
  const vitest = inRoot('node_modules/vitest/vitest.mjs');
  const { chosen, env } = faultOptions(args);
  const run = ['run', '--root', inRoot(), '--project', 'faults', ...chosen];
  await runToExit(vitest, run, { ...cleanEnvironment(), ...env });
}

/** `--days`, `--hours` and `--documents` are told to the soak, and that all the real data is wanted to its test, by their variables. */
export function faultOptions(args) {
  const { values, tokens } = parseArgs({
    args,
    strict: false,
    tokens: true,
    options: { days: { type: 'string' }, hours: { type: 'string' }, documents: { type: 'string' } },
  });
  const taken = new Set();
  for (const { kind, name, index, inlineValue } of tokens) {
    if (kind !== 'option' || !['days', 'hours', 'documents'].includes(name)) continue;
    if (!/^[1-9]\d*$/.test(values[name])) throw new Sentence(`--${name} must be a whole number such as 1.`);
    taken.add(index);
    if (!inlineValue) taken.add(index + 1);
  }
  const chosen = args.filter((_, index) => !taken.has(index));
  // So many days are a soak's: it needs no name beside them.
  if (taken.size > 0 && !chosen.includes('soak')) chosen.push('soak');
  const env = {};
  if (chosen.includes('soak')) env.STOCKBOOK_SOAK_DAYS = values.days ?? '1';
  if (values.hours) env.STOCKBOOK_SOAK_HOURS = values.hours;
  if (values.documents) env.STOCKBOOK_SOAK_DOCUMENTS = values.documents;
  if (args.includes('real-data')) env.STOCKBOOK_REAL_DATA = process.env.STOCKBOOK_REAL_DATA ?? 'whole';
  return { chosen, env };
}

/** Writes the README's pictures. */
export async function screenshots(args) {
  ensureBuilt();
  const env = cleanEnvironment();
  const browser = findBrowser(env, console.log);
  if (!browser)
    throw new Sentence(
      'There is no Chromium to take pictures with: install one, or name it with CHROMIUM_PATH.',
    );
  await runToExit(inRoot('e2e/screenshots.mjs'), args, { ...env, CHROMIUM_PATH: browser });
}
