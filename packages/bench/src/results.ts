// The folder of results: the latest run's table and JSON, which git leaves alone, and those that are committed.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export interface Texts {
  /** Such as 'goals'. */
  name: string;
  json: string;
  markdown: string;
  /** Where all goals were measured. */
  whole?: { svg: string; readme: (text: string) => string };
}

/** Every run is written as `latest`; one that is saved under its name too, and where it is whole its picture. */
export function writeResults(folder: string, texts: Texts, saves: boolean): void {
  mkdirSync(folder, { recursive: true });
  for (const name of saves ? ['latest', texts.name] : ['latest']) {
    writeFileSync(path.join(folder, `${name}.md`), `${texts.markdown}\n`);
    writeFileSync(path.join(folder, `${name}.json`), `${texts.json}\n`);
  }
  if (saves && texts.whole !== undefined)
    writeFileSync(path.join(folder, 'documents-per-minute.svg'), texts.whole.svg);
}
