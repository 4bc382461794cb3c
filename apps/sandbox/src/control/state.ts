// /__sandbox/summary, /reset, /snapshot and /restore: what landed, and going back to how it was.
import { Hono } from 'hono';
import { parseText } from '../journal-entry.ts';
import { snapshotLines } from '../snapshot.ts';
import { summarise } from '../summary.ts';
import { commit, type World } from '../world.ts';
import { refuse } from './body.ts';

export function stateRoutes(world: World): Hono {
  const app = new Hono();
  app.get('/summary', (context) => context.json(summarise(world, context.req.query('tenant'))));
  app.post('/reset', async (context) => {
    await commit(world, { atMs: world.clock.now(), reset: true });
    return context.json({ reset: true });
  });
  // Text that is given back as it is: organisations with all in them, tokens, keys, counts; not clock and settings.
  app.get('/snapshot', (context) => {
    const { simulatedMs, scale } = { ...world.clock.read(), simulatedMs: world.clock.now() };
    return context.text([JSON.stringify({ simulatedMs, scale }), ...snapshotLines(world)].join('\n'));
  });
  app.post('/restore', async (context) => {
    const [head = '', ...lines] = (await context.req.text()).split('\n');
    const simulatedMs = Number(/"simulatedMs":(\d+)/.exec(head)?.[1]);
    const isHead = lines.length > 0 && !Number.isNaN(simulatedMs);
    const fault = isHead ? lines.map(lineFault).find((one) => one !== undefined) : 'it begins otherwise';
    if (fault !== undefined)
      return refuse(`Send the text that GET /__sandbox/snapshot gave; this is none: ${fault}.`);
    await commit(world, { atMs: world.clock.now(), restore: lines });
    if (context.req.query('clock') === 'true')
      world.clock.set({ ...world.clock.read(), realMs: Date.now(), simulatedMs });
    return context.json({ restored: true });
  });
  return app;
}

/** What is wrong with a line of a snapshot; undefined for a good one. */
function lineFault(line: string): string | undefined {
  try {
    const { restore, reset } = parseText(line);
    return restore === undefined && reset === undefined
      ? undefined
      : 'a line of it puts another in its place';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
