// Conflicts: what was changed in Xero since both sides last agreed, and a person's choice of what holds.
import { chooseSide, readConflict, type ShownConflict } from '@stockbook/sync';
import { entities, entityOf } from '@stockbook/sync/entities';
import { builder, ConflictError, isId, NotFoundError } from '@stockbook/sync/graphql';
import { RecordRef } from './record.ts';

type Difference = ShownConflict['differences'][number];

const DifferenceRef = builder.objectRef<Difference>('FieldDifference').implement({
  description: 'A field on which the two sides, or what both last held, do not agree.',
  fields: (t) => ({
    field: t.exposeString('field', { description: 'Which, in words.' }),
    ours: t.exposeString('ours', {
      nullable: true,
      description: 'What would be sent; none where nothing is sent and Xero’s stays.',
    }),
    agreed: t.exposeString('agreed', { description: 'What both sides last held.' }),
    theirs: t.exposeString('theirs', { description: 'What Xero holds.' }),
  }),
});

const ConflictRef = builder.objectRef<ShownConflict>('Conflict').implement({
  description: 'A record that was changed in Xero: nothing goes over it until a person chooses.',
  fields: (t) => ({
    seenAt: t.expose('seenAt', { type: 'DateTime', nullable: true, description: 'When it was seen.' }),
    gone: t.exposeBoolean('gone', { description: 'Whether Xero no longer has it.' }),
    differences: t.field({
      type: [DifferenceRef],
      description: 'Field by field.',
      resolve: ({ differences }) => differences,
    }),
  }),
});

builder.objectField(RecordRef, 'conflict', (t) =>
  t.field({
    type: ConflictRef,
    nullable: true,
    description: 'What was changed in Xero, while a person must choose.',
    resolve: async ({ id, entity, syncState }, _args, { db, organisation }) => {
      const of = entityOf(entity);
      if (syncState !== 'conflict' || of === undefined) return null;
      return (await readConflict(db, of, organisation, id)) ?? null;
    },
  }),
);

const Side = builder.enumType('Side', {
  description: 'Whose word holds.',
  values: {
    OURS: { value: 'ours', description: 'Ours goes over what Xero holds.' },
    THEIRS: { value: 'theirs', description: 'What Xero holds stays; ours is not sent.' },
  } as const,
});

const ChooseSideInput = builder.inputType('ChooseSideInput', {
  description: 'What holds of a record that was changed in Xero.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'The record, by uuid.' }),
    keep: t.field({ type: Side, required: true, description: 'Whose.' }),
  }),
});

builder.mutationField('chooseSide', (t) =>
  t.field({
    type: RecordRef,
    description: 'Settles a conflict: ours waits for the next sync, or Xero’s is kept.',
    errors: {},
    args: { input: t.arg({ type: ChooseSideInput, required: true, description: 'The choice.' }) },
    resolve: async (_root, { input }, { db, organisation, actor }) => {
      const choice = { recordId: input.id, keep: input.keep };
      const chosen = isId(input.id)
        ? await chooseSide(db, entities, organisation, actor, choice)
        : { kind: 'missing' as const };
      if (chosen.kind === 'missing') throw new NotFoundError('There is no such record in this organisation.');
      if (chosen.kind === 'no-conflict')
        throw new ConflictError('Nothing is to be chosen: the record has no conflict any more.');
      return db.prisma.record.findUniqueOrThrow({
        where: { organisationId_id: { organisationId: organisation, id: input.id } },
      });
    },
  }),
);
