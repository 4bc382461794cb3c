// The starter's children: started one after the other, started again when they die, ended when asked.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { gone, signal } from './processes.mjs';
import { inRoot } from './root.mjs';
import { Sentence } from './sentence.mjs';

const READY_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 15_000;
const RESTART_FIRST_MS = 250;
const RESTART_LAST_MS = 10_000;
/** So many deaths, each within a minute of its start, and the starter gives up. */
const RAPID_DEATHS_MAX = 6;
const RAPID_MS = 60_000;

export const PROGRAMS = {
  sandbox: {
    main: 'apps/sandbox/dist/src/main.js',
    options: JSON.parse(readFileSync(inRoot('apps/sandbox/node-options.json'), 'utf8')),
  },
  api: { main: 'apps/api/dist/main.js', options: [] },
  // A heap of at most 512 MB: V8 lets the heap of a process that may grow to gigabytes treble between two collections, and
  // a long import would seem to leak. Room for what is new, which a batch of fifty fills again and again and leaves empty.
  // Agenda imports JSON, which Node 20 calls an experiment on every start.
  worker: {
    main: 'apps/worker/dist/main.js',
    options: [
      '--max-old-space-size=512',
      '--max-semi-space-size=32',
      '--disable-warning=ExperimentalWarning',
    ],
  },
};

/**
 * Starts a program and keeps it alive. `events` are `{ started(pid), says(sentence), givesUp(sentence) }`.
 * Answers `{ pid(), ready, stop(), kill() }`; `ready` resolves with the child's own message when it is first ready.
 */
export function keepAlive(name, env, events) {
  const state = { name, env, events, child: undefined, stopping: false, isReady: false, deaths: 0 };
  const ready = new Promise((resolve, reject) => {
    state.becameReady = resolve;
    state.failed = reject;
  });
  state.limit = setTimeout(
    () => state.failed(new Sentence(`The ${name} was not ready within ${READY_LIMIT_MS / 1000} s.`)),
    READY_LIMIT_MS,
  );
  launch(state);
  return { pid: () => state.child.pid, ready, stop: () => stop(state), kill: () => kill(state) };
}

/** One child with a channel to its parent, in a group of its own: the terminal's Ctrl-C is the starter's alone. */
export function spawnProgram(name, env) {
  const { main, options } = PROGRAMS[name];
  const settings = { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], detached: true, env, cwd: inRoot() };
  return spawn(process.execPath, [...options, inRoot(main)], settings);
}

function launch(state) {
  const began = Date.now();
  const child = spawnProgram(state.name, state.env);
  state.child = child;
  if (child.pid) state.events.started(child.pid);
  child.on('message', (message) => {
    if (message?.kind !== 'ready') return;
    clearTimeout(state.limit);
    state.isReady = true;
    state.becameReady(message);
  });
  child.once('error', (error) =>
    state.events.says(`The ${state.name} could not be started: ${error.message}`),
  );
  child.once('exit', (code, name) =>
    died(state, Date.now() - began, name ? `by ${name}` : `with code ${code}`),
  );
}

async function died(state, livedMs, how) {
  if (state.stopping) return;
  state.deaths = livedMs < RAPID_MS ? state.deaths + 1 : 1;
  if (state.deaths >= RAPID_DEATHS_MAX) {
    const sentence = `The ${state.name} ended ${state.deaths} times in quick succession, at last ${how}: Stockbook stops. Its own words stand above.`;
    clearTimeout(state.limit);
    if (state.isReady) state.events.givesUp(sentence);
    else state.failed(new Sentence(sentence));
    return;
  }
  const waitMs = Math.min(RESTART_LAST_MS, RESTART_FIRST_MS * 2 ** (state.deaths - 1));
  state.events.says(`The ${state.name} ended ${how}; it starts again in ${waitMs / 1000} s.`);
  await delay(waitMs);
  if (!state.stopping) launch(state);
}

async function stop(state) {
  state.stopping = true;
  clearTimeout(state.limit);
  const { pid } = state.child;
  if (!pid) return;
  signal(pid, 'SIGTERM');
  if (await gone(pid, STOP_LIMIT_MS)) return;
  signal(pid, 'SIGKILL');
  await gone(pid, STOP_LIMIT_MS);
}

function kill(state) {
  state.stopping = true;
  if (state.child.pid) signal(state.child.pid, 'SIGKILL');
}
