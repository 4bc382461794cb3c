// The harness is itself tried: twelve bugs, each planted in a scratch copy of the code, must each be caught; a patch that no longer applies fails.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const folder = fileURLToPath(new URL('./bugs/', import.meta.url));
const bugs = readdirSync(folder).filter((file) => file.endsWith('.patch'));
/** The nightly run lets every bug loose; the ordinary one tries that each applies, and lets these loose. */
const ordinary = ['02-reuse-key', '06-summarise-errors', '08-refresh-without-lock'];
const isNightly = process.env.STOCKBOOK_NIGHTLY === '1' || process.env.STOCKBOOK_BUGS === 'all';

let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(path.join(tmpdir(), 'stockbook-bugs-'));
  const left = new Set(['node_modules', '.git', '.stockbook', '.turbo'].map((name) => path.join(root, name)));
  const isKept = (file: string) => !left.has(file) && !/\/(test-results|\.turbo)$/.test(file);
  // The packages' own links lead to each other and to what is installed, so they are copied as they are.
  cpSync(root, scratch, { recursive: true, verbatimSymlinks: true, filter: isKept });
  symlinkSync(path.join(root, 'node_modules'), path.join(scratch, 'node_modules'));
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

it('there are twelve', () => expect(bugs).toHaveLength(12));

it.each(bugs)('%s is caught', { timeout: 600_000 }, (bug) => {
  const patch = path.join(folder, bug);
  const [what = '', by = ''] = readFileSync(patch, 'utf8').split('\n');
  const applied = run('git', ['apply', patch]);
  expect(applied.said, `${bug} no longer applies`).toBe('');
  try {
    if (!isNightly && !ordinary.some((name) => bug.startsWith(name))) return;
    const [file = '', ...chosen] = by.replace('Caught by: ', '').split(' ');
    const vitest = path.join(scratch, 'node_modules/vitest/vitest.mjs');
    const options = ['run', '--root', scratch, '--project', 'faults', '--bail', '1'];
    const tests = run(process.execPath, [vitest, ...options, `faults/${file}.test.ts`, ...chosen]);
    const caught = /^.*(AssertionError|Error): .*$/m.exec(tests.said)?.[0].trim() ?? 'nothing';
    const seeds = /after (\d+) schedules/.exec(tests.said)?.[1] ?? '1';
    console.log(
      `${bug}: ${what} Caught by ${file} with ${seeds} of at most 200 seeds: ${caught.slice(0, 200)}`,
    );
    expect(tests.said).toMatch(/Tests .*\b1 failed/);
    expect(tests.said).not.toMatch(/\b0 test\b|No test files found|Cannot find/);
  } finally {
    expect(run('git', ['apply', '-R', patch]).said).toBe('');
  }
});

function run(program: string, args: readonly string[]): { said: string } {
  const { superuserUrl } = inject('cluster');
  const kept = Object.entries(process.env).filter(([name]) => !/^(VITEST|NODE_ENV|TEST$)/.test(name));
  const env = {
    ...Object.fromEntries(kept),
    ...{ TEST_DATABASE_URL: superuserUrl, STOCKBOOK_SCHEDULES: '200', STOCKBOOK_NIGHTLY: '', NO_COLOR: '1' },
    // Far from Greenwich, so that whoever reckons in local time is seen.
    TZ: 'America/Los_Angeles',
  };
  const ended = spawnSync(program, args, { cwd: scratch, env, encoding: 'utf8' });
  return { said: ended.status === 0 && program === 'git' ? '' : `${ended.stdout}${ended.stderr}` };
}
