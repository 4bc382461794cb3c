// `npm run bench [-- P3 ...|main-job|load|sandbox] [--json] [--save]`: all goals, some of them or one part beside its baseline; the table on standard output, progress on standard error.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createEndings, type Endings } from './endings.ts';
import { measureGoals } from './goals/all-goals.ts';
import { goalsJson, goalsMarkdown } from './goals/goal.ts';
import { pictureOf } from './goals/picture.ts';
import { readmeWith } from './goals/readme.ts';
import { measureLoad } from './load.ts';
import { readMachine } from './machine.ts';
import { measureMainJob } from './main-job.ts';
import { type Texts, writeResults } from './results.ts';
import { measureSandbox } from './sandbox-rows.ts';
import { jsonOf, markdownOf, type Result } from './table.ts';

const parts = {
  'main-job': { title: 'The main job', measure: measureMainJob },
  load: { title: 'The load', measure: measureLoad },
  sandbox: { title: 'The sandbox', measure: measureSandbox },
};
const goalName = /^P([1-9]|1[01])$/;
const flags = new Set(['--json', '--save']);
const usage = `Usage: npm run bench [-- P1 to P11, one or several | ${Object.keys(parts).join(' | ')}] [--json] [--save]
Without a name all goals P1 to P11 are measured. A goal alone brings those that the same windows measure along; --save is for all of them.
Table and JSON of each run stand in packages/bench/results/latest.md and latest.json.`;

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  const names = args.filter((arg) => !arg.startsWith('--'));
  const [part = ''] = names;
  const isOnePart = names.length === 1 && isPart(part);
  const unknown = args.filter((arg) => arg.startsWith('--') && !flags.has(arg));
  const saves = args.includes('--save');
  const areGoals = names.every((name) => goalName.test(name)) && !(saves && names.length > 0);
  if (!(isOnePart || areGoals) || unknown.length > 0) {
    console.error(usage);
    return 2;
  }
  const endings = createEndings();
  try {
    const texts = isPart(part) ? await measurePart(part, endings) : await measureNamed(names, endings);
    console.log(args.includes('--json') ? texts.json : texts.markdown);
    writeResults(fileURLToPath(new URL('../results/', import.meta.url)), texts, saves);
    if (saves) writeReadme(texts);
    return 0;
  } catch (error) {
    console.error(error);
    return 1;
  } finally {
    await endings.run();
  }
}

async function measureNamed(names: readonly string[], endings: Endings): Promise<Texts> {
  const { goals, bars } = await measureGoals(endings, names, say);
  const svg = pictureOf('Documents a minute at Xero’s limits', bars);
  const whole = bars.length > 0 && { whole: { svg, readme: (text: string) => readmeWith(text, goals) } };
  return { name: 'goals', json: goalsJson(goals), markdown: goalsMarkdown(goals), ...whole };
}

async function measurePart(name: keyof typeof parts, endings: Endings): Promise<Texts> {
  const { title, measure } = parts[name];
  const result: Result = { title, machine: readMachine(), ...(await measure(endings, say)) };
  return { name, json: jsonOf(result), markdown: markdownOf(result) };
}

function isPart(name: string): name is keyof typeof parts {
  return Object.hasOwn(parts, name);
}

/** Progress, with the seconds since the start. */
function say(line: string): void {
  console.error(`${(performance.now() / 1000).toFixed(1).padStart(6)} s  ${line}`);
}

/** The README shows what is committed of a run of all goals. */
function writeReadme({ whole }: Texts): void {
  if (whole === undefined) return;
  const readme = fileURLToPath(new URL('../../../README.md', import.meta.url));
  writeFileSync(readme, whole.readme(readFileSync(readme, 'utf8')));
}
