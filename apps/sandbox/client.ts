// A client of the sandbox's own addresses below /__sandbox, by HTTP alone, for tests and benches.
import {
  type AppCalls,
  appCalls,
  type OrganisationCalls,
  organisationCalls,
  type WebhookCalls,
  webhookCalls,
} from './src/client/party-calls.ts';
import { type FaultCalls, faultCalls, type SettingCalls, settingCalls } from './src/client/setting-calls.ts';
import { type ClockCalls, clockCalls, type StateCalls, stateCalls } from './src/client/state-calls.ts';

export type {
  SandboxApp,
  SandboxAppSubscription,
  SandboxAppWish,
  SandboxDelivery,
  SandboxOrganisation,
  SandboxOrganisationChange,
  SandboxOrganisationWish,
  SandboxSubscribed,
  SandboxWebhook,
} from './src/client/party-calls.ts';
export type {
  SandboxFault,
  SandboxFaultState,
  SandboxLimits,
  SandboxOptionRules,
  SandboxOptionValues,
} from './src/client/setting-calls.ts';
export type {
  SandboxCall,
  SandboxClock,
  SandboxLatency,
  SandboxSummary,
} from './src/client/state-calls.ts';

export type SandboxClient = StateCalls &
  ClockCalls &
  FaultCalls &
  SettingCalls &
  OrganisationCalls &
  AppCalls &
  WebhookCalls;

/** `url` is the sandbox's address, such as `http://localhost:4010`. Calls reject with one sentence when refused. */
export function createSandboxClient(url: string): SandboxClient {
  const base = `${url.replace(/\/+$/, '')}/__sandbox`;
  return {
    ...stateCalls(base),
    ...clockCalls(base),
    ...faultCalls(base),
    ...settingCalls(base),
    ...organisationCalls(base),
    ...appCalls(base),
    ...webhookCalls(base),
  };
}
