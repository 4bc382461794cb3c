// The steps of connecting: consent, the code that comes back, the Xero organisation, and the accounts and tax types.
import type { Failure } from '@stockbook/core';
import {
  beginConsent,
  chooseAccount,
  chooseTax,
  chooseTenant,
  exchange,
  finishConnection,
} from '@stockbook/sync';
import { entities } from '@stockbook/sync/entities';
import { builder, ConflictError, consentActor, InvalidInputError } from '@stockbook/sync/graphql';
import { ConnectionRef, readConnection } from './connection.ts';

const BeginConnectionInput = builder.inputType('BeginConnectionInput', {
  description: 'Nothing needs to be said to begin.',
  fields: (t) => ({ _: t.boolean({ description: 'Not used: an input has at least one field.' }) }),
});

const BeginConnectionPayload = builder
  .objectRef<{ url: string; state: string }>('BeginConnectionPayload')
  .implement({
    description: 'Where consent is given.',
    fields: (t) => ({
      url: t.exposeString('url', { description: "Xero's page for consent: open it in a browser." }),
      state: t.exposeString('state', {
        description: 'What comes back with the code; it works once, for ten minutes.',
      }),
    }),
  });

const ExchangeCodeInput = builder.inputType('ExchangeCodeInput', {
  description: "What came back from Xero's page for consent.",
  fields: (t) => ({
    code: t.string({ required: true, description: 'The code.' }),
    state: t.string({ required: true, description: 'The state.' }),
  }),
});

const ChooseTenantInput = builder.inputType('ChooseTenantInput', {
  description: 'Which Xero organisation.',
  fields: (t) => ({
    tenantId: t.id({ required: true, description: 'One of those of `connection.tenants`.' }),
  }),
});

const AccountChoiceInput = builder.inputType('AccountChoiceInput', {
  description: 'The account of a nature.',
  fields: (t) => ({
    nature: t.id({ required: true, description: 'The nature.' }),
    code: t.string({ required: true, description: "The account's code." }),
  }),
});

const TaxChoiceInput = builder.inputType('TaxChoiceInput', {
  description: 'The tax type of a treatment.',
  fields: (t) => ({
    treatment: t.id({ required: true, description: 'The treatment.' }),
    type: t.string({ required: true, description: 'The tax type, such as OUTPUT2.' }),
  }),
});

const ChooseAccountInput = builder.inputType('ChooseAccountInput', {
  description: 'The account of a nature.',
  fields: (t) => ({
    nature: t.id({ required: true, description: 'The nature.' }),
    code: t.string({ required: true, description: "The account's code." }),
  }),
});

const ChooseTaxInput = builder.inputType('ChooseTaxInput', {
  description: 'The tax type of a treatment.',
  fields: (t) => ({
    treatment: t.id({ required: true, description: 'The treatment.' }),
    type: t.string({ required: true, description: 'The tax type, such as OUTPUT2.' }),
  }),
});

const FinishConnectionInput = builder.inputType('FinishConnectionInput', {
  description: 'The answers of the last step, where any were changed.',
  fields: (t) => ({
    accounts: t.field({ type: [AccountChoiceInput], description: 'Accounts of natures.' }),
    taxes: t.field({ type: [TaxChoiceInput], description: 'Tax types of treatments.' }),
  }),
});

builder.mutationFields((t) => ({
  beginConnection: t.field({
    type: BeginConnectionPayload,
    description: "Begins a consent: answers the address of Xero's page for it.",
    errors: {},
    args: { input: t.arg({ type: BeginConnectionInput, required: true, description: 'Nothing.' }) },
    resolve: (_root, _args, { db, organisation, viewer, xero }) =>
      beginConsent(db, organisation, consentActor(viewer), xero),
  }),
  exchangeCode: t.field({
    type: ConnectionRef,
    description: 'Ends a consent with what came back: for programs that are not sent back by a browser.',
    errors: {},
    args: { input: t.arg({ type: ExchangeCodeInput, required: true, description: 'What came back.' }) },
    resolve: async (_root, { input }, { db, organisation, viewer, xero }) =>
      granted(await exchange(db, { ...input, actor: consentActor(viewer) }, xero), () =>
        readConnection(db, organisation),
      ),
  }),
  chooseTenant: t.field({
    type: ConnectionRef,
    description: 'Takes a Xero organisation: its accounts and tax rates are read, and answers proposed.',
    errors: {},
    args: { input: t.arg({ type: ChooseTenantInput, required: true, description: 'Which.' }) },
    resolve: async (_root, { input }, { db, organisation, actor, xero, viewer }) => {
      const mayName = viewer.organisations;
      const chosen = await chooseTenant(db, organisation, actor, input.tenantId, xero, entities, mayName);
      return granted(chosen, () => readConnection(db, organisation));
    },
  }),
  finishConnection: t.field({
    type: ConnectionRef,
    description: 'Ends connecting, with the answers of the last step.',
    errors: {},
    args: { input: t.arg({ type: FinishConnectionInput, required: true, description: 'The answers.' }) },
    resolve: async (_root, { input }, { db, organisation, actor, viewer }) => {
      const choices = { accounts: input.accounts ?? [], taxes: input.taxes ?? [] };
      return granted(await finishConnection(db, organisation, actor, choices, viewer.organisations), () =>
        readConnection(db, organisation),
      );
    },
  }),
  chooseAccount: t.field({
    type: ConnectionRef,
    description: 'Chooses the account of a nature; what was held for it goes by itself.',
    errors: {},
    args: { input: t.arg({ type: ChooseAccountInput, required: true, description: 'The choice.' }) },
    resolve: async (_root, { input }, { db, organisation, actor }) =>
      granted(await chooseAccount(db, organisation, actor, input), () => readConnection(db, organisation)),
  }),
  chooseTax: t.field({
    type: ConnectionRef,
    description: 'Chooses the tax type of a treatment; what was held for it goes by itself.',
    errors: {},
    args: { input: t.arg({ type: ChooseTaxInput, required: true, description: 'The choice.' }) },
    resolve: async (_root, { input }, { db, organisation, actor }) =>
      granted(await chooseTax(db, organisation, actor, input), () => readConnection(db, organisation)),
  }),
}));

type Outcome =
  | { kind: 'refused'; message: string; field?: string }
  | { kind: 'failed'; failure: Failure }
  | { kind: 'chosen' | 'choosing' | 'connected' };

function granted<T>(outcome: Outcome, then: () => T): T {
  if (outcome.kind === 'failed')
    throw new ConflictError(`Xero did not answer as expected: ${outcome.failure.message}`);
  if (outcome.kind !== 'refused') return then();
  throw new InvalidInputError(outcome.message, outcome.field ?? null);
}
