// Items for API clients: list, one, create, update.
import { createId } from '@stockbook/db';
import { builder, pageArgs } from '../../graphql.ts';
import { DocumentLineRef } from '../../graphql-document.ts';
import { InvalidInputError } from '../../graphql-error.ts';
import { listOf, loaderOf, oneOf } from '../../graphql-noun.ts';
import { create, known, recordIdOf, textOf, update } from '../../graphql-write.ts';
import { apply, load } from './local.ts';
import { type Item, itemFault } from './model.ts';

const ItemKind = builder.enumType('ItemKind', {
  description: 'Whether an item is kept in stock.',
  values: {
    GOODS: { value: 'goods', description: 'Kept in stock.' },
    SERVICE: { value: 'service', description: 'No stock.' },
  } as const,
});

export const ItemRef = builder.loadableNodeRef('Item', {
  id: { resolve: (item: Item) => item.id, description: 'The global id.' },
  load: loaderOf(load, 'item'),
});

builder.objectType(ItemRef, {
  description: 'What is sold, kept in stock or not.',
  fields: (t) => ({
    recordId: t.exposeID('id', {
      description: 'The uuid: what `record(id)` and the other nouns name it by.',
    }),
    code: t.exposeString('code', { description: 'Our code, unique in the organisation.' }),
    name: t.exposeString('name', { description: 'The name.' }),
    description: t.exposeString('description', { nullable: true, description: 'The description.' }),
    kind: t.field({ type: ItemKind, description: 'Goods or a service.', resolve: (item) => item.kind }),
  }),
});

builder.objectField(DocumentLineRef, 'item', (t) =>
  t.field({ type: ItemRef, nullable: true, description: 'What it is for.', resolve: (line) => line.itemId }),
);

const ItemFilter = builder.inputType('ItemFilter', {
  description: 'Which items; all conditions hold at once.',
  fields: (t) => ({
    code: t.string({ description: 'The code, exactly.' }),
    q: t.string({ description: 'A part of the code or name, in any case.' }),
    kind: t.field({ type: ItemKind, description: 'Goods or services only.' }),
  }),
});

const ItemConnection = builder.connectionObject(
  { type: ItemRef, name: 'ItemConnection' },
  { name: 'ItemEdge' },
);

builder.queryFields((t) => ({
  items: t.field({
    type: ItemConnection,
    description: 'Items in the order in which they were made.',
    args: { filter: t.arg({ type: ItemFilter, description: 'Which.' }), ...pageArgs },
    resolve: (_root, { filter, ...args }, context) => {
      const contains = filter?.q ? { contains: filter.q, mode: 'insensitive' as const } : undefined;
      return listOf(context, load, args, ({ where, page }) =>
        context.db.prisma.item.findMany({
          where: {
            ...where,
            ...(filter?.code ? { code: filter.code } : {}),
            ...(filter?.kind ? { kind: filter.kind } : {}),
            ...(contains ? { OR: [{ code: contains }, { name: contains }] } : {}),
          },
          ...page,
        }),
      );
    },
  }),
  item: t.field({
    type: ItemRef,
    nullable: true,
    description: 'One item by its uuid or global id.',
    args: { id: t.arg.id({ required: true, description: 'The uuid or global id.' }) },
    resolve: (_root, { id }, context) => oneOf(context, load, 'Item', id),
  }),
}));

const CreateItemInput = builder.inputType('CreateItemInput', {
  description: 'A new item.',
  fields: (t) => ({
    code: t.string({ required: true, description: 'Our code, at most 30 characters, not used yet.' }),
    name: t.string({ required: true, description: 'The name, at most 50 characters.' }),
    description: t.string({ description: 'The description, at most 4,000 characters.' }),
    kind: t.field({ type: ItemKind, description: 'Goods when left out.' }),
  }),
});

const UpdateItemInput = builder.inputType('UpdateItemInput', {
  description: 'What changes of an item: fields left out stay, empty text clears.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'The uuid or global id.' }),
    code: t.string({ description: 'Our code.' }),
    name: t.string({ description: 'The name.' }),
    description: t.string({ description: 'The description.' }),
  }),
});

interface Given {
  code?: string | null | undefined;
  name?: string | null | undefined;
  description?: string | null | undefined;
}

builder.mutationFields((t) => ({
  createItem: t.field({
    type: ItemRef,
    description: 'Makes an item; it waits for Xero at once.',
    errors: {},
    args: { input: t.arg({ type: CreateItemInput, required: true, description: 'The item.' }) },
    resolve: (_root, { input }, context) =>
      create(context, {
        ...saving(input.code),
        make: async () => checked(input, { ...blank, id: createId(), kind: input.kind ?? 'goods' }),
      }),
  }),
  updateItem: t.field({
    type: ItemRef,
    description: 'Changes an item; the change waits for Xero at once.',
    errors: {},
    args: { input: t.arg({ type: UpdateItemInput, required: true, description: 'What changes.' }) },
    resolve: (_root, { input }, context) => {
      const id = recordIdOf('Item', input.id);
      return update(context, id ?? input.id, {
        ...saving(input.code),
        make: async (tx) =>
          checked(input, await known('item', id, (found) => load(tx.sql, context.organisation, [found]))),
      });
    },
  }),
}));

const blank = { code: '', name: '', nameSource: 'person', description: null } as const;

function saving(code: string | null | undefined) {
  return {
    entity: 'items',
    apply,
    title: (item: Item) => `Item ${item.code} (${item.name})`,
    taken: `There is an item with the code ${code?.trim()} already: choose another.`,
  };
}

/** A name that a person gave is never replaced by one from a file. */
function checked(given: Given, before: Item): Item {
  const item: Item = {
    ...before,
    code: given.code?.trim() ?? before.code,
    name: given.name?.trim() ?? before.name,
    nameSource: given.name ? 'person' : before.nameSource,
    description: given.description === undefined ? before.description : textOf(given.description),
  };
  const fault = itemFault(item);
  if (fault) throw new InvalidInputError(`${fault}.`);
  return item;
}
