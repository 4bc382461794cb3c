// Brings a clone to the state its sources ask for: dependencies installed, packages built; silent and quick when they are.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inRoot } from './root.mjs';
import { Sentence } from './sentence.mjs';

/** Installs and builds if anything changed since the last time. `say` gets progress lines, `output` is the descriptor for the tools' own. */
export function ensureBuilt({ say = console.log, output = 1 } = {}) {
  if (installIfChanged(say, output) || buildStampDiffers()) build(say, output);
}

/** The environment for tools and children: npm exports its own settings as npm_*, which pnpm and turbo would take for theirs. */
export function cleanEnvironment() {
  const kept = Object.entries(process.env).filter(([name]) => !FOREIGN_SETTING.test(name));
  return {
    ...Object.fromEntries(kept),
    TURBO_TELEMETRY_DISABLED: '1',
    DO_NOT_TRACK: '1',
    TURBO_NO_UPDATE_NOTIFIER: '1',
  };
}

/** Runs one of the workspace's tools to its end; answers its exit code. */
export function runTool(program, args, { output = 1, env = cleanEnvironment(), cwd = inRoot() } = {}) {
  const options = { stdio: ['ignore', output, 2], env, cwd, shell: process.platform === 'win32' };
  const ended = spawnSync(program, args, options);
  if (ended.error) throw new Sentence(`${program} could not be run: ${ended.error.message}`);
  return ended.status ?? 1;
}

const FOREIGN_SETTING = /^npm_(?!config_(cache|registry|userconfig|globalconfig|store_dir)$)/i;
const INSTALL_STAMP = inRoot('node_modules', '.stockbook-install');
const BUILD_STAMP = inRoot('node_modules', '.stockbook-build');
const NOT_SOURCES = new Set(['node_modules', 'dist', 'generated', 'test', '.turbo', 'test-results']);

function installIfChanged(say, output) {
  const { packageManager } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  const lock = readFileSync(inRoot('pnpm-lock.yaml'));
  const wanted = createHash('sha256')
    .update(lock)
    .update(packageManager)
    .update(process.version)
    .digest('hex');
  if (readStamp(INSTALL_STAMP) === wanted) return false;
  say(`Installing the packages with ${packageManager} (the first time takes a while) ...`);
  const began = Date.now();
  pnpm(
    ['install', '--frozen-lockfile', '--reporter=append-only'],
    output,
    'The packages could not be installed',
  );
  writeFileSync(INSTALL_STAMP, wanted);
  say(`Installed in ${seconds(began)}.`);
  return true;
}

function build(say, output) {
  say('Building what changed ...');
  const began = Date.now();
  pnpm(['exec', 'turbo', 'run', 'build', '--output-logs=errors-only'], output, 'The build failed');
  mkdirSync(inRoot('node_modules'), { recursive: true });
  writeFileSync(BUILD_STAMP, sourcesStamp());
  say(`Built in ${seconds(began)}.`);
}

/** pnpm comes through npx, which also puts it on the PATH for turbo. CI: no question is asked of a terminal. The log level: .npmrc makes npm and pnpm silent, and here their errors are wanted. */
function pnpm(args, output, failure) {
  const { packageManager } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  const code = runTool('npx', ['--yes', packageManager, ...args], {
    output,
    env: { ...cleanEnvironment(), CI: 'true', npm_config_loglevel: 'warn' },
  });
  if (code !== 0) throw new Sentence(`${failure}: the reason stands above.`);
}

function buildStampDiffers() {
  return readStamp(BUILD_STAMP) !== sourcesStamp();
}

/** Names, sizes and times of all that is built from, and whether each built folder is there. */
function sourcesStamp() {
  const hash = createHash('sha256');
  for (const file of ['package.json', 'tsconfig.base.json', 'turbo.json']) addFile(hash, inRoot(file));
  for (const folder of ['apps', 'packages']) {
    for (const name of readdirSync(inRoot(folder)).sort()) addPackage(hash, inRoot(folder, name));
  }
  addPackage(hash, inRoot('prisma'));
  return hash.digest('hex');
}

function addPackage(hash, folder) {
  addFolder(hash, folder);
  hash.update(`${folder} ${existsSync(path.join(folder, 'dist'))}\n`);
}

function addFolder(hash, folder) {
  if (!statSync(folder).isDirectory()) return;
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory() && !NOT_SOURCES.has(entry.name)) addFolder(hash, file);
    if (entry.isFile() && !entry.name.endsWith('.test.ts')) addFile(hash, file);
  }
}

function addFile(hash, file) {
  const { size, mtimeMs } = statSync(file);
  hash.update(`${file} ${size} ${mtimeMs}\n`);
}

function readStamp(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function seconds(began) {
  return `${((Date.now() - began) / 1000).toFixed(1)} s`;
}
