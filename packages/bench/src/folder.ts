// A scratch folder that goes when the bench ends.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Endings } from './endings.ts';

export async function takeFolder(endings: Endings): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'stockbook-bench-'));
  endings.add(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}
