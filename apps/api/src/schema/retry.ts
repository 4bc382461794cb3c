// What a person decides about records: try once more, and do not sync.
import { retryChanges, type Selection, setDoNotSync } from '@stockbook/sync';
import { entities } from '@stockbook/sync/entities';
import { builder, type Context, InvalidInputError, isId, NotFoundError } from '@stockbook/sync/graphql';
import { recordsOfGroup } from './error-group.ts';
import { RecordRef } from './record.ts';

const RetryInput = builder.inputType('RetryInput', {
  description: 'Which refused records to try again: exactly one of these.',
  fields: (t) => ({
    records: t.idList({ description: 'These records, by uuid, at most 10,000.' }),
    group: t.id({ description: 'Those of an error group, by its id.' }),
    all: t.boolean({ description: 'All.' }),
  }),
});

const RetryPayload = builder.objectRef<{ count: number }>('RetryPayload').implement({
  description: 'What came of Retry.',
  fields: (t) => ({ count: t.exposeInt('count', { description: 'How many changes wait again.' }) }),
});

const recordMax = 10_000;
const reasonLengthMax = 500;

type Which = typeof RetryInput.$inferInput;

builder.mutationField('retry', (t) =>
  t.field({
    type: RetryPayload,
    description: 'Lets what Xero refused go once more, with the next sync.',
    errors: {},
    args: { input: t.arg({ type: RetryInput, required: true, description: 'Which.' }) },
    resolve: async (_root, { input }, context) => {
      const selection = await selectionOf(input, context);
      return { count: await retryChanges(context.db, context.organisation, context.actor, selection) };
    },
  }),
);

async function selectionOf(
  { records, group, all }: Which,
  { db, organisation }: Context,
): Promise<Selection> {
  const given = [records ?? undefined, group ?? undefined, all ? true : undefined].filter(
    (one) => one !== undefined,
  );
  if (given.length !== 1)
    throw new InvalidInputError('Give exactly one of `records`, `group` and `all: true`.');
  if (all) return { kind: 'all' };
  if (group) {
    const ids = await recordsOfGroup(db, organisation, group);
    if (!ids) throw new NotFoundError('There is no such group any more: nothing refused has this cause.');
    return { kind: 'records', ids };
  }
  const ids = records ?? [];
  if (ids.length === 0 || ids.length > recordMax || !ids.every(isId))
    throw new InvalidInputError(`\`records\` are from 1 to ${recordMax} uuids.`, 'records');
  return { kind: 'records', ids };
}

const SetDoNotSyncInput = builder.inputType('SetDoNotSyncInput', {
  description: 'Whether a record is kept from going to Xero, or from coming from it; what is left out stays.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'The record, by uuid.' }),
    export: t.boolean({ description: 'True keeps it from being sent.' }),
    exportReason: t.string({ description: 'Why, at most 500 characters.' }),
    import: t.boolean({ description: 'True keeps it from being read.' }),
    importReason: t.string({ description: 'Why, at most 500 characters.' }),
  }),
});

builder.mutationField('setDoNotSync', (t) =>
  t.field({
    type: RecordRef,
    description: 'Sets or lifts the do-not-sync flags of a record, each with a reason.',
    errors: {},
    args: {
      input: t.arg({ type: SetDoNotSyncInput, required: true, description: 'The record and its flags.' }),
    },
    resolve: async (_root, { input }, { db, organisation, actor }) => {
      const { id } = input;
      for (const field of ['exportReason', 'importReason'] as const) {
        if ((input[field] ?? '').length > reasonLengthMax)
          throw new InvalidInputError(`A reason has at most ${reasonLengthMax} characters.`, field);
      }
      const want = {
        ...(typeof input.export === 'boolean' ? { noExport: input.export } : {}),
        ...(input.exportReason === undefined ? {} : { noExportReason: input.exportReason }),
        ...(typeof input.import === 'boolean' ? { noImport: input.import } : {}),
        ...(input.importReason === undefined ? {} : { noImportReason: input.importReason }),
      };
      const found =
        isId(id) && (await db.write(organisation, (tx) => setDoNotSync(tx, entities, actor, id, want)));
      if (!found) throw new NotFoundError('There is no such record in this organisation.');
      return db.prisma.record.findUniqueOrThrow({
        where: { organisationId_id: { organisationId: organisation, id } },
      });
    },
  }),
);
