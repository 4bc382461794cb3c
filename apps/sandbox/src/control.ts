// The addresses below /__sandbox: reset, summary, clock and answer time, for tests and benches.
import { Hono } from 'hono';
import { z } from 'zod';
import { summarise } from './summary.ts';
import { commit, type World } from './world.ts';

const clockBody = z.strictObject({
  realMs: z.number().optional(),
  simulatedMs: z.number().optional(),
  scale: z.number().positive().max(1e6).optional(),
  advanceMs: z.number().optional(),
});

const latencyBody = z.strictObject({
  ms: z.number().min(0),
  method: z.string().optional(),
  path: z.string().startsWith('/').optional(),
});

export function controlRoutes(world: World): Hono {
  const app = new Hono();
  app.get('/summary', (context) => context.json(summarise(world)));
  app.post('/reset', async (context) => {
    await commit(world, { atMs: world.clock.now(), reset: true });
    return context.json({ reset: true });
  });
  app.get('/clock', (context) => context.json(world.clock.read()));
  app.post('/clock', async (context) => {
    const body = clockBody.safeParse(await readJson(context.req.raw));
    if (!body.success) return context.json({ error: z.prettifyError(body.error) }, 400);
    const { realMs, simulatedMs, scale, advanceMs = 0 } = body.data;
    // What is not given stays as it is now, so that a change of scale alone does not move the clock.
    const before = world.clock.read();
    world.clock.set({
      realMs: realMs ?? Date.now(),
      simulatedMs: (simulatedMs ?? world.clock.now()) + advanceMs,
      scale: scale ?? before.scale,
    });
    return context.json(world.clock.read());
  });
  app.get('/latency', (context) => context.json(world.latency.read()));
  app.post('/latency', async (context) => {
    const body = latencyBody.safeParse(await readJson(context.req.raw));
    if (!body.success) return context.json({ error: z.prettifyError(body.error) }, 400);
    world.latency.set(body.data.ms, body.data.method, body.data.path);
    return context.json(world.latency.read());
  });
  return app;
}

/** The body as JSON; undefined, which no schema takes, when it is none. */
async function readJson(request: Request): Promise<unknown> {
  try {
    return JSON.parse(await request.text());
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
