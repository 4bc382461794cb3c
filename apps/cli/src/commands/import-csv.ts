// `stockbook import csv`: uploads files as one load and follows it to its report.
import path from 'node:path';
import type { Api } from '../api.ts';
import { defineCommand, type Outcome, ready, type Session, usage } from '../command.ts';
import {
  closeLoad,
  createLoad,
  type Load,
  loadProgress,
  loadQuery,
  rejectionsQuery,
  templatesQuery,
} from '../documents/load.ts';
import { follow } from '../follow.ts';
import { granted } from '../granted.ts';
import { readPages } from '../pages.ts';
import { Sentence } from '../sentence.ts';
import { checkFiles, upload } from '../upload.ts';
import { loadJson, loadText } from './load-text.ts';

export const importCsv = defineCommand<Input>({
  words: 'import csv',
  takes: '--template NAME [--strict] FILE...',
  summary: 'Reads CSV files into the inventory; all files of one command are one set.',
  options: {
    template: { value: 'NAME', about: 'what the columns mean, such as online-retail' },
    strict: { about: 'rejected rows make the exit code 1' },
  },
  read(given) {
    const template = given.text('template');
    if (template === undefined)
      return usage('Say what the columns mean with --template, such as --template online-retail.');
    if (given.words.length === 0) return usage('Name at least one file.');
    return ready({ template, files: given.words, strict: given.flag('strict') });
  },
  async run(session, { template, files, strict }) {
    const found = await checkFiles(files.map((file) => path.resolve(session.callerFolder, file)));
    await assertTemplate(session.api, template);
    const names = found.map(({ name }) => name);
    const { id } = granted(await session.api.ask(createLoad, { input: { template, files: names } }));
    await upload(session, id, found);
    granted(await session.api.ask(closeLoad, { input: { id } }));
    return report(session, await watch(session, id), strict);
  },
});

interface Input {
  template: string;
  files: string[];
  strict: boolean;
}

const REJECTIONS_MAX = 1_000_000;

async function assertTemplate(api: Api, template: string): Promise<void> {
  const templates = await api.ask(templatesQuery);
  if (templates.some(({ name }) => name === template)) return;
  throw new Sentence(
    `There is no template '${template}': ${templates.map(({ name }) => name).join(', ')}.`,
    2,
  );
}

async function watch({ api, progress }: Session, id: string): Promise<Load> {
  const load = await follow<Load>(api, {
    live: loadProgress,
    look: loadQuery,
    id,
    onNews: ({ position, documents }) => progress.show('Importing', position, documents),
    until: ({ state }) => state === 'DONE' || state === 'FAILED',
  });
  progress.end();
  return load;
}

/** A file that was refused whole is something the command could not do; a rejected row is part of its report. */
async function report({ api }: Session, load: Load, strict: boolean): Promise<Outcome> {
  const { nodes: rejections } = await readPages(api, rejectionsQuery, { id: load.id }, REJECTIONS_MAX);
  const refusedFile = load.files.some(({ problem }) => problem !== null);
  const failed = load.state === 'FAILED' || refusedFile || (strict && load.rowsRejected > 0);
  return { exitCode: failed ? 1 : 0, json: loadJson(load, rejections), text: loadText(load, rejections) };
}
