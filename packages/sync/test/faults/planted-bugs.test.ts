// The harness is itself tried: twelve bugs, each planted in a scratch copy of the code, must each be caught by all that its patch names; a patch that no longer applies fails.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, inject, it, TestRunner } from 'vitest';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const folder = fileURLToPath(new URL('./bugs/', import.meta.url));
/** The fault tests, which the ordinary run and the nightly one let run on the code without a bug. */
const besides = readdirSync(path.dirname(fileURLToPath(import.meta.url)));
const bugs = readdirSync(folder).filter((file) => file.endsWith('.patch'));
/** The nightly run lets every bug loose on all that its patch names; the ordinary one tries that each applies, and lets these loose on the first. */
const ordinary = [
  '02-reuse-key',
  '03-drop-fencing',
  '04-worker-clock-lease',
  '07-mark-before-send',
  '08-refresh-without-lock',
  '10-local-time-window',
];
const isNightly = process.env.STOCKBOOK_NIGHTLY === '1' || process.env.STOCKBOOK_BUGS === 'all';
const seedsMax = 200;
/** A test that has not ended by then has not caught it: what goes on without an end says nothing. */
const limitMs = 240_000;

let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(path.join(tmpdir(), 'stockbook-bugs-'));
  const left = new Set(['node_modules', '.git', '.stockbook', '.turbo'].map((name) => path.join(root, name)));
  const isKept = (file: string) => !left.has(file) && !/\/(test-results|\.turbo|pictures)$/.test(file);
  // The packages' own links lead to each other and to what is installed, so they are copied as they are.
  cpSync(root, scratch, { recursive: true, verbatimSymlinks: true, filter: isKept });
  // What is installed is shared; what one run of the copy makes ready for the next stays with the copy.
  mkdirSync(path.join(scratch, 'node_modules'));
  for (const name of readdirSync(path.join(root, 'node_modules')))
    if (!/^\.(vite|experimental)/.test(name))
      symlinkSync(path.join(root, 'node_modules', name), path.join(scratch, 'node_modules', name));
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

it('there are twelve', () => expect(bugs).toHaveLength(12));

/** What a patch names: a file of the fault tests, and what is chosen of it. */
const catchersOf = (text: string) =>
  [...text.matchAll(/^(?:Caught|And) by: (.+)$/gm)].map(([, by = '']) => by);
/** What all bugs name, each once. The ordinary run tries the quickest of them in the copy; of the others it has the same tests beside these, on the code itself. */
const controls = [
  ...new Set(bugs.flatMap((bug) => catchersOf(readFileSync(path.join(folder, bug), 'utf8')))),
].filter((by) => isNightly || by.startsWith('token '));
it.each(controls)('without a bug the copy passes: %s', { timeout: limitMs + 60_000 }, (by) => {
  const { said, ended } = test(by, 20);
  expect({ ended, said }).toEqual({
    ...{ ended: true, said: expect.stringMatching(/Tests .*\b\d+ passed/) },
  });
  expect(said).not.toMatch(/Tests .*\bfailed/);
});

it.each(bugs)('%s is caught', { timeout: 3 * limitMs }, (bug) => {
  const patch = path.join(folder, bug);
  const text = readFileSync(patch, 'utf8');
  const [what = ''] = text.split('\n');
  const catchers = catchersOf(text);
  expect(catchers.length, `${bug} names nothing that catches it`).toBeGreaterThan(0);
  for (const by of catchers) expect(besides, by).toContain(`${by.split(' ')[0]}.test.ts`);
  // What catches it is left as it is, so that the same test without the bug is its control.
  for (const [, file] of text.matchAll(/^\+\+\+ b\/(.+)$/gm)) expect(file).toMatch(/^packages\/\w+\/src\//);
  expect(git('apply', patch), `${bug} no longer applies`).toBe('');
  try {
    if (!isNightly && !ordinary.some((name) => bug.startsWith(name))) return;
    const tried = isNightly ? catchers : catchers.slice(0, 1);
    Object.assign(TestRunner.getCurrentTest()?.meta ?? {}, { tried: 'planted bugs', runs: tried.length });
    for (const by of tried) expectCaught(`${bug}: ${what}`, by);
  } finally {
    expect(git('apply', '-R', patch)).toBe('');
  }
});

/** A file of the fault tests, or what is chosen of it, fails where the bug is. */
function expectCaught(bug: string, catcher: string): void {
  const startedMs = performance.now();
  const { said, ended } = test(catcher, seedsMax);
  const tookS = ((performance.now() - startedMs) / 1000).toFixed(1);
  const caught = /^.*Error: (?!after \d+ schedules SEED).*$/m.exec(said)?.[0].trim() ?? 'nothing';
  const seeds = Number(/after (\d+) schedules/.exec(said)?.[1] ?? 1);
  console.log(
    `${bug} Caught by ${catcher} with ${seeds} of at most ${seedsMax} seeds in ${tookS} s: ${caught.slice(0, 200)}; without it: ${controls.includes(catcher) ? 'the copy passes' : 'the same test beside this one'}`,
  );
  expect(ended, 'it ran into the limit of time').toBe(true);
  expect(said).toMatch(/Tests .*\b1 failed/);
  expect(said).not.toMatch(/\b0 test\b|No test files found|Cannot find|timed out in/);
  expect(seeds).toBeLessThanOrEqual(seedsMax);
}

/** What git says in the scratch copy; nothing when all is well. */
function git(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('git', args, { cwd: scratch, encoding: 'utf8' });
  return status === 0 ? '' : `${stdout}${stderr}`;
}

/** Runs a file of the fault tests, or what is chosen of it, in the scratch copy, up to the first that fails. */
function test(catcher: string, schedules: number): { said: string; ended: boolean } {
  const [file = '', ...chosen] = catcher.split(' ');
  const { superuserUrl } = inject('cluster');
  const kept = Object.entries(process.env).filter(([name]) => !/^(VITEST|NODE_ENV|TEST$)/.test(name));
  const env = {
    ...Object.fromEntries(kept),
    ...{ TEST_DATABASE_URL: superuserUrl, STOCKBOOK_SCHEDULES: String(schedules), STOCKBOOK_NIGHTLY: '' },
    // That a schedule fails is enough: the smallest one that does is nobody's.
    STOCKBOOK_SHRINK: '0',
    // Far from Greenwich, so that whoever reckons in local time is seen.
    ...{ NO_COLOR: '1', TZ: 'America/Los_Angeles' },
  };
  const vitest = path.join(scratch, 'node_modules/vitest/vitest.mjs');
  const options = ['--experimental.fsModuleCache', '--root', scratch, '--project', 'faults', '--bail', '1'];
  const args = [vitest, 'run', ...options, `faults/${file}.test.ts`, ...chosen];
  const ended = spawnSync(process.execPath, args, {
    ...{ cwd: scratch, env, encoding: 'utf8', timeout: limitMs, killSignal: 'SIGKILL' },
  });
  return { said: `${ended.stdout}${ended.stderr}`, ended: ended.signal === null };
}
