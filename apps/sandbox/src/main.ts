// The process: reads the environment, runs the sandbox, ends on a signal or when its starter is gone.
import { parseEnv } from './env.ts';
import { helpText } from './help.ts';
import { createSandbox, type Sandbox } from './sandbox.ts';

const env = parseEnv(process.env);
if (process.argv.includes('--help')) console.log(helpText());
else if (env.kind === 'fault') fail(env.message);
else await run(env.options, env.starterPid);

async function run(
  options: Parameters<typeof createSandbox>[0],
  starterPid: number | undefined,
): Promise<void> {
  const sandbox = await createSandbox(options).catch((error: unknown) => error);
  if (!isSandbox(sandbox)) {
    fail(sandbox instanceof Error ? sandbox.message : String(sandbox));
    return;
  }
  let isEnding = false;
  const end = (): void => {
    if (isEnding) return;
    isEnding = true;
    sandbox.close().then(() => process.exit(0));
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  if (starterPid !== undefined) setInterval(() => isAlive(starterPid) || end(), 1_000).unref();
  console.log(`The Xero sandbox is ready: ${sandbox.url}`);
  process.send?.({ kind: 'ready' });
}

function isSandbox(value: unknown): value is Sandbox {
  return typeof value === 'object' && value !== null && 'close' in value;
}

/** Signal 0 only asks whether the process is there. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function fail(message: string): void {
  console.error(`The sandbox cannot start: ${message}`);
  process.exitCode = 1;
}
