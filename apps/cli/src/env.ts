// The environment, parsed once: where the server is, which key opens it, and the folder file arguments are relative to.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { Sentence } from './sentence.ts';

export type Env = {
  /** The server's origin, without a slash at the end. */
  url: string;
  /** The key itself, or the file that the first start wrote it to. */
  key: { kind: 'given'; key: string } | { kind: 'file'; path: string };
  /** The folder the command was called from; npm changes the working folder but leaves this. */
  callerFolder: string;
};

/** Throws a Sentence for a URL or port that cannot be one. */
export function parseEnv(env: Record<string, string | undefined>, workingFolder: string): Env {
  const read = settings.parse(env);
  const key = read.STOCKBOOK_API_KEY;
  return {
    url: parseOrigin(read.STOCKBOOK_URL ?? `http://localhost:${read.PORT ?? '4000'}`),
    key: key
      ? { kind: 'given', key }
      : { kind: 'file', path: path.resolve(projectRoot, read.DATA_DIR ?? '.stockbook', 'api-key') },
    callerFolder: read.INIT_CWD ?? workingFolder,
  };
}

/** An empty setting is one that was not made. */
const setting = z.optional(z.preprocess((text) => (text === '' ? undefined : text), z.optional(z.string())));
const settings = z.object({
  STOCKBOOK_URL: setting,
  STOCKBOOK_API_KEY: setting,
  PORT: setting,
  DATA_DIR: setting,
  INIT_CWD: setting,
});

/** Three levels above this file, built or not. */
const projectRoot = fileURLToPath(new URL('../../../', import.meta.url));

function parseOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && ['http:', 'https:'].includes(url.protocol)) return url.href.replace(/\/+$/, '');
  throw new Sentence(
    `${text} is not the address of a Stockbook: set STOCKBOOK_URL to one such as http://localhost:4000.`,
  );
}
