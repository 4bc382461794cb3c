// /__sandbox/calls: the log of the last thousand calls, with their bodies on request.
import { Hono } from 'hono';
import type { World } from '../world.ts';

export function callRoutes(world: World): Hono {
  const app = new Hono();
  app.get('/calls', (context) => {
    const { after = '0', bodies = '', method = '', path = '' } = context.req.query();
    const records = world.log
      .list(Number(after) || 0)
      .filter((one) => method === '' || one.method === method.toUpperCase())
      .filter((one) => one.path.toLowerCase().startsWith(path.toLowerCase()));
    if (bodies === 'true')
      return context.json(records.map((one) => ({ ...one, ...world.log.texts(one.id) })));
    return context.json(records);
  });
  return app;
}
