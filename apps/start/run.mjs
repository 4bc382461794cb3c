// What the npm scripts call: `run.mjs <command>`. It needs nothing but Node, so it works in a clone where nothing is installed.
import { orSentence, Sentence } from './sentence.mjs';

/** Each command is loaded when it is asked for, so that the quick ones stay quick. */
const COMMANDS = {
  start: async () => (await import('./start.mjs')).start(),
  api: async () => (await import('./apart.mjs')).runApart('api'),
  worker: async () => (await import('./apart.mjs')).runApart('worker'),
  cli: async (args) => (await import('./cli.mjs')).runCli(args),
  test: async () => (await import('./test.mjs')).runTests(),
  nightly: async () => (await import('./test.mjs')).runTests({ nightly: true }),
  faults: async (args) => (await import('./tools.mjs')).faults(args),
  check: async () => (await import('./check.mjs')).check(),
  bench: async (args) => (await import('./tools.mjs')).bench(args),
  screenshots: async (args) => (await import('./tools.mjs')).screenshots(args),
  migration: async (args) => (await import('./migration.mjs')).newMigration(args),
};

await orSentence(async () => {
  const [command = '', ...args] = process.argv.slice(2);
  const run = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined;
  if (!run) throw new Sentence(`Usage: node apps/start/run.mjs ${Object.keys(COMMANDS).join(' | ')}`);
  await run(args);
});
