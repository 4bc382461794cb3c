// The bell: which failures a person has seen.
import { builder } from '@stockbook/sync/graphql';
import { countUnseen } from './viewer.ts';

const MarkSeenPayload = builder.objectRef<{ unseen: number }>('MarkSeenPayload').implement({
  description: 'The bell after it was looked at.',
  fields: (t) => ({ unseen: t.exposeInt('unseen', { description: 'Failures since then.' }) }),
});

builder.mutationField('markSeen', (t) =>
  t.field({
    type: MarkSeenPayload,
    description: 'Notes that the person who asks has seen every failure up to now.',
    errors: {},
    authScopes: { person: true },
    resolve: async (_root, _args, { db, organisation, viewer }) => {
      const seenAt = await db.now();
      const key = { organisationId: organisation, personId: viewer.personId };
      await db.prisma.bell.upsert({
        where: { organisationId_personId: key },
        create: { ...key, seenAt },
        update: { seenAt },
      });
      return { unseen: await countUnseen(db, organisation, viewer.personId) };
    },
  }),
);
