// Files on their way to the server: looked at before anything is sent, then streamed from the disk one after the other.
import { createReadStream } from 'node:fs';
import { access, constants, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Session } from './command.ts';
import { loadQuery } from './documents/load.ts';
import { Sentence } from './sentence.ts';

export interface UploadFile {
  path: string;
  /** What the report calls it: its own name, or its path where two have the same. */
  name: string;
  bytes: number;
}

/** Throws a Sentence that names every file that is missing, a folder, or closed to us. */
export async function checkFiles(paths: readonly string[]): Promise<UploadFile[]> {
  const looked = await Promise.all(paths.map(look));
  const problems = looked.flatMap((entry) => (typeof entry === 'string' ? [entry] : []));
  if (problems.length > 0) throw new Sentence(problems.join(' '));
  const files = looked.flatMap((entry) => (typeof entry === 'string' ? [] : [entry]));
  const names = files.map((file) => path.basename(file.path));
  return files.map((file, index) => {
    const name = names[index] ?? file.path;
    return { ...file, name: names.indexOf(name) === names.lastIndexOf(name) ? name : file.path };
  });
}

async function look(file: string): Promise<{ path: string; bytes: number } | string> {
  try {
    const found = await stat(file);
    if (found.isDirectory())
      return `${file} is a folder: name its files, such as ${path.join(file, '*.csv')}.`;
    await access(file, constants.R_OK);
    return { path: file, bytes: found.size };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return `There is no file ${file}.`;
    return `${file} cannot be read (${error.code}).`;
  }
}

/** Sends the files in their order. A file the server has a fault with is in the load's report; the others go on. */
export async function upload(
  { api, progress }: Session,
  load: string,
  files: readonly UploadFile[],
): Promise<void> {
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  let sent = 0;
  for (const [index, file] of files.entries()) {
    const onBytes = (bytes: number) => {
      sent += bytes;
      progress.show(`Uploading ${file.name}`, sent, total);
    };
    const answer = await api
      .put(`/loads/${load}/files/${index + 1}`, counted(file.path, onBytes))
      .catch(async (error) => {
        // A server that refuses a file may close the line before all of it is sent.
        if (error instanceof Sentence && (await isRefused(api, load, index)))
          return { kind: 'taken' as const };
        throw error;
      });
    if (answer.kind === 'refused' && !(await isRefused(api, load, index)))
      throw new Sentence(`${file.name} was not taken: ${answer.problem}`);
  }
  progress.end();
}

async function isRefused(api: Session['api'], load: string, index: number): Promise<boolean> {
  const now = await api.ask(loadQuery, { id: load });
  return (now?.files[index]?.problem ?? null) !== null;
}

async function* counted(file: string, onBytes: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of createReadStream(file, { highWaterMark: 256 * 1024 })) {
    onBytes(chunk.length);
    yield chunk;
  }
}
