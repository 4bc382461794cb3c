// What an earlier starter may have left in this data folder: its own processes are ended, a living starter and a stranger's port are errors.
import { PROGRAMS } from './children.mjs';
import { readRun } from './data-folder.mjs';
import { commandLine, gone, portIsFree, signal } from './processes.mjs';
import { Sentence } from './sentence.mjs';

const END_LIMIT_MS = 10_000;

/** Throws when a starter lives here; else ends the children that a killed one left behind. */
export async function clearLeftovers(folder) {
  const run = readRun(folder);
  if (run.starter !== process.pid && commandLine(run.starter).includes('apps/start/run.mjs start')) {
    throw new Sentence(
      `Stockbook is already running with ${folder}: ${run.url} (end it first, or choose another folder with DATA_DIR).`,
    );
  }
  for (const [name, { main }] of Object.entries(PROGRAMS)) {
    // A pid may have gone to another program meanwhile: only one that runs ours is ended.
    if (run[name] !== process.pid && commandLine(run[name]).includes(main)) await end(run[name]);
  }
}

/** Throws when a port is taken: after `clearLeftovers` it can only be a stranger's. */
export async function assertPortsFree(ports) {
  for (const [variable, port] of Object.entries(ports)) {
    if (await portIsFree(port)) continue;
    throw new Sentence(
      `Port ${port} is taken by another program: end it, or choose another port with ${variable}.`,
    );
  }
}

async function end(pid) {
  signal(pid, 'SIGTERM');
  if (await gone(pid, END_LIMIT_MS)) return;
  signal(pid, 'SIGKILL');
  await gone(pid, END_LIMIT_MS);
}
