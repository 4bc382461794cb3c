// /__sandbox/clock and /latency: the simulated time, and how long answers take.
import { Hono } from 'hono';
import { z } from 'zod';
import type { World } from '../world.ts';
import { readBody } from './body.ts';

const clockBody = z.strictObject({
  realMs: z.number().optional(),
  simulatedMs: z.number().optional(),
  scale: z.number().positive().max(1e6).optional(),
  /** The clock moves only when it is stepped, until it is given a scale again. */
  stopped: z.literal(true).optional(),
  advanceMs: z.number().optional(),
});

const latencyBody = z.strictObject({
  ms: z.number().min(0),
  jitterMs: z.number().min(0).default(0),
  method: z.string().optional(),
  path: z.string().startsWith('/').optional(),
});

export function clockRoutes(world: World): Hono {
  const app = new Hono();
  app.get('/clock', (context) => context.json(world.clock.read()));
  app.post('/clock', async (context) => {
    const body = await readBody(context.req.raw, clockBody);
    if (body.kind === 'refused') return body.response;
    const { realMs, simulatedMs, advanceMs = 0, stopped } = body.value;
    const scale = stopped === true ? 0 : body.value.scale;
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
    const body = await readBody(context.req.raw, latencyBody);
    if (body.kind === 'refused') return body.response;
    const { ms, jitterMs, method, path } = body.value;
    world.latency.set({ ms, jitterMs }, method, path);
    return context.json(world.latency.read());
  });
  return app;
}
