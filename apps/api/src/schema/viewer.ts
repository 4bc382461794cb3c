// Who asks, and their first password.
import type { Db } from '@stockbook/db';
import {
  builder,
  ConflictError,
  InvalidInputError,
  type Organisation,
  type Viewer,
} from '@stockbook/sync/graphql';

const ViewerKind = builder.enumType('ViewerKind', {
  description: 'What a request was signed with.',
  values: {
    PERSON: { value: 'person', description: 'The session of a person.' },
    KEY: { value: 'key', description: 'An API key.' },
  } as const,
});

export const OrganisationRef = builder.objectRef<Organisation>('Organisation').implement({
  description: 'A business kept in Stockbook.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Its uuid: send it as the header x-organisation.' }),
    name: t.exposeString('name', { description: 'Its name.' }),
  }),
});

const ViewerRef = builder.objectRef<Viewer>('Viewer').implement({
  description: 'The one who asks.',
  fields: (t) => ({
    id: t.exposeID('id', { description: "The person's uuid, or the key's." }),
    kind: t.field({ type: ViewerKind, description: 'A person or a key.', resolve: (viewer) => viewer.kind }),
    name: t.exposeString('name', { description: "The person's name, or what the key is called." }),
    email: t.exposeString('email', { nullable: true, description: "The person's address; none for a key." }),
    organisation: t.field({
      type: OrganisationRef,
      description: 'The organisation this request is about.',
      resolve: (viewer) => viewer.organisation,
    }),
    organisations: t.field({
      type: [OrganisationRef],
      description: 'Every organisation the one who asks may name.',
      resolve: (viewer) => viewer.organisations,
    }),
    role: t.exposeString('role', {
      description: 'What the one who asks is in the organisation, such as owner.',
    }),
    passwordSet: t.boolean({
      description: 'Whether the person can sign in with a password.',
      resolve: (viewer, _args, { people }) => people.hasPassword(viewer.personId),
    }),
    unseen: t.int({
      description: 'Failures that the person has not seen: refused since `markSeen`, and not settled.',
      resolve: (viewer, _args, { db }) => countUnseen(db, viewer.organisation.id, viewer.personId),
    }),
  }),
});

/** Refused changes since the person last looked at the bell. */
export async function countUnseen(db: Db, organisationId: string, personId: string): Promise<number> {
  const key = { organisationId, personId };
  const bell = await db.prisma.bell.findUnique({ where: { organisationId_personId: key } });
  const since = bell ? { settledAt: { gt: bell.seenAt } } : {};
  return db.prisma.change.count({ where: { organisationId, state: 'rejected', ...since } });
}

builder.queryField('viewer', (t) =>
  t.field({ type: ViewerRef, description: 'Who asks.', resolve: (_root, _args, { viewer }) => viewer }),
);

const SetPasswordInput = builder.inputType('SetPasswordInput', {
  description: 'A first password.',
  fields: (t) => ({
    password: t.string({ required: true, description: 'From 12 to 128 characters.' }),
  }),
});

builder.mutationField('setPassword', (t) =>
  t.field({
    type: ViewerRef,
    description: 'Gives the person who asks a first password, after signing in with a one-time link.',
    errors: {},
    authScopes: { person: true },
    args: { input: t.arg({ type: SetPasswordInput, required: true, description: 'The password.' }) },
    resolve: async (_root, { input }, { people, viewer }) => {
      const outcome = await people.setPassword(input.password);
      if (outcome.kind === 'refused') throw new InvalidInputError(outcome.message, 'password');
      if (outcome.kind === 'exists')
        throw new ConflictError(
          'There is a password already: change it with the old one, or sign in by a link.',
        );
      return viewer;
    },
  }),
);
