// The browser of the end-to-end tests: the one named, the one on the PATH, else one that is installed for them.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';
import { inRoot } from './root.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const APT_LIMIT_MS = 240_000;
const PLAYWRIGHT_LIMIT_MS = 60_000;

/** A path to Chromium, or undefined when there is none to be had; `say` hears what is being done. */
export function findBrowser(env, say) {
  if (env.CHROMIUM_PATH) return env.CHROMIUM_PATH;
  return onPath(NAMES, env) ?? fromDebian(env, say) ?? fromPlaywright(env, say);
}

/** The first of the names that can be run from the PATH. */
export function onPath(names, env) {
  const folders = (env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
  return names.flatMap((name) => folders.map((folder) => path.join(folder, name))).find(isProgram);
}

function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function fromDebian(env, say) {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version') || !onPath(['apt-get'], env))
    return undefined;
  say('Installing Chromium for the browser tests (apt-get install chromium fonts-inter) ...');
  const options = {
    env: { ...env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: 'ignore',
    timeout: APT_LIMIT_MS,
  };
  spawnSync('apt-get', ['update', '-q'], options);
  spawnSync(
    'apt-get',
    ['install', '-y', '-q', '--no-install-recommends', 'chromium', 'fonts-inter'],
    options,
  );
  return onPath(NAMES, env);
}

function fromPlaywright(env, say) {
  say(`Asking Playwright for its Chromium, ${PLAYWRIGHT_LIMIT_MS / 1000} s at most ...`);
  const cwd = inRoot('e2e');
  const cli = path.join(cwd, 'node_modules/playwright-core/cli.js');
  if (!existsSync(cli)) return undefined;
  const got = spawnSync(process.execPath, [cli, 'install', 'chromium'], {
    cwd,
    env,
    stdio: 'ignore',
    timeout: PLAYWRIGHT_LIMIT_MS,
  });
  if (got.status !== 0) return undefined;
  const ask =
    "import('playwright-core').then((p) => console.log((p.default ?? p).chromium.executablePath()))";
  const place = spawnSync(process.execPath, ['-e', ask], { cwd, env, encoding: 'utf8' }).stdout?.trim();
  return place && existsSync(place) ? place : undefined;
}
