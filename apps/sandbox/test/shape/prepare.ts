// Before the tests: makes the specification ready once for all files. After them: tells how many answers were judged.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { z } from 'zod';
import { readSpecification, specificationPath } from './specification.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder that holds `specification.json` and what each test file saw; '' where nothing is judged. */
    shapes: string;
  }
}

export default function prepare(project: TestProject): (() => void) | undefined {
  const specification = readSpecification();
  if (specification === undefined) {
    console.log(`Shape check of answers skipped: there is no ${specificationPath}.`);
    project.provide('shapes', '');
    return undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-shapes-'));
  writeFileSync(join(folder, 'specification.json'), JSON.stringify(specification));
  project.provide('shapes', folder);
  return () => {
    const seen = readdirSync(folder)
      .filter((name) => name.startsWith('seen-'))
      .map((name) => seenShape.parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))));
    rmSync(folder, { recursive: true, force: true });
    const kinds = new Set(seen.flatMap((one) => one.kinds)).size;
    const answers = seen.reduce((sum, one) => sum + one.answers, 0);
    const faulty = seen.reduce((sum, one) => sum + one.faulty, 0);
    console.log(`Shape check: ${answers} answers of ${kinds} kinds judged, ${faulty} faulty.`);
  };
}

export const seenShape = z.object({ answers: z.number(), faulty: z.number(), kinds: z.array(z.string()) });
