// What a test that draws from a seed says when it fails: the seed, the commit, and the one line that makes it come again.
import { spawnSync } from 'node:child_process';
import { onTestFailed, TestRunner } from 'vitest';

declare module 'vitest' {
  /** What a fault test tells the closing table of all tests; one that tells nothing is one run. */
  interface TaskMeta {
    /** What was tried, where its title begins with no number of a fault. */
    tried?: string;
    runs?: number;
    seeds?: string;
  }
}

/** Call it in a test that draws; `command` begins with the variables that set the seed, where it can be set. What failed by night is played by night's numbers again. */
export function replayedBy(seed: number, command: string): void {
  Object.assign(TestRunner.getCurrentTest()?.meta ?? {}, { seeds: String(seed) });
  const size = process.env.STOCKBOOK_NIGHTLY === '1' ? 'STOCKBOOK_NIGHTLY=1 ' : '';
  onTestFailed(() => console.log(replayLine(seed, `${size}${command}`)));
}

export function replayLine(seed: number, command: string): string {
  // A copy without its history has no commit to name.
  const git = spawnSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' });
  const commit = git.status === 0 ? git.stdout.trim() : 'unknown';
  return `SEED=${seed} COMMIT=${commit} again with: ${command}`;
}

/** What a run without a failure shows, in words: by the rule of three, at 95 %. */
export function boundOf(runs: number): string {
  return `0 failures in ${runs}: below ${Number(((3 / runs) * 100).toPrecision(2))} % of schedules at 95 %`;
}
