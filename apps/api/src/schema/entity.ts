// What the server says of each entity: the dashboard draws lists and records from it, and knows no entity by name.
import type { Column, Exports, FormField } from '@stockbook/core';
import type { Entity } from '@stockbook/sync';
import { entities } from '@stockbook/sync/entities';
import { builder, type Context } from '@stockbook/sync/graphql';

export const EntityName = builder.enumType('EntityName', {
  description: 'An entity: a kind of record.',
  values: Object.fromEntries(
    entities.map(({ name, label }) => [name.replaceAll('-', '_'), { value: name, description: `${label}.` }]),
  ),
});

const EntityExports = builder.enumType('EntityExports', {
  description: 'Whether an entity reaches Xero.',
  values: {
    YES: { value: 'yes', description: 'Its records are sent.' },
    NOT_YET: { value: 'not yet', description: 'It is kept here only, for now.' },
    READ_ONLY: { value: 'read only', description: 'It is read from Xero and never sent.' },
  } satisfies Record<string, { value: Exports; description: string }>,
});

const ColumnKind = builder.enumType('ColumnKind', {
  description: 'How a column is drawn.',
  values: {
    TEXT: { value: 'text', description: 'Words.' },
    DATE: { value: 'date', description: 'A calendar date.' },
    TIME: { value: 'time', description: 'An instant.' },
    MONEY: { value: 'money', description: 'An amount.' },
    STATE: { value: 'state', description: 'A state of the sync.' },
    FLAG: { value: 'flag', description: 'Yes or no.' },
  } satisfies Record<string, { value: Column['kind']; description: string }>,
});

const ColumnRef = builder.objectRef<Column>('Column').implement({
  description: "A column of an entity's list.",
  fields: (t) => ({
    key: t.exposeString('key', { description: 'What the cells name it by.' }),
    label: t.exposeString('label', { description: 'Its heading.' }),
    kind: t.field({ type: ColumnKind, description: 'How it is drawn.', resolve: ({ kind }) => kind }),
    filterable: t.exposeBoolean('filterable', { description: 'Whether RecordFilter can narrow by it.' }),
    sortable: t.exposeBoolean('sortable', { description: 'Whether RecordSort can order by it.' }),
  }),
});

const FormFieldRef = builder.objectRef<FormField>('FormField').implement({
  description: "A field of an entity's form.",
  fields: (t) => ({
    key: t.exposeString('key', { description: 'The name of the field in the inputs.' }),
    label: t.exposeString('label', { description: 'Its label.' }),
    kind: t.exposeString('kind', { description: 'text, email, date, money, quantity, record or lines.' }),
    required: t.exposeBoolean('required', { description: 'Whether it must be given.' }),
    maxLength: t.int({
      nullable: true,
      description: 'At most so many characters.',
      resolve: ({ maxLength }) => maxLength ?? null,
    }),
  }),
});

const EntityRef = builder.objectRef<Entity>('Entity').implement({
  description: 'A kind of record: its words, its columns and its form.',
  fields: (t) => ({
    name: t.field({ type: EntityName, description: 'Its name.', resolve: ({ name }) => name }),
    label: t.exposeString('label', { description: 'Its name for people, of many.' }),
    singular: t.exposeString('singular', { description: 'Its name for people, of one.' }),
    exports: t.field({
      type: EntityExports,
      description: 'Whether it reaches Xero.',
      resolve: (entity) => entity.exports,
    }),
    columns: t.field({
      type: [ColumnRef],
      description: 'The columns of its list.',
      resolve: ({ columns }) => [...columns],
    }),
    form: t.field({
      type: [FormFieldRef],
      description: 'The fields of its form.',
      resolve: ({ form }) => [...form],
    }),
    count: t.loadable({
      type: 'Int',
      description: 'How many records there are.',
      load: countRecords,
      resolve: ({ name }) => name,
    }),
  }),
});

builder.queryField('entities', (t) =>
  t.field({
    type: [EntityRef],
    description: 'Every entity, in the order in which people meet them.',
    resolve: () => [...entities],
  }),
);

async function countRecords(names: string[], { db, organisation }: Context): Promise<number[]> {
  const rows = await db.prisma.record.groupBy({
    by: ['entity'],
    where: { organisationId: organisation, entity: { in: names } },
    _count: true,
  });
  const counts = new Map(rows.map(({ entity, _count }) => [entity, _count]));
  return names.map((name) => counts.get(name) ?? 0);
}
