// `npm run screenshots`: writes the README's pictures; `npm run screenshots -- --all FOLDER` takes every page instead.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runnerImport } from 'vite';

const inE2e = (name) => fileURLToPath(new URL(name, import.meta.url));
const callerFolder = process.env.INIT_CWD ?? process.cwd();

const { values } = parseArgs({ options: { all: { type: 'string' } } });
const { module } = await runnerImport(inE2e('./pictures.ts'), { configFile: false, logLevel: 'error' });
const opening = module.openStudio();
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
]) {
  process.once(signal, async () => {
    await opening.then((studio) => studio.close()).catch(() => undefined);
    process.exit(code);
  });
}

const studio = await opening;
try {
  const folder = values.all === undefined ? inE2e('./pictures') : path.resolve(callerFolder, values.all);
  await (values.all === undefined ? studio.takeOverview(folder) : studio.takeAll(folder));
  console.log(`The pictures are in ${folder}`);
} finally {
  await studio.close();
}
