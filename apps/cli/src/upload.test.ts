// Files are looked at before anything is sent.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkFiles } from './upload.ts';

describe('the files of an import', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'stockbook cli '));
    await mkdir(path.join(folder, 'more'));
    await writeFile(path.join(folder, 'a.csv'), 'abc');
    await writeFile(path.join(folder, 'b.csv'), '');
    await writeFile(path.join(folder, 'more/a.csv'), 'abcd');
  });

  afterAll(() => rm(folder, { recursive: true }));

  it('are known by their names, and by their paths where two have the same', async () => {
    const names = ['a.csv', 'b.csv', 'more/a.csv'].map((name) => path.join(folder, name));
    const [a, b, otherA] = names;
    expect(await checkFiles(names)).toEqual([
      { path: a, name: a, bytes: 3 },
      { path: b, name: 'b.csv', bytes: 0 },
      { path: otherA, name: otherA, bytes: 4 },
    ]);
  });

  it('are all named when they cannot be read', async () => {
    const asked = [path.join(folder, 'a.csv'), path.join(folder, 'gone.csv'), path.join(folder, 'more')];
    const refused = checkFiles(asked);
    await expect(refused).rejects.toThrow(`There is no file ${asked[1]}.`);
    await expect(refused).rejects.toThrow(`${asked[2]} is a folder`);
  });
});
