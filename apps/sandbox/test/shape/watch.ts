// For each test file: judges every answer the sandbox gives while it runs, and fails the file when one has a wrong shape.
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, inject } from 'vitest';
import { z } from 'zod';
import { createCheck, type Verdict } from './answer-check.ts';
import { specificationShape } from './specification.ts';

const channel = 'xero-sandbox.answered';
const folder = inject('shapes');

const answeredShape = z.object({
  method: z.string(),
  segments: z.array(z.string()),
  status: z.number(),
  contentType: z.string(),
  body: z
    .string()
    .optional()
    .transform((body) => body),
  fault: z.string(),
});

if (folder !== '') {
  const seen = { answers: 0, faulty: 0, kinds: new Set<string>() };
  const faults = new Set<string>();
  let check: ((answered: z.infer<typeof answeredShape>) => Verdict) | undefined;
  const look = (message: unknown): void => {
    const answered = answeredShape.parse(message);
    // A fault that somebody asked for has the shape it was asked to have.
    if (answered.fault !== '') return;
    check ??= openCheck(folder);
    const verdict = check(answered);
    seen.answers += 1;
    seen.kinds.add(verdict.kind);
    if (verdict.faults.length > 0) seen.faulty += 1;
    for (const fault of verdict.faults) faults.add(`${verdict.kind}: ${fault}`);
  };
  const children = `${process.pid}-${process.hrtime.bigint()}`;
  beforeAll(() => {
    subscribe(channel, look);
    // Programs that a test starts write their answers down instead.
    process.env.ANSWERS_OF_SANDBOX = join(folder, `${children}-child`);
    const told = process.env.NODE_OPTIONS ?? '';
    const imported = ` --import ${new URL('child.mjs', import.meta.url)}`;
    // A file before this one may have said so in the same process.
    if (!told.includes(imported)) process.env.NODE_OPTIONS = `${told}${imported}`;
  });
  afterAll(() => {
    unsubscribe(channel, look);
    for (const line of linesOfChildren(children)) look(JSON.parse(line));
    const told = { ...seen, kinds: [...seen.kinds] };
    writeFileSync(join(folder, `seen-${children}.json`), JSON.stringify(told));
    if (faults.size > 0) {
      const list = [...faults].slice(0, 40).join('\n');
      throw new Error(`${faults.size} answers do not have the shape Xero documents:\n${list}`);
    }
  });
}

function openCheck(folder: string): (answered: z.infer<typeof answeredShape>) => Verdict {
  const text = readFileSync(join(folder, 'specification.json'), 'utf8');
  const check = createCheck(specificationShape.parse(JSON.parse(text)));
  return ({ body, ...answered }) => check({ ...answered, body });
}

function linesOfChildren(name: string): readonly string[] {
  return readdirSync(folder)
    .filter((file) => file.startsWith(`${name}-child`))
    .flatMap((file) => readFileSync(join(folder, file), 'utf8').split('\n'))
    .filter((line) => line !== '');
}
