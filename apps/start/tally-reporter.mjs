// A vitest reporter that writes what the closing lines of `npm test` need: counts, failures, why tests were skipped, and what the fault tests tried.
import { writeFileSync } from 'node:fs';

export default class TallyReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const tally = {
      passed: 0,
      failed: unhandledErrors.length,
      skipped: 0,
      failures: [],
      skips: [],
      faults: [],
    };
    for (const error of unhandledErrors) tally.failures.push(`outside any test: ${error.message}`);
    for (const module of modules) addModule(tally, module);
    const file = process.env.STOCKBOOK_TALLY;
    if (file) writeFileSync(file, JSON.stringify(tally));
  }
}

/** A file that cannot be loaded and a suite whose hook fails count as one failure each: their tests did not run. */
function addModule(tally, module) {
  const place = `${module.project.name} ${module.relativeModuleId}`;
  for (const _ of module.errors()) addFailure(tally, `${place}: could not be run`);
  for (const suite of module.children.allSuites()) {
    for (const _ of suite.errors()) addFailure(tally, `${place} > ${suite.fullName}: a hook failed`);
  }
  for (const test of module.children.allTests()) {
    const { state, note } = test.result();
    const name = `${place} > ${test.fullName}`;
    if (module.project.name === 'faults') addTry(tally, test);
    if (state === 'passed') tally.passed += 1;
    else if (state === 'failed') addFailure(tally, name);
    else {
      tally.skipped += 1;
      tally.skips.push({
        name,
        reason: note ?? /\(skipped: (.+?)\)/.exec(name)?.[1] ?? 'no reason is given',
      });
    }
  }
}

/** Its title names the fault, or the test itself does, which also tells how many runs it made and by which seeds. */
function addTry(tally, test) {
  const { tried, runs = 1, seeds } = test.meta();
  const fault = tried ?? /\bF\d+(?:(?:, | to | and )F\d+)*/.exec(test.fullName)?.[0];
  if (fault === undefined) return;
  const ms = test.diagnostic()?.duration ?? 0;
  tally.faults.push({ fault, runs, seeds, ms, state: test.result().state });
}

function addFailure(tally, name) {
  tally.failed += 1;
  tally.failures.push(name);
}
