// How calls go: faults, access that ends, options and limits.
import { z } from 'zod';
import type { FaultWanted } from '../fault/fault.ts';
import type { LimitChange } from '../limits.ts';
import type { OptionName, OptionValue } from '../options.ts';
import { endedAnswer, faultAnswer, limitsAnswer, optionsAnswer } from './answers.ts';
import { call, send } from './send.ts';

export type SandboxFault = FaultWanted;
/** A fault that is set: how many calls matched it (`seen`) and how many it met. */
export type SandboxFaultState = z.infer<typeof faultAnswer>;
export type SandboxOptionValues = { readonly [Name in OptionName]?: OptionValue<Name> };
/** By name: what each option is, what it can be, and why. */
export type SandboxOptionRules = z.infer<typeof optionsAnswer>;
export type SandboxLimits = z.infer<typeof limitsAnswer>;

export type FaultCalls = {
  /** Lets calls go wrong: `fail({ kind: 'timeout', when: 'after', path: '/Invoices' })`; the next one where nothing else is said. */
  fail(fault: SandboxFault): Promise<SandboxFaultState>;
  faults(): Promise<SandboxFaultState[]>;
  /** Ends one fault, or all. */
  mend(id?: number): Promise<void>;
  /** Lets every access token expire now; returns how many. */
  expireTokens(): Promise<number>;
  /** Ends every refresh token; connections stay listed. */
  revokeRefreshes(): Promise<number>;
  /** Ends the connections of an organisation, or of all. */
  disconnect(tenant?: string): Promise<number>;
};

export function faultCalls(base: string): FaultCalls {
  const end = async (body: Readonly<Record<string, unknown>>): Promise<number> =>
    endedAnswer.parse(await call(`${base}/identity`, body)).ended;
  return {
    fail: async (fault) => faultAnswer.parse(await call(`${base}/faults`, fault)),
    faults: async () => z.array(faultAnswer).parse(await call(`${base}/faults`)),
    async mend(id) {
      await send(`${base}/faults${id === undefined ? '' : `/${id}`}`, { method: 'DELETE' });
    },
    expireTokens: () => end({ action: 'expire-tokens' }),
    revokeRefreshes: () => end({ action: 'revoke-refresh' }),
    disconnect: (tenant) => end({ action: 'disconnect', ...(tenant === undefined ? {} : { tenant }) }),
  };
}

export type SettingCalls = {
  /** Sets named options, all or none; `options` tells what all of them are. */
  setOptions(values: SandboxOptionValues): Promise<void>;
  options(): Promise<Record<string, string>>;
  optionRules(): Promise<SandboxOptionRules>;
  limits(): Promise<SandboxLimits>;
  /** What is left out stays as it is. */
  setLimits(limits: LimitChange | 'off'): Promise<SandboxLimits>;
};

export function settingCalls(base: string): SettingCalls {
  const rules = async (): Promise<SandboxOptionRules> => optionsAnswer.parse(await call(`${base}/options`));
  return {
    async setOptions(values) {
      await call(`${base}/options`, values);
    },
    async options() {
      return Object.fromEntries(Object.entries(await rules()).map(([name, { value }]) => [name, value]));
    },
    optionRules: rules,
    limits: async () => limitsAnswer.parse(await call(`${base}/limits`)),
    setLimits: async (limits) =>
      limitsAnswer.parse(await call(`${base}/limits`, limits === 'off' ? { off: true } : limits)),
  };
}
