// Starts worker processes that end by SIGKILL in a scenario: their program is this harness itself, compiled for plain node once for a file of tests.
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

export interface Played {
  scenario: Scenario;
  entity: string;
  name: StepName;
  nowMs: number;
}

/** True when it ended by SIGKILL at the step, false when it did not come there; an error when it ended otherwise. */
export async function playInProcess(stage: Stage, { scenario, ...played }: Played): Promise<boolean> {
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
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (piece) => {
      said += String(piece);
    });
  const [code, signal] = await once(child, 'close');
  if (signal === 'SIGKILL') return true;
  if (code === 0) return false;
  throw new Error(`The worker ended by ${signal ?? code}: ${said}`);
}
