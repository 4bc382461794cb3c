// /__sandbox/apps: the apps that may ask for access, and further ones.
import { Hono } from 'hono';
import type { z } from 'zod';
import { appRecord } from '../identity/app.ts';
import { commit, type World } from '../world.ts';
import { readBody, refuse } from './body.ts';

const wishedApp = appRecord.partial({ tenant: true, secret: true });

export function appRoutes(world: World): Hono {
  const app = new Hono();
  const list = () => [...world.identity.apps.values()].map(({ id, kind, tenant }) => ({ id, kind, tenant }));
  app.get('/apps', (context) => context.json(list()));
  app.post('/apps', async (context) => {
    const body = await readBody<z.output<typeof wishedApp>>(context.req.raw, wishedApp);
    if (body.kind === 'refused') return body.response;
    const { id, kind, secret = '', tenant = '' } = body.value;
    if (kind !== 'pkce' && secret === '') return refuse(`An app of kind ${kind} needs a secret.`);
    if (tenant !== '' && !world.organisations.has(tenant))
      return refuse(`There is no organisation ${tenant}.`);
    const record = { id, kind, secret: kind === 'pkce' ? '' : secret, tenant };
    await commit(world, { atMs: world.clock.now(), identity: [{ kind: 'app', record }] });
    return context.json(list());
  });
  return app;
}
