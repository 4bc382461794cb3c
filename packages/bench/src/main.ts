// `npm run bench [-- main-job|load|sandbox] [--json] [--save]`: all goals or one part beside its baseline; the table on standard output, progress on standard error.
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createEndings, type Endings } from './endings.ts';
import { measureGoals } from './goals/all-goals.ts';
import { goalsJson, goalsMarkdown } from './goals/goal.ts';
import { pictureOf } from './goals/picture.ts';
import { measureLoad } from './load.ts';
import { readMachine } from './machine.ts';
import { measureMainJob } from './main-job.ts';
import { measureSandbox } from './sandbox-rows.ts';
import { jsonOf, markdownOf, type Result } from './table.ts';

const parts = {
  'main-job': { title: 'The main job', measure: measureMainJob },
  load: { title: 'The load', measure: measureLoad },
  sandbox: { title: 'The sandbox', measure: measureSandbox },
};
const flags = new Set(['--json', '--save']);
const usage = `Usage: npm run bench [-- ${Object.keys(parts).join(' | ')}] [--json] [--save]`;

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  const [name, ...others] = args.filter((arg) => !arg.startsWith('--'));
  const unknown = args.filter((arg) => arg.startsWith('--') && !flags.has(arg));
  if ((name !== undefined && !isPart(name)) || others.length > 0 || unknown.length > 0) {
    console.error(usage);
    return 2;
  }
  const endings = createEndings();
  try {
    const texts = name === undefined ? await measureAll(endings) : await measurePart(name, endings);
    console.log(args.includes('--json') ? texts.json : texts.markdown);
    if (args.includes('--save')) save(texts);
    return 0;
  } catch (error) {
    console.error(error);
    return 1;
  } finally {
    await endings.run();
  }
}

interface Texts {
  name: string;
  json: string;
  markdown: string;
  svg?: string;
}

async function measureAll(endings: Endings): Promise<Texts> {
  const { goals, bars } = await measureGoals(endings, say);
  const svg = pictureOf('Documents a minute at Xero’s limits', bars);
  return { name: 'goals', json: goalsJson(goals), markdown: goalsMarkdown(goals), svg };
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

function save({ name, json, markdown, svg }: Texts): void {
  const folder = fileURLToPath(new URL('../results/', import.meta.url));
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}${name}.md`, `${markdown}\n`);
  writeFileSync(`${folder}${name}.json`, `${json}\n`);
  if (svg !== undefined) writeFileSync(`${folder}documents-per-minute.svg`, svg);
}
