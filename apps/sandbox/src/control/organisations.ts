// The addresses /__sandbox/organisations: lists them, makes further ones of a region by name, and changes their settings.
import { Hono } from 'hono';
import { fillDemo } from '../demo/demo.ts';
import type { OrganisationRecord } from '../organisation-record.ts';
import {
  changedSettings,
  organisationWish,
  settingsWish,
  wishedOrganisation,
} from '../organisation-setup.ts';
import { commit, type World } from '../world.ts';
import { readBody, refuse } from './body.ts';

export function organisationRoutes(world: World): Hono {
  const app = new Hono();
  const isTaken = (name: string): boolean =>
    [...world.organisations.values()].some(({ record }) => record.name === name);
  const taken = (name: string): Response => refuse(`There is an organisation named ${name} already.`, 409);
  app.get('/organisations', (context) =>
    context.json({ organisations: [...world.organisations.values()].map(({ record }) => view(record)) }),
  );
  app.post('/organisations', async (context) => {
    const wish = await readBody(context.req.raw, organisationWish);
    if (wish.kind === 'refused') return wish.response;
    const atMs = world.clock.now();
    const record = wishedOrganisation(wish.value, atMs);
    if (isTaken(record.name)) return taken(record.name);
    await commit(world, { atMs, organisation: record });
    if (wish.value.demoSeed !== undefined) await fillDemo(world, record.id, wish.value.demoSeed);
    return context.json(view(record), 201);
  });
  app.post('/organisations/:id', async (context) => {
    const organisation = world.organisations.get(context.req.param('id').toLowerCase());
    if (organisation === undefined) return refuse('There is no such organisation.', 404);
    const wish = await readBody(context.req.raw, settingsWish);
    if (wish.kind === 'refused') return wish.response;
    const record = changedSettings(organisation.record, wish.value);
    if (record.name !== organisation.record.name && isTaken(record.name)) return taken(record.name);
    const { id } = organisation.record;
    await commit(world, { atMs: world.clock.now(), tenant: id, changes: [{ kind: 'settings', record }] });
    return context.json(view(organisation.record));
  });
  return app;
}

/** Lock dates are '' where there is none. */
function view(record: OrganisationRecord): Readonly<Record<string, string>> {
  const { id, name, country, currency, tier, timeZone, periodLockDate, yearLockDate } = record;
  const dates = { periodLockDate, yearLockDate };
  return { tenantId: id, name, region: country, currency, tier, class: record.class, timeZone, ...dates };
}
