// /__sandbox/webhooks: who is told what by webhook, what came of it, and how badly it is to be delivered.
import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import { z } from 'zod';
import { createDelivery, type DeliverySetting, deliverySetting } from '../webhook/delivery.ts';
import { checkIntent } from '../webhook/intent.ts';
import { categories, type SubscriptionRecord } from '../webhook/subscription.ts';
import { commit, type World } from '../world.ts';
import { readBody, refuse } from './body.ts';

const subscriptionBody = z.strictObject({
  client: z.string().optional(),
  url: z.url({ protocol: /^https?$/ }),
  key: z.string().min(1).optional(),
  categories: z.array(z.enum(categories)).optional(),
});
const deliveryBody: z.ZodType<DeliverySetting> = deliverySetting;

export function webhookRoutes(world: World): Hono {
  const app = new Hono();
  app.get('/webhooks', (context) => context.json(view(world)));
  app.post('/webhooks', async (context) => {
    const body = await readBody(context.req.raw, subscriptionBody);
    if (body.kind === 'refused') return body.response;
    const { client = world.client.id, url, key, categories: wanted = [...categories] } = body.value;
    if (!world.identity.apps.has(client)) return refuse(`There is no app ${client}.`);
    const { origin } = new URL(context.req.url);
    const signing = key ?? randomBytes(64).toString('base64');
    const record: SubscriptionRecord = {
      ...{ client, url, key: signing, categories: wanted, origin },
      ...{ status: 'pending', lastSequence: world.subscriptions.get(client)?.record.lastSequence ?? 0 },
      mailedMs: null,
    };
    await commit(world, { atMs: world.clock.now(), webhook: [{ kind: 'subscription', record }] });
    const intent = await checkIntent(world, record);
    return context.json({ client, key: signing, status: statusOf(world, client), intent });
  });
  app.post('/webhooks/:client/intent', async (context) => {
    const known = world.subscriptions.get(context.req.param('client'));
    if (known === undefined) return refuse('This app has no subscription.', 404);
    const intent = await checkIntent(world, known.record);
    const { client, key } = known.record;
    return context.json({ client, key, status: statusOf(world, client), intent });
  });
  app.delete('/webhooks/:client', async (context) => {
    const client = context.req.param('client');
    await commit(world, { atMs: world.clock.now(), webhook: [{ kind: 'subscription-gone', client }] });
    return context.json(view(world));
  });
  app.get('/webhook-delivery', (context) => {
    const { draw: _draw, ...setting } = world.delivery;
    return context.json(setting);
  });
  app.post('/webhook-delivery', async (context) => {
    const body = await readBody(context.req.raw, deliveryBody);
    if (body.kind === 'refused') return body.response;
    world.delivery = createDelivery(body.value);
    return context.json(body.value);
  });
  return app;
}

function statusOf(world: World, client: string): string {
  return world.subscriptions.get(client)?.record.status ?? 'gone';
}

function view(world: World): unknown[] {
  return [...world.subscriptions.values()].map(({ record, pending, attempts }) => {
    const { client, url, status, categories: told, lastSequence, mailedMs } = record;
    return { client, url, status, categories: told, lastSequence, mailedMs, pending: pending.size, attempts };
  });
}
