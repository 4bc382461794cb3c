// /__sandbox/calls: the log of the last thousand calls, with their bodies on request.
import { Hono } from 'hono';
import { bodyText } from '../call-log.ts';
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
      return context.json(
        records.map((one) => ({ ...one, request: bodyText(one.request), reply: bodyText(one.reply) })),
      );
    return context.json(records.map((one) => ({ ...one, request: undefined, reply: undefined })));
  });
  return app;
}
