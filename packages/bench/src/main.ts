// `npm run bench -- main-job|load|sandbox [--json] [--save]`: measures a goal beside its baseline; the table on standard output, progress on standard error.
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createEndings } from './endings.ts';
import { measureLoad } from './load.ts';
import { readMachine } from './machine.ts';
import { measureMainJob } from './main-job.ts';
import { measureSandbox } from './sandbox-rows.ts';
import { jsonOf, markdownOf, type Result } from './table.ts';

const goals = {
  'main-job': { title: 'The main job', measure: measureMainJob },
  load: { title: 'The load', measure: measureLoad },
  sandbox: { title: 'The sandbox', measure: measureSandbox },
};
const flags = new Set(['--json', '--save']);
const usage = `Usage: npm run bench -- ${Object.keys(goals).join(' | ')} [--json] [--save]`;

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  const [name, ...others] = args.filter((arg) => !arg.startsWith('--'));
  const unknown = args.filter((arg) => arg.startsWith('--') && !flags.has(arg));
  if (!isGoal(name) || others.length > 0 || unknown.length > 0) {
    console.error(usage);
    return 2;
  }
  const goal = goals[name];
  const endings = createEndings();
  try {
    const measured = await goal.measure(endings, say);
    const result: Result = { title: goal.title, machine: readMachine(), ...measured };
    console.log(args.includes('--json') ? jsonOf(result) : markdownOf(result));
    if (args.includes('--save')) save(name, result);
    return 0;
  } catch (error) {
    console.error(error);
    return 1;
  } finally {
    await endings.run();
  }
}

function isGoal(name: string | undefined): name is keyof typeof goals {
  return name !== undefined && Object.hasOwn(goals, name);
}

/** Progress, with the seconds since the start. */
function say(line: string): void {
  console.error(`${(performance.now() / 1000).toFixed(1).padStart(6)} s  ${line}`);
}

function save(name: string, result: Result): void {
  const folder = fileURLToPath(new URL('../results/', import.meta.url));
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}${name}.md`, `${markdownOf(result)}\n`);
  writeFileSync(`${folder}${name}.json`, `${jsonOf(result)}\n`);
}
