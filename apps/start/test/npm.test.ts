// What npm itself adds to a script's words: nothing, so that standard output is the script's alone.
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

const root = new URL('../../..', import.meta.url);

test('npm run prints what the script prints, on the stream it prints it on, and nothing else', () => {
  const ended = spawnSync('npm', ['run', 'migration'], {
    ...{ cwd: root, encoding: 'utf8', env: { PATH: process.env.PATH, HOME: process.env.HOME } },
  });
  expect(ended.stdout).toBe('');
  expect(ended.stderr).toContain('Usage: npm run migration -- <name>');
  expect(ended.status).toBe(1);
});
