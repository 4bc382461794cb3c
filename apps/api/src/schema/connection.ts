// The connection to Xero: what stands, which answers it still needs, and where a person is sent for consent.
import type { Db, PrismaTypes } from '@stockbook/db';
import {
  type NatureChoice,
  parseTenants,
  readNatures,
  readTreatments,
  type TreatmentChoice,
} from '@stockbook/sync';
import { builder } from '@stockbook/sync/graphql';
import { parseWord } from './word.ts';

export type ConnectionRow = PrismaTypes['Connection']['Shape'];

const connectionStates = ['none', 'choosing', 'connected', 'paused'] as const;

const ConnectionState = builder.enumType('ConnectionState', {
  description: 'Where the connection stands.',
  values: {
    NONE: { value: 'none', description: 'Nothing is connected.' },
    CHOOSING: {
      value: 'choosing',
      description: 'Consent was given; the Xero organisation or its last questions are open.',
    },
    CONNECTED: { value: 'connected', description: 'It works.' },
    PAUSED: { value: 'paused', description: 'Xero no longer takes it: a person must connect again.' },
  },
});

const TenantRef = builder.objectRef<{ tenantId: string; name: string }>('Tenant').implement({
  description: 'A Xero organisation that consent was given for.',
  fields: (t) => ({
    id: t.exposeID('tenantId', { description: "Xero's id of it." }),
    name: t.exposeString('name', { description: 'Its name.' }),
  }),
});

const AccountChoiceRef = builder
  .objectRef<{ code: string; name: string; type: string }>('AccountChoice')
  .implement({
    description: "An account of Xero's chart that revenue may go to.",
    fields: (t) => ({
      code: t.exposeString('code', { description: 'Its code.' }),
      name: t.exposeString('name', { description: 'Its name.' }),
      type: t.exposeString('type', { description: 'SALES, REVENUE or OTHERINCOME.' }),
    }),
  });

const TaxChoiceRef = builder
  .objectRef<{ taxType: string; name: string; rate: string }>('TaxChoice')
  .implement({
    description: 'A tax rate of Xero that revenue may have.',
    fields: (t) => ({
      type: t.exposeString('taxType', { description: 'Its tax type, such as OUTPUT2.' }),
      name: t.exposeString('name', { description: 'Its name.' }),
      rate: t.expose('rate', { type: 'Decimal', description: 'In percent.' }),
    }),
  });

const NatureRef = builder.objectRef<NatureChoice>('Nature').implement({
  description: 'A revenue nature, and the account it goes to.',
  fields: (t) => ({
    nature: t.exposeID('nature', { description: 'Its name on lines.' }),
    label: t.exposeString('label', { description: 'Its name for people.' }),
    account: t.field({
      type: AccountChoiceRef,
      nullable: true,
      description: 'The account; none while nobody has chosen.',
      resolve: ({ account }) => account,
    }),
    chosenBy: t.exposeString('chosenBy', { description: 'Who chose; “proposal” until a person did.' }),
    candidates: t.field({
      type: [AccountChoiceRef],
      description: 'The accounts to choose from.',
      resolve: ({ candidates }) => candidates,
    }),
    held: t.exposeInt('held', { description: 'Records that wait for an answer.' }),
  }),
});

const TreatmentRef = builder.objectRef<TreatmentChoice>('Treatment').implement({
  description: 'A tax treatment, and the tax type it is sent with.',
  fields: (t) => ({
    treatment: t.exposeID('treatment', { description: 'Its name on lines.' }),
    label: t.exposeString('label', { description: 'Its name for people.' }),
    rate: t.expose('rate', {
      type: 'Decimal',
      description: 'The rate its lines were reckoned with, in percent.',
    }),
    taxType: t.field({
      type: TaxChoiceRef,
      nullable: true,
      description: 'The tax type; none while nobody has chosen.',
      resolve: ({ tax }) => tax,
    }),
    chosenBy: t.exposeString('chosenBy', { description: 'Who chose; “proposal” until a person did.' }),
    candidates: t.field({
      type: [TaxChoiceRef],
      description: 'The tax types of its rate to choose from.',
      resolve: ({ candidates }) => candidates,
    }),
    held: t.exposeInt('held', { description: 'Records that wait for an answer.' }),
  }),
});

export const ConnectionRef = builder.objectRef<ConnectionRow>('Connection').implement({
  description: "The organisation's connection to Xero.",
  fields: (t) => ({
    state: t.field({
      type: ConnectionState,
      description: 'Where it stands.',
      resolve: ({ state }) => parseWord(connectionStates, state),
    }),
    problem: t.exposeString('problem', { nullable: true, description: 'Why it is paused, and what to do.' }),
    tenantName: t.exposeString('tenantName', {
      nullable: true,
      description: 'The name of the Xero organisation.',
    }),
    tenantId: t.exposeString('tenantId', { nullable: true, description: "Xero's id of it." }),
    country: t.exposeString('country', { nullable: true, description: 'Its country, such as GB.' }),
    currency: t.exposeString('currency', { nullable: true, description: 'Its base currency.' }),
    connectedBy: t.exposeString('connectedBy', { nullable: true, description: 'Who connected it.' }),
    connectedAt: t.expose('connectedAt', { type: 'DateTime', nullable: true, description: 'When.' }),
    sandbox: t.boolean({
      description: 'Whether it is the sandbox that plays Xero.',
      resolve: (_row, _args, { xero }) => xero.oauth.sandboxUrl !== undefined,
    }),
    sandboxUrl: t.string({
      nullable: true,
      description: 'Where the sandbox is looked at.',
      resolve: (_row, _args, { xero }) => xero.oauth.sandboxUrl ?? null,
    }),
    tenants: t.field({
      type: [TenantRef],
      description: 'The Xero organisations to choose from, while the state is CHOOSING.',
      resolve: ({ state, tenants }) => (state === 'choosing' ? parseTenants(tenants) : []),
    }),
    autoSync: t.exposeBoolean('autoSync', { description: 'Whether runs open by themselves.' }),
    natures: t.field({
      type: [NatureRef],
      description: 'Revenue natures that were seen here.',
      resolve: (_row, _args, { db, organisation }) => readNatures(db, organisation),
    }),
    treatments: t.field({
      type: [TreatmentRef],
      description: 'Tax treatments that were seen here.',
      resolve: (_row, _args, { db, organisation }) => readTreatments(db, organisation),
    }),
    unsettled: t.int({
      description: 'Natures and treatments without an answer.',
      resolve: async (_row, _args, { db, organisation }) => {
        const [natures, treatments] = await Promise.all([
          readNatures(db, organisation),
          readTreatments(db, organisation),
        ]);
        return natures.filter(({ account }) => !account).length + treatments.filter(({ tax }) => !tax).length;
      },
    }),
  }),
});

builder.queryField('connection', (t) =>
  t.field({
    type: ConnectionRef,
    description: 'The connection to Xero.',
    resolve: (_root, _args, { db, organisation }) => readConnection(db, organisation),
  }),
);

/** Its row; a business that was never connected gets one. */
export function readConnection(db: Db, organisationId: string): Promise<ConnectionRow> {
  return db.prisma.connection.upsert({ where: { organisationId }, create: { organisationId }, update: {} });
}
