// `npm run check`: format, lint, types, then every test (the tidy test among them); stops at the first that fails.
import { existsSync } from 'node:fs';
import { ensureBuilt, runTool } from './install.mjs';
import { inRoot } from './root.mjs';
import { Sentence } from './sentence.mjs';
import { runTests } from './test.mjs';

export async function check() {
  ensureBuilt();
  const bin = (name) => inRoot('node_modules/.bin', name);
  step('format and lint', bin('biome'), ['ci', '--error-on-warnings', '.']);
  step('types', bin('tsc'), ['-p', 'tsconfig.json', '--noEmit']);
  const dashboard = inRoot('apps/dashboard/tsconfig.json');
  if (existsSync(dashboard)) step('types of the dashboard', bin('tsc'), ['-p', dashboard, '--noEmit']);
  await runTests();
}

function step(title, program, args) {
  console.log(`\n${title}`);
  if (runTool(program, args) !== 0)
    throw new Sentence(`npm run check: ${title} failed, the reasons stand above.`);
}
