// The closing table of the fault tests.
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { starterFolder } from './program.ts';

interface Try {
  fault: string;
  runs: number;
  seeds?: string;
  ms: number;
  state: 'passed' | 'failed' | 'skipped';
}

function faultTable(tries: readonly Try[]): string[] {
  const program = `import { faultTable } from ${JSON.stringify(`${starterFolder}fault-table.mjs`)};
    process.stdout.write(faultTable(JSON.parse(process.argv[1])));`;
  const given = ['--input-type=module', '-e', program, '--', JSON.stringify(tries)];
  const { stdout, stderr } = spawnSync(process.execPath, given, { encoding: 'utf8' });
  if (stderr !== '') throw new Error(stderr);
  return stdout.split('\n');
}

test('each fault has a line, in their order, with all its tests and runs', () => {
  const lines = faultTable([
    { fault: 'planted bugs', runs: 2, ms: 500, state: 'passed' },
    { fault: 'F26', runs: 500, ms: 60_000, state: 'passed' },
    { fault: 'F6', runs: 10_000, seeds: '6', ms: 1_500, state: 'passed' },
    { fault: 'F26', runs: 48, ms: 40_000, state: 'passed' },
    { fault: 'F1 to F5, F34', runs: 10_002, seeds: '1 to 3', ms: 100, state: 'passed' },
  ]);
  expect(lines).toEqual([
    'fault         | tests | runs  | lost or twice | seconds | seeds',
    'F1 to F5, F34 | 1     | 10002 | 0             | 0.1     | 1 to 3',
    'F6            | 1     | 10000 | 0             | 1.5     | 6',
    'F26           | 2     | 548   | 0             | 100.0   |',
    'planted bugs  | 1     | 2     | 0             | 0.5     |',
  ]);
});

test('what failed or was skipped is not said to have lost nothing', () => {
  const lines = faultTable([
    { fault: 'F12', runs: 500, ms: 1_000, state: 'failed' },
    { fault: 'F12', runs: 50, ms: 1_000, state: 'passed' },
    { fault: 'F37', runs: 24, ms: 0, state: 'skipped' },
  ]);
  expect(lines.slice(1)).toEqual([
    'F12   | 2     | 550  | 1 failed      | 2.0     |',
    'F37   | 1     | 0    | 1 skipped     | 0.0     |',
  ]);
});

test('where no fault was tried there is no table', () => expect(faultTable([])).toEqual(['']));
