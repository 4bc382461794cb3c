// Where the CLI looks for the server and its key.
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseEnv } from './env.ts';

const root = path.resolve(import.meta.dirname, '../../..');

describe('the environment', () => {
  it.each([
    [{}, 'http://localhost:4000'],
    [{ PORT: '4321' }, 'http://localhost:4321'],
    [{ PORT: '' }, 'http://localhost:4000'],
    [{ STOCKBOOK_URL: 'https://books.example/', PORT: '4321' }, 'https://books.example'],
  ])('%o leads to %s', (env, url) => {
    expect(parseEnv(env, '/here').url).toBe(url);
  });

  it.each([{ STOCKBOOK_URL: 'books' }, { STOCKBOOK_URL: 'ftp://books' }, { PORT: 'many' }])(
    '%o is refused',
    (env) => {
      expect(() => parseEnv(env, '/here')).toThrow('is not the address of a Stockbook');
    },
  );

  it('takes the key it was given, else the file of the data folder, relative to the project', () => {
    expect(parseEnv({ STOCKBOOK_API_KEY: 'sb_1' }, '/here').key).toEqual({ kind: 'given', key: 'sb_1' });
    expect(parseEnv({}, '/here').key).toEqual({ kind: 'file', path: path.join(root, '.stockbook/api-key') });
    expect(parseEnv({ DATA_DIR: 'books' }, '/here').key).toEqual({
      kind: 'file',
      path: path.join(root, 'books/api-key'),
    });
    expect(parseEnv({ DATA_DIR: '/books' }, '/here').key).toEqual({ kind: 'file', path: '/books/api-key' });
  });

  it('resolves files from the folder npm was called in', () => {
    expect(parseEnv({ INIT_CWD: '/there' }, '/here').callerFolder).toBe('/there');
    expect(parseEnv({}, '/here').callerFolder).toBe('/here');
  });
});
