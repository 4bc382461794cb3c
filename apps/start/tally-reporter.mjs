// A vitest reporter that writes what the closing line of `npm test` needs: counts, failures, and why tests were skipped.
import { writeFileSync } from 'node:fs';

export default class TallyReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const tally = { passed: 0, failed: unhandledErrors.length, skipped: 0, failures: [], skips: [] };
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

function addFailure(tally, name) {
  tally.failed += 1;
  tally.failures.push(name);
}
