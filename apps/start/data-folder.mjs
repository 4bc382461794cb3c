// What the data folder keeps between starts: the secrets, the simulated clock, and who runs here now.
import { randomBytes } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { Sentence } from './sentence.mjs';

/** Makes the folder where it is missing; a folder that cannot be written is a sentence. */
export function makeDataFolder(folder) {
  const refuse = (reason) => {
    throw new Sentence(
      `DATA_DIR ${folder} cannot be used: ${reason}. Name a folder that this user may write to.`,
    );
  };
  try {
    makeFolder(folder);
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    refuse(error.message);
  }
  if (!statSync(folder).isDirectory()) refuse('it is a file');
}

/** Level by level: Node's own recursion never ends below a folder that takes no files, such as /proc. */
function makeFolder(folder) {
  if (existsSync(folder)) return;
  makeFolder(path.dirname(folder));
  mkdirSync(folder);
  chmodSync(folder, 0o755);
}

/** `{ AUTH_SECRET, TOKEN_SECRET }`, made once: 32 random bytes each. */
export function readSecrets(folder) {
  const secret = () => randomBytes(32).toString('hex');
  return readOrMake(path.join(folder, 'secrets.json'), () => ({
    AUTH_SECRET: secret(),
    TOKEN_SECRET: secret(),
  }));
}

/** The clock as every process gets it. Its instants are chosen once; another scale goes on from the time it shows now. */
export function readClock(folder, scale, now = Date.now()) {
  if (scale === undefined) return {};
  const file = path.join(folder, 'clock.json');
  let clock = readOrMake(file, () => ({ realMs: now, simulatedMs: now, scale }));
  if (clock.scale !== scale) {
    const simulatedMs = Math.round(clock.simulatedMs + (now - clock.realMs) * clock.scale);
    clock = { realMs: now, simulatedMs, scale };
    writeJson(file, clock);
  }
  return {
    CLOCK_REAL_MS: String(clock.realMs),
    CLOCK_SIMULATED_MS: String(clock.simulatedMs),
    CLOCK_SCALE: String(scale),
  };
}

/** The last run's url and pids, living or not. */
export function readRun(folder) {
  return readJson(path.join(folder, 'run.json')) ?? {};
}

export function writeRun(folder, run) {
  writeJson(path.join(folder, 'run.json'), run);
}

function readOrMake(file, make) {
  const found = readJson(file);
  if (found) return found;
  const made = make();
  writeJson(file, made);
  return made;
}

function readJson(file) {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Sentence(
      `${file} cannot be read (${error.message}): put back a good copy, or remove it to have it made anew.`,
    );
  }
}

/** Written beside and renamed, so that a killed start leaves the old file or the new one. */
function writeJson(file, content) {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, file);
}
