// @vitest-environment node
// What a browser must load, after gzip: 60 KB of script at first, 25 KB a page more, 8 KB of style.
import { existsSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';

const initialMaxKb = 60;
const routeMaxKb = 25;
const styleMaxKb = 8;

interface Chunk {
  file: string;
  isEntry?: boolean;
  isDynamicEntry?: boolean;
  imports?: string[];
  css?: string[];
}

const dist = new URL('../dist/', import.meta.url);
const manifestUrl = new URL('.vite/manifest.json', dist);
const built = existsSync(manifestUrl);
if (!built)
  console.log(
    'The byte budgets were not checked: the dashboard is not built (npm run build in apps/dashboard).',
  );

describe.skipIf(!built)(
  `byte budgets of the built dashboard${built ? '' : ' (skipped: it is not built)'}`,
  () => {
    const manifest: Record<string, Chunk> = built ? JSON.parse(readFileSync(manifestUrl, 'utf8')) : {};
    const entry = Object.keys(manifest).find((name) => manifest[name]?.isEntry === true) ?? '';
    const initial = closure(manifest, entry);
    const pages = Object.keys(manifest).filter((name) => /^src\/pages\/[^/]+\/index\.tsx$/.test(name));

    test(`the first load is at most ${initialMaxKb} KB of script`, () => {
      expect(initial.size).toBeGreaterThan(0);
      expect(weightKb(scripts(manifest, initial))).toBeLessThanOrEqual(initialMaxKb);
    });

    test.each(pages)(`%s adds at most ${routeMaxKb} KB`, (page) => {
      const added = [...closure(manifest, page)].filter((name) => !initial.has(name));
      expect(weightKb(scripts(manifest, added))).toBeLessThanOrEqual(routeMaxKb);
    });

    test(`all styles are at most ${styleMaxKb} KB`, () => {
      const styles = new Set(Object.values(manifest).flatMap((chunk) => chunk.css ?? []));
      expect(styles.size).toBeGreaterThan(0);
      expect(weightKb(styles)).toBeLessThanOrEqual(styleMaxKb);
    });
  },
);

/** A chunk and all that it imports before it runs. */
function closure(manifest: Record<string, Chunk>, name: string, seen = new Set<string>()): Set<string> {
  if (seen.has(name) || manifest[name] === undefined) return seen;
  seen.add(name);
  for (const imported of manifest[name].imports ?? []) closure(manifest, imported, seen);
  return seen;
}

function scripts(manifest: Record<string, Chunk>, names: Iterable<string>): Set<string> {
  return new Set([...names].map((name) => manifest[name]?.file ?? ''));
}

function weightKb(files: Iterable<string>): number {
  return [...files].reduce((sum, file) => sum + gzipSync(readFileSync(new URL(file, dist))).length, 0) / 1024;
}
