// The addresses /__sandbox/organisations: lists them, and makes further ones of a region by name.
import { Hono } from 'hono';
import { fillDemo } from '../demo/demo.ts';
import { organisationWish, wishedOrganisation } from '../organisation-setup.ts';
import { commit, type World } from '../world.ts';
import { readBody, refuse } from './body.ts';

export function organisationRoutes(world: World): Hono {
  const app = new Hono();
  app.get('/organisations', (context) =>
    context.json({ organisations: [...world.organisations.values()].map(view) }),
  );
  app.post('/organisations', async (context) => {
    const wish = await readBody(context.req.raw, organisationWish);
    if (wish.kind === 'refused') return wish.response;
    const atMs = world.clock.now();
    const record = wishedOrganisation(wish.value, atMs);
    if ([...world.organisations.values()].some((one) => one.record.name === record.name))
      return refuse(`There is an organisation named ${record.name} already.`, 409);
    await commit(world, { atMs, organisation: record });
    if (wish.value.demoSeed !== undefined) await fillDemo(world, record.id, wish.value.demoSeed);
    return context.json(view({ record }), 201);
  });
  return app;
}

type Named = {
  readonly record: { id: string; name: string; country: string; currency: string; tier: string };
};

function view({ record: { id, name, country, currency, tier } }: Named): Readonly<Record<string, string>> {
  return { tenantId: id, name, region: country, currency, tier };
}
