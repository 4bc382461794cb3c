// The files of one embedded PostgreSQL: where they are, how they are made, and the port and passwords kept beside them.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  accessSync,
  chownSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { assertEnterable, postgresBinaries, runsAs } from './postgres-user.mjs';
import { freePort } from './processes.mjs';
import { Sentence } from './sentence.mjs';

/** Paths, binaries and user for the cluster in a folder. */
export function placeOf(folder) {
  const cluster = path.join(folder, 'postgres');
  const log = path.join(folder, 'postgres.log');
  return { folder, cluster, log, ...postgresBinaries(), as: runsAs(cluster) };
}

/** Ends with a sentence where PostgreSQL could not work; needs nothing installed. */
export function assertUsable(folder) {
  assertEnterable(folder, runsAs(path.join(folder, 'postgres')));
}

/** `{ port, passwords }`, or undefined where no cluster has been made yet. */
export function readKept(place) {
  const file = path.join(place.folder, 'postgres.json');
  for (const draft of ['new', 'password'])
    rmSync(`${place.cluster}.${draft}`, { recursive: true, force: true });
  if (!existsSync(place.cluster)) return undefined;
  assertOurs(place);
  if (!existsSync(file)) {
    throw new Sentence(
      `${place.cluster} holds a database whose passwords, ${file}, are missing: put that file back, or move the folder away to begin anew.`,
    );
  }
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** Makes the cluster; answers what is kept. initdb works in a folder beside, renamed when it is whole: a killed first start begins again. */
export async function makeCluster(place) {
  const draft = `${place.cluster}.new`;
  const secret = () => randomBytes(24).toString('hex');
  const kept = { port: await freePort(), passwords: { superuser: secret(), owner: secret(), app: secret() } };
  mkdirSync(draft, { mode: 0o700 });
  const passwordFile = `${place.cluster}.password`;
  writeFileSync(passwordFile, kept.passwords.superuser, { mode: 0o600 });
  for (const file of [draft, passwordFile])
    if (place.as.uid !== undefined) chownSync(file, place.as.uid, place.as.gid);
  const options = [
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C.UTF-8',
    '--no-instructions',
  ];
  const made = spawnSync(binary(place, 'initdb'), [`--pgdata=${draft}`, ...options], {
    ...spawnOptions(place),
    encoding: 'utf8',
  });
  rmSync(passwordFile, { force: true });
  if (made.status !== 0)
    throw new Sentence(
      `PostgreSQL could not make its files in ${place.cluster}: ${(made.error?.message ?? made.stderr).trim()}`,
    );
  writeKept(place, kept);
  renameSync(draft, place.cluster);
  return kept;
}

/** The port it runs on now, for the next start. */
export function keepPort(place, kept, port) {
  if (kept.port !== port) writeKept(place, { ...kept, port });
}

export function binary(place, name) {
  return path.join(place.bin, process.platform === 'win32' ? `${name}.exe` : name);
}

/** Its working folder is one that any user may enter; of the environment it needs next to nothing. */
export function spawnOptions(place) {
  const env = { PATH: process.env.PATH ?? '', SystemRoot: process.env.SystemRoot ?? '', LC_ALL: 'C' };
  return { cwd: path.parse(place.folder).root, env, uid: place.as.uid, gid: place.as.gid };
}

function assertOurs(place) {
  try {
    if (place.as.uid === undefined)
      accessSync(place.cluster, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    throw new Sentence(
      `${place.cluster} belongs to another user: start Stockbook as that user, or choose another folder with DATA_DIR.`,
    );
  }
}

function writeKept(place, kept) {
  const file = path.join(place.folder, 'postgres.json');
  writeFileSync(`${file}.new`, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
