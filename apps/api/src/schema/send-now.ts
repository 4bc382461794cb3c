// Send now: a record that waits goes before all else.
import { hurryRecord } from '@stockbook/sync';
import { entities } from '@stockbook/sync/entities';
import { builder, ConflictError, isId, NotFoundError } from '@stockbook/sync/graphql';
import { RecordRef } from './record.ts';

const SendNowPayload = builder.objectRef<{ id: string; words: string }>('SendNowPayload').implement({
  description: 'What came of Send now.',
  fields: (t) => ({
    record: t.field({ type: RecordRef, description: 'The record.', resolve: ({ id }) => id }),
    words: t.exposeString('words', { description: 'When it goes, in words.' }),
  }),
});

const SendNowInput = builder.inputType('SendNowInput', {
  description: 'What is to go before all else.',
  fields: (t) => ({ id: t.id({ required: true, description: 'The record, by uuid.' }) }),
});

builder.mutationField('sendNow', (t) =>
  t.field({
    type: SendNowPayload,
    description:
      'Lets the change of a record that waits go before all else, from the part of the day that is kept for urgent work, too. It opens a run only while automatic sync is on.',
    errors: {},
    args: { input: t.arg({ type: SendNowInput, required: true, description: 'Which record.' }) },
    resolve: async (_root, { input: { id } }, { db, organisation, actor }) => {
      const hurried = isId(id)
        ? await hurryRecord(db, entities, organisation, actor, id)
        : { kind: 'missing' as const };
      switch (hurried.kind) {
        case 'urgent':
          return { id, words: `${hurried.words}.` };
        case 'missing':
          throw new NotFoundError('There is no such record in this organisation.');
        case 'stays':
          throw new ConflictError(/[.?!]$/.test(hurried.reason) ? hurried.reason : `${hurried.reason}.`);
      }
    },
  }),
);
