// /__sandbox/options and /limits: how the rules that nobody could confirm go, and how much a client may call.
import { Hono } from 'hono';
import { z } from 'zod';
import { limitsRecord } from '../limits.ts';
import { optionRules } from '../options.ts';
import type { World } from '../world.ts';
import { readBody, refuse } from './body.ts';

const optionsBody = z.record(z.string(), z.string());
const limitsBody = z.union([z.strictObject({ off: z.literal(true) }), limitsRecord.partial().strict()]);

export function settingRoutes(world: World): Hono {
  const app = new Hono();
  app.get('/options', (context) => {
    const values = world.options.all();
    const rules = optionRules().map(([name, { values: known, standard, why }]) => [
      name,
      { value: values[name], values: known, default: standard, why },
    ]);
    return context.json(Object.fromEntries(rules));
  });
  app.post('/options', async (context) => {
    const body = await readBody(context.req.raw, optionsBody);
    if (body.kind === 'refused') return body.response;
    const before = world.options.all();
    for (const [name, value] of Object.entries(body.value)) {
      const fault = world.options.set(name, value);
      if (fault === undefined) continue;
      // All or none, so that a misspelt name leaves nothing half set.
      for (const [old, was] of Object.entries(before)) world.options.set(old, was);
      return refuse(fault);
    }
    return context.json(world.options.all());
  });
  app.get('/limits', (context) => context.json(world.gate.read() ?? { off: true }));
  app.post('/limits', async (context) => {
    const body = await readBody(context.req.raw, limitsBody);
    if (body.kind === 'refused') return body.response;
    world.gate.change('off' in body.value ? 'off' : body.value);
    return context.json(world.gate.read() ?? { off: true });
  });
  return app;
}
