// `npm test` and `npm run nightly`: every test from unit to browser on one PostgreSQL, the pure ones again in two far time zones, and one closing line.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findBrowser, onPath } from './browser.mjs';
import { faultTable } from './fault-table.mjs';
import { cleanEnvironment, ensureBuilt } from './install.mjs';
import { inRoot } from './root.mjs';
import { spawnTestPostgres } from './test-postgres.mjs';

const ZONES = ['Pacific/Auckland', 'America/Los_Angeles'];
const PURE = ['core', 'csv', 'entities'];

/** `nightly`: tests that can go on for long do so; they read STOCKBOOK_NIGHTLY. */
export async function runTests({ nightly = false } = {}) {
  ensureBuilt();
  const env = { ...cleanEnvironment(), ...testPrograms(), NO_COLOR: process.env.NO_COLOR ?? '1' };
  if (nightly) env.STOCKBOOK_NIGHTLY = '1';
  const given = process.env.TEST_DATABASE_URL;
  const postgres = given ? { url: given, stop: async () => undefined } : await spawnTestPostgres();
  const folder = mkdtempSync(path.join(tmpdir(), 'stockbook-tally-'));
  try {
    const run = (title, args, zone) =>
      vitest({ title, args, folder, env: withZone({ ...env, TEST_DATABASE_URL: postgres.url }, zone) });
    const tallies = [await run('all tests', [])];
    for (const zone of ZONES) tallies.push(await run(zone, projects(PURE), zone));
    if (hasZonesTest())
      for (const zone of ZONES) tallies.push(await run(zone, ['zones', ...projects(['e2e'])], zone));
    close(tallies);
  } finally {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Which browser and which mongod the tests may use; a test whose program is missing skips with that reason. */
function testPrograms() {
  const env = cleanEnvironment();
  const programs = {};
  const browser = findBrowser(env, console.log);
  if (browser) programs.CHROMIUM_PATH = browser;
  else console.log('There is no Chromium: the browser tests will be skipped.');
  const mongod = env.MONGOD_BINARY || onPath(['mongod'], env);
  if (mongod) programs.MONGOD_BINARY = mongod;
  return programs;
}

function withZone(env, zone) {
  return zone ? { ...env, TZ: zone } : env;
}

function projects(names) {
  return names.map((name) => `--project=${name}`);
}

function hasZonesTest() {
  return readdirSync(inRoot('e2e')).some((file) => file.includes('zones') && file.endsWith('.e2e.test.ts'));
}

/** A run that leaves no tally broke down as a whole: one failure. */
async function vitest({ title, args, folder, env }) {
  console.log(`\n${title}`);
  const tallyFile = path.join(folder, 'tally.json');
  rmSync(tallyFile, { force: true });
  const reporters = ['--reporter=default', `--reporter=${inRoot('apps/start/tally-reporter.mjs')}`];
  const program = inRoot('node_modules/vitest/vitest.mjs');
  const options = {
    stdio: ['ignore', 'inherit', 'inherit'],
    cwd: inRoot(),
    env: { ...env, STOCKBOOK_TALLY: tallyFile },
  };
  const child = spawn(process.execPath, [program, 'run', ...reporters, ...args], options);
  const status = await new Promise((resolve, reject) => child.once('error', reject).once('exit', resolve));
  const tally = existsSync(tallyFile)
    ? JSON.parse(readFileSync(tallyFile, 'utf8'))
    : brokenRun('vitest ended early');
  if (status !== 0 && tally.failed === 0)
    Object.assign(tally, { failed: 1, failures: ['vitest ended with an error'] });
  return { title, ...tally };
}

function brokenRun(reason) {
  return { passed: 0, failed: 1, skipped: 0, failures: [reason], skips: [], faults: [] };
}

/** Prints what the fault tests tried, what failed and what was skipped, and why; the very last line has the three sums. */
function close(tallies) {
  const sum = (key) => tallies.reduce((total, tally) => total + tally[key], 0);
  console.log(`\n${faultTable(tallies.flatMap(({ faults }) => faults))}\n`);
  for (const { title, failures } of tallies)
    for (const name of failures) console.log(`failed (${title}): ${name}`);
  for (const { title, skips } of tallies) {
    for (const { name, reason } of skips) console.log(`skipped (${title}): ${name}: ${reason}`);
  }
  const [passed, failed, skipped] = [sum('passed'), sum('failed'), sum('skipped')];
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
}
