// `npm run --silent stockbook -- ...`: the CLI as a process of its own, its output and exit code untouched.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import path from 'node:path';
import { cleanEnvironment, ensureBuilt } from './install.mjs';
import { inRoot } from './root.mjs';

/** Standard output belongs to the CLI, so a build that is needed first reports on standard error. */
export async function runCli(args) {
  ensureBuilt({ say: console.error, output: 2 });
  const dataDir = path.resolve(inRoot(), process.env.DATA_DIR || '.stockbook');
  await runToExit(inRoot('apps/cli/dist/main.js'), args, { ...cleanEnvironment(), DATA_DIR: dataDir });
}

/** Runs a Node program in the foreground and ends as it ends. */
export function runToExit(program, args, env, options = []) {
  const child = spawn(process.execPath, [...options, program, ...args], { stdio: 'inherit', env });
  // A Ctrl-C reaches the child from the terminal itself; the others come to this process alone.
  process.on('SIGINT', () => undefined);
  for (const name of ['SIGTERM', 'SIGHUP']) process.on(name, () => child.kill(name));
  return new Promise((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}
