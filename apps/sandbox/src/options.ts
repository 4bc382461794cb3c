// The named options: one for every rule of Xero that nobody could confirm, each with its behaviours, its default and why.
import { callOptions } from './options/call-options.ts';
import { identityOptions } from './options/identity-options.ts';
import { ledgerOptions } from './options/ledger-options.ts';
import type { OptionRule } from './options/option-rule.ts';
import { resourceOptions } from './options/resource-options.ts';

const rules = { ...identityOptions, ...callOptions, ...resourceOptions, ...ledgerOptions };

export type OptionName = keyof typeof rules;
export type OptionValue<Name extends OptionName> = (typeof rules)[Name]['values'][number];

/** What is set now; kept by the world and given to everything a call passes through. */
export type Options = {
  read<Name extends OptionName>(name: Name): OptionValue<Name>;
  /** Every option by name with its value. */
  all(): Record<string, string>;
  /** Takes an option by its text; returns the sentence to answer with when there is no such name or value. */
  set(name: string, value: string): string | undefined;
};

/** The value of an option, such as `option(session, 'limit-window') === 'rolling'`; takes whatever carries the options. */
export function option<Name extends OptionName>(
  holder: { readonly options: Options },
  name: Name,
): OptionValue<Name> {
  return holder.options.read(name);
}

/** Throws a sentence when `initial` names what there is not. */
export function createOptions(initial: Readonly<Record<string, string>> = {}): Options {
  const values = new Map<string, string>();
  const options: Options = {
    read(name) {
      const { values: known, standard } = rules[name];
      // Every line of every document asks; nothing is set as a rule.
      const set = values.size === 0 ? undefined : values.get(name);
      if (set === undefined) return standard;
      const found: OptionValue<typeof name> | undefined = known.find((value) => value === set);
      return found ?? standard;
    },
    all: () =>
      Object.fromEntries(optionRules().map(([name, { standard }]) => [name, values.get(name) ?? standard])),
    set(name, value) {
      const fault = optionFault(name, value);
      if (fault === undefined) values.set(name, value);
      return fault;
    },
  };
  for (const [name, value] of Object.entries(initial)) {
    const fault = options.set(name, value);
    if (fault !== undefined) throw new Error(fault);
  }
  return options;
}

/** All options with their rules, in order of their names. */
export function optionRules(): readonly (readonly [string, OptionRule])[] {
  return Object.entries<OptionRule>(rules).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** `name=value,name=value` as a record. */
export function parseOptions(
  text: string,
):
  | { readonly kind: 'options'; readonly options: Record<string, string> }
  | { readonly kind: 'fault'; readonly message: string } {
  const options: Record<string, string> = {};
  for (const part of text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')) {
    const [name = '', value = ''] = part.split('=').map((one) => one.trim());
    const message = optionFault(name, value);
    if (message !== undefined) return { kind: 'fault', message };
    options[name] = value;
  }
  return { kind: 'options', options };
}

function optionFault(name: string, value: string): string | undefined {
  const rule = optionRules().find(([known]) => known === name)?.[1];
  if (rule === undefined) return `There is no option '${name}'; xero-sandbox --help lists them.`;
  if (rule.values.includes(value)) return undefined;
  return `The option ${name} must be ${rule.values.join(' or ')}, not '${value}'.`;
}
