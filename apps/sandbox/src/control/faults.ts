// /__sandbox/faults and /identity: what is to go wrong, and for whom access ends.
import { Hono } from 'hono';
import { z } from 'zod';
import { type Fault, faultRecord } from '../fault/fault.ts';
import { disconnect, expireTokens, revokeRefreshes } from '../fault/identity-fault.ts';
import type { World } from '../world.ts';
import { readBody, refuse } from './body.ts';

const identityBody = z.strictObject({
  action: z.enum(['expire-tokens', 'revoke-refresh', 'disconnect']),
  /** `disconnect` only: one organisation in place of all. */
  tenant: z.string().optional(),
});

const bodySchema: z.ZodType<Fault> = faultRecord;

export function faultRoutes(world: World): Hono {
  const app = new Hono();
  app.get('/faults', (context) => context.json(world.faults.list()));
  app.post('/faults', async (context) => {
    const body = await readBody(context.req.raw, bodySchema);
    return body.kind === 'refused' ? body.response : context.json(world.faults.add(body.value));
  });
  app.delete('/faults', (context) => {
    world.faults.clear();
    return context.json([]);
  });
  app.delete('/faults/:id', (context) => {
    const isGone = world.faults.remove(Number(context.req.param('id')));
    return isGone ? context.json(world.faults.list()) : refuse('There is no such fault.', 404);
  });
  app.post('/identity', async (context) => {
    const body = await readBody(context.req.raw, identityBody);
    if (body.kind === 'refused') return body.response;
    const { action, tenant } = body.value;
    if (action === 'expire-tokens') return context.json({ ended: await expireTokens(world) });
    if (action === 'revoke-refresh') return context.json({ ended: await revokeRefreshes(world) });
    return context.json({ ended: await disconnect(world, tenant) });
  });
  return app;
}
