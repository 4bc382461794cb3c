// A worker for days of simulated time, in a process of its own whose memory is the product's alone; the test steps its clock.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { access } from '../world.ts';
import type { SteppedClock } from './mortal.ts';
import type { Stage } from './stage.ts';

export interface SoakWorker {
  /** Carries every run that is due until nothing is left to do now; answers its resident memory in bytes. */
  look(): Promise<number>;
  stop(): Promise<void>;
}

const program = fileURLToPath(new URL('./soak-worker.mjs', import.meta.url));
const built = fileURLToPath(new URL('../../dist/engine.js', import.meta.url));
/** As the starter starts the worker: its heap is bounded, and so is by how much it swings. */
const execArgv = ['--max-old-space-size=512', '--disable-warning=ExperimentalWarning'];

const said = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('until'), id: z.number(), atMs: z.number() }),
  z.object({ kind: z.literal('looked'), rssBytes: z.number() }),
]);

export async function startSoakWorker(stage: Stage, clock: SteppedClock): Promise<SoakWorker> {
  if (!existsSync(built)) throw new Error('Worker processes run what is built: npx turbo run build');
  const told = {
    ...{ url: stage.database.url, sandboxUrl: stage.sandbox.url, secret: access.secret.toString('hex') },
  };
  const env = { PATH: process.env.PATH, SOAK: JSON.stringify(told) };
  const child = fork(program, { env, execArgv });
  const exited = once(child, 'exit');
  const never = new AbortController().signal;
  const tell = async (kind: 'look' | 'moved', id?: number) =>
    void child.send({ kind, id, nowMs: await clock.now() });
  let over: ((rssBytes: number) => void) | undefined;
  child.on('message', (message) => {
    const heard = said.parse(message);
    if (heard.kind === 'looked') over?.(heard.rssBytes);
    if (heard.kind === 'until') void clock.until(heard.atMs, never).then(() => tell('moved', heard.id));
  });
  await once(child, 'message');
  return {
    look: async () => {
      const looked = new Promise<number>((resolve, reject) => {
        over = resolve;
        exited.then(() => reject(new Error('The worker ended: its words stand above.')), reject);
      });
      await tell('look');
      return looked;
    },
    stop: async () => {
      if (child.connected) child.disconnect();
      await exited;
    },
  };
}
