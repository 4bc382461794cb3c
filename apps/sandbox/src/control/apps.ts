// /__sandbox/apps: the apps that may ask for access, what their tiers allow and have used, and what is bought for them.
import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { z } from 'zod';
import { type App, type AppSubscription, appRecord, appSubscriptionRecord } from '../identity/app.ts';
import { tierOf, tiers } from '../identity/tier.ts';
import { wakeDeliveries } from '../webhook/delivery.ts';
import { applicationId, subscriptionEvents } from '../webhook/event.ts';
import { commit, type World } from '../world.ts';
import { readBody, refuse } from './body.ts';

/** An app that is there keeps what is left out; an absent instant is now. */
const wishedApp = z.strictObject({
  id: appRecord.shape.id,
  kind: appRecord.shape.kind.optional(),
  secret: z.string().optional(),
  tenant: z.string().optional(),
  tier: appRecord.shape.tier.unwrap().optional(),
  isCertified: z.boolean().optional(),
  createdMs: z.number().optional(),
});

const wishedSubscription = z.strictObject({ status: appSubscriptionRecord.shape.status.default('ACTIVE') });

export function appRoutes(world: World): Hono {
  const app = new Hono();
  const list = () => [...world.identity.apps.values()].map((one) => view(world, one));
  app.get('/apps', (context) => context.json(list()));
  app.post('/apps', async (context) => {
    const body = await readBody(context.req.raw, wishedApp);
    if (body.kind === 'refused') return body.response;
    const record = appOf(world, body.value);
    if (typeof record === 'string') return refuse(record);
    await commit(world, { atMs: world.clock.now(), identity: [{ kind: 'app', record }] });
    return context.json(list());
  });
  app.post('/apps/:client/subscription', async (context) => {
    const client = context.req.param('client');
    if (!world.identity.apps.has(client)) return refuse(`There is no app ${client}.`, 404);
    const body = await readBody<z.output<typeof wishedSubscription>>(context.req.raw, wishedSubscription);
    if (body.kind === 'refused') return body.response;
    const before = world.identity.appSubscriptions.get(client);
    const atMs = world.clock.now();
    const id = before?.id ?? randomUUID();
    const record: AppSubscription = { id, client, status: body.value.status, updatedMs: atMs };
    const webhook = subscriptionEvents(world.subscriptions, record, before === undefined, atMs);
    await commit(world, { atMs, identity: [{ kind: 'app-subscription', record }], webhook });
    wakeDeliveries(world);
    return context.json({ applicationId: applicationId(client), ...record });
  });
  return app;
}

/** The app as it becomes, or the sentence that refuses it. */
function appOf(world: World, wish: z.output<typeof wishedApp>): App | string {
  const before = world.identity.apps.get(wish.id);
  const kind = wish.kind ?? before?.kind;
  if (kind === undefined) return `The kind of the app ${wish.id} is missing: web, pkce or custom.`;
  const secret = kind === 'pkce' ? '' : (wish.secret ?? before?.secret ?? '');
  if (kind !== 'pkce' && secret === '') return `An app of kind ${kind} needs a secret.`;
  const tenant = wish.tenant ?? before?.tenant ?? '';
  if (tenant !== '' && !world.organisations.has(tenant)) return `There is no organisation ${tenant}.`;
  const tier = wish.tier ?? before?.tier ?? 'core';
  const isCertified = wish.isCertified ?? (tiers[tier].isCertified || (before?.isCertified ?? false));
  if (tiers[tier].isCertified && !isCertified) return `An app of tier ${tier} must be certified.`;
  const createdMs = wish.createdMs ?? before?.createdMs ?? world.clock.now();
  return { id: wish.id, secret, kind, tenant, tier, isCertified, createdMs };
}

/** Without the secret. */
function view(world: World, app: App): Readonly<Record<string, unknown>> {
  const { id, kind, tenant, tier, isCertified, createdMs } = app;
  const { connectionsMax, callsPerDay, feeAud, egressGb } = tierOf(app);
  const { connections, consents, appSubscriptions } = world.identity;
  return {
    ...{ id, kind, tenant, tier, isCertified, createdMs, applicationId: applicationId(id) },
    connections: [...connections.values()].filter(({ client }) => client === id).length,
    scopes: consents.get(id) ?? [],
    ...{ connectionsMax, callsPerDay, feeAud, egressGb },
    egressBytes: world.egress.read(id, world.clock.now()),
    subscription: appSubscriptions.get(id)?.status,
  };
}
