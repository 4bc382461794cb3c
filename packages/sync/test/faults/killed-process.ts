// Starts worker processes that are killed, stopped or thrown at in a scenario: their program is this harness itself, compiled for plain node once for a file of tests.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { defaultClient } from '@stockbook/sandbox';
import type { StepName } from '../../src/step.ts';
import type { Scenario } from './scenarios.ts';
import type { Stage } from './stage.ts';

const project = fileURLToPath(new URL('../../tsconfig.killed.json', import.meta.url));
const compiler = fileURLToPath(new URL('../../../../node_modules/typescript/bin/tsc', import.meta.url));
const program = fileURLToPath(new URL('../../dist/killed/test/faults/killed.js', import.meta.url));

/** Call it before the first. */
export function compileKilled(): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, [compiler, '-p', project], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`The harness does not compile: ${stdout}${stderr}`);
}

/** What happens to it: an error at the step and at each that follows, a sleep of which it is woken, or its end. */
export type ProcessFate = 'SIGKILL' | 'SIGSTOP' | 'throw';

export interface Played {
  scenario: Scenario;
  entity: string;
  name: StepName;
  fate: ProcessFate;
  nowMs: number;
}

export interface Met {
  /** Whether it came to its step. */
  met: boolean;
  /** Lets one that was stopped go on, to its end. */
  wake?(): Promise<void>;
}

/** Resolves when it has ended, or when it sleeps; an error when it ended otherwise than its fate would have it. */
export async function playInProcess(stage: Stage, { scenario, ...played }: Played): Promise<Met> {
  const { database, sandbox, secret } = stage;
  const told = {
    ...{
      url: database.url,
      adminUrl: database.adminUrl,
      sandboxUrl: sandbox.url,
      secret: secret.toString('hex'),
    },
    ...{ client: { clientId: defaultClient.id, clientSecret: defaultClient.secret } },
    ...{ scenario: scenario.name, ...played },
  };
  const env = { PATH: process.env.PATH, KILLED: JSON.stringify(told) };
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program], { env });
  let said = '';
  let sleeps = () => {};
  const asleep = new Promise<void>((resolve) => {
    sleeps = resolve;
  });
  const isMet = () => said.startsWith('met\n');
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (piece) => {
      said += String(piece);
      if (played.fate === 'SIGSTOP' && isMet()) sleeps();
    });
  const closed = once(child, 'close');
  const ended = async (signal?: NodeJS.Signals) => {
    const [code, by] = await closed;
    if (by !== (signal ?? null) || (by === null && code !== 0))
      throw new Error(`The worker ended by ${by ?? code}: ${said}`);
  };
  await Promise.race([closed, asleep]);
  if (!isMet()) await ended();
  else if (played.fate !== 'SIGSTOP') await ended(played.fate === 'SIGKILL' ? 'SIGKILL' : undefined);
  else
    return {
      met: true,
      wake: async () => {
        child.kill('SIGCONT');
        await ended();
      },
    };
  return { met: isMet() };
}
