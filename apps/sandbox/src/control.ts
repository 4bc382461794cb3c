// The addresses below /__sandbox, for tests, benches and people: each group of them has a file of its own.
import { Hono } from 'hono';
import { appRoutes } from './control/apps.ts';
import { callRoutes } from './control/calls.ts';
import { clockRoutes } from './control/clock.ts';
import { faultRoutes } from './control/faults.ts';
import { organisationRoutes } from './control/organisations.ts';
import { settingRoutes } from './control/settings.ts';
import { stateRoutes } from './control/state.ts';
import { webhookRoutes } from './control/webhooks.ts';
import type { World } from './world.ts';

export function controlRoutes(world: World): Hono {
  const app = new Hono();
  const groups = [stateRoutes, clockRoutes, settingRoutes, faultRoutes, callRoutes, appRoutes];
  for (const routes of [...groups, organisationRoutes, webhookRoutes]) app.route('/', routes(world));
  return app;
}
