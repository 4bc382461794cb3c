// Organisations, apps and their webhooks.
import { z } from 'zod';
import type { OrganisationWish, SettingsWish } from '../organisation-setup.ts';
import type { DeliveryWanted } from '../webhook/delivery.ts';
import type { WebhookCategory } from '../webhook/subscription.ts';
import {
  appAnswer,
  appSubscriptionAnswer,
  deliveryAnswer,
  organisationAnswer,
  subscribedAnswer,
  webhooksAnswer,
} from './answers.ts';
import { call, send } from './send.ts';

/** `tenantId` is what calls name it by; lock dates are '' where there is none. */
export type SandboxOrganisation = z.infer<typeof organisationAnswer>;
/** What is wished of a further organisation; only its region must be told. */
export type SandboxOrganisationWish = OrganisationWish;
export type SandboxOrganisationChange = SettingsWish;

export type OrganisationCalls = {
  organisations(): Promise<SandboxOrganisation[]>;
  /** Makes a further one; a connection to it is made by consenting again. */
  createOrganisation(wish: SandboxOrganisationWish): Promise<SandboxOrganisation>;
  /** Changes its settings: name, lock dates (`''` is none), tier, plan, time zone; what is left out stays. */
  changeOrganisation(tenantId: string, change: SandboxOrganisationChange): Promise<SandboxOrganisation>;
};

export function organisationCalls(base: string): OrganisationCalls {
  const address = `${base}/organisations`;
  return {
    organisations: async () =>
      z.object({ organisations: z.array(organisationAnswer) }).parse(await call(address)).organisations,
    createOrganisation: async (wish) => organisationAnswer.parse(await call(address, wish)),
    changeOrganisation: async (tenantId, change) =>
      organisationAnswer.parse(await call(`${address}/${tenantId}`, change)),
  };
}

/** An app with what its tier allows and what it has used. */
export type SandboxApp = z.infer<typeof appAnswer>;
/** A further app, or a change of one by its id; a new one needs its kind and, unless it is a PKCE app, a secret. */
export type SandboxAppWish = {
  readonly id: string;
  readonly kind?: SandboxApp['kind'];
  readonly secret?: string;
  readonly tenant?: string;
  readonly tier?: SandboxApp['tier'];
  readonly isCertified?: boolean;
  readonly createdMs?: number;
};
export type SandboxAppSubscription = z.infer<typeof appSubscriptionAnswer>;

export type AppCalls = {
  apps(): Promise<SandboxApp[]>;
  /** Makes an app or changes it; answers with all. */
  setApp(app: SandboxAppWish): Promise<SandboxApp[]>;
  /** Buys something for an app or changes what was bought, which is told by webhook. */
  setAppSubscription(
    client: string,
    status?: 'ACTIVE' | 'CANCELED' | 'PAST_DUE',
  ): Promise<SandboxAppSubscription>;
};

export function appCalls(base: string): AppCalls {
  const address = `${base}/apps`;
  return {
    apps: async () => z.array(appAnswer).parse(await call(address)),
    setApp: async (app) => z.array(appAnswer).parse(await call(address, app)),
    setAppSubscription: async (client, status = 'ACTIVE') =>
      appSubscriptionAnswer.parse(
        await call(`${address}/${encodeURIComponent(client)}/subscription`, { status }),
      ),
  };
}

/** Who is told, what waits, and the last attempts. */
export type SandboxWebhook = z.infer<typeof webhooksAnswer>[number];
export type SandboxSubscribed = z.infer<typeof subscribedAnswer>;
export type SandboxDelivery = z.infer<typeof deliveryAnswer>;

export type WebhookCalls = {
  webhooks(): Promise<SandboxWebhook[]>;
  /** Subscribes an app, the sandbox's own where none is named, and sends the intent to receive. */
  subscribe(wish: {
    readonly url: string;
    readonly client?: string;
    /** Signs the messages; drawn where absent. */
    readonly key?: string;
    readonly categories?: readonly WebhookCategory[];
  }): Promise<SandboxSubscribed>;
  /** Sends the intent to receive again, which enables a disabled subscription. */
  checkIntent(client: string): Promise<SandboxSubscribed>;
  unsubscribe(client: string): Promise<void>;
  delivery(): Promise<SandboxDelivery>;
  /** Lets deliveries go wrong; what is left out goes well again. */
  setDelivery(delivery: DeliveryWanted): Promise<SandboxDelivery>;
};

export function webhookCalls(base: string): WebhookCalls {
  const address = `${base}/webhooks`;
  return {
    webhooks: async () => webhooksAnswer.parse(await call(address)),
    subscribe: async (wish) => subscribedAnswer.parse(await call(address, wish)),
    checkIntent: async (client) =>
      subscribedAnswer.parse(await call(`${address}/${encodeURIComponent(client)}/intent`, {})),
    async unsubscribe(client) {
      await send(`${address}/${encodeURIComponent(client)}`, { method: 'DELETE' });
    },
    delivery: async () => deliveryAnswer.parse(await call(`${base}/webhook-delivery`)),
    setDelivery: async (delivery) => deliveryAnswer.parse(await call(`${base}/webhook-delivery`, delivery)),
  };
}
