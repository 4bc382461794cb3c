// What `npm run faults` makes of its arguments.
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { starterFolder } from './program.ts';

type Options = { chosen: string[]; env: Record<string, string> };

function faultOptions(args: readonly string[], env: Record<string, string> = {}): Options {
  const program = `import { faultOptions } from ${JSON.stringify(`${starterFolder}tools.mjs`)};
    console.log(JSON.stringify(faultOptions(process.argv.slice(1))));`;
  const given = ['--input-type=module', '-e', program, '--', ...args];
  const { stdout, stderr } = spawnSync(process.execPath, given, {
    ...{ encoding: 'utf8', env: { ...process.env, ...env } },
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}

test('days, hours or documents are a soak’s, whether it is named or not', () => {
  const soak = { chosen: ['soak'], env: { STOCKBOOK_SOAK_DAYS: '20' } };
  expect(faultOptions(['--days', '20'])).toEqual(soak);
  expect(faultOptions(['soak', '--days=20'])).toEqual(soak);
  expect(faultOptions(['--hours', '4', '--documents', '480']).env).toMatchObject({
    ...{ STOCKBOOK_SOAK_HOURS: '4', STOCKBOOK_SOAK_DOCUMENTS: '480' },
  });
  expect(faultOptions(['--hours', '4']).chosen).toEqual(['soak']);
});

test('a file is chosen by its name, and what vitest takes goes on to it', () => {
  expect(faultOptions(['refusals', '-t', 'F19'])).toEqual({ chosen: ['refusals', '-t', 'F19'], env: {} });
});

test('all the real data is taken, unless a failing seed names its first day', () => {
  expect(faultOptions(['real-data']).env).toEqual({ STOCKBOOK_REAL_DATA: 'whole' });
  expect(faultOptions(['real-data'], { STOCKBOOK_REAL_DATA: 'day' }).env).toEqual({
    STOCKBOOK_REAL_DATA: 'day',
  });
});
