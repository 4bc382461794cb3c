// `npm run bench` and `npm run screenshots`: programs of the workspace, run with a PostgreSQL of their own.
import { findBrowser } from './browser.mjs';
import { PROGRAMS } from './children.mjs';
import { runToExit } from './cli.mjs';
import { cleanEnvironment, ensureBuilt } from './install.mjs';
import { inRoot } from './root.mjs';
import { Sentence } from './sentence.mjs';

/**
 * The bench takes its goal's name, `main-job` for one. Standard output is for its table or JSON alone. A load is measured in a
 * process with the worker's own heap, because it is the memory of that one that must stay flat.
 */
export async function bench(args) {
  ensureBuilt({ say: console.error, output: 2 });
  const options = args.includes('load') ? PROGRAMS.worker.options : [];
  await runToExit(inRoot('packages/bench/dist/main.js'), args, cleanEnvironment(), options);
}

/** The fault tests alone; what is given chooses among their files, `simulation` for one. STOCKBOOK_NIGHTLY=1 runs them in their large numbers. */
export async function faults(args) {
  ensureBuilt();
  const vitest = inRoot('node_modules/vitest/vitest.mjs');
  await runToExit(vitest, ['run', '--root', inRoot(), '--project', 'faults', ...args], cleanEnvironment());
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
