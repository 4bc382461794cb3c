// Contacts for API clients: list, one, create, update.
import { createId } from '@stockbook/db';
import { builder, pageArgs } from '../../graphql.ts';
import { InvalidInputError } from '../../graphql-error.ts';
import { listOf, loaderOf, oneOf } from '../../graphql-noun.ts';
import { create, known, recordIdOf, textOf, update } from '../../graphql-write.ts';
import { apply, load } from './local.ts';
import { type Contact, contactFault } from './model.ts';

export const ContactRef = builder.loadableNodeRef('Contact', {
  id: { resolve: (contact: Contact) => contact.id, description: 'The global id.' },
  load: loaderOf(load, 'contact'),
});

builder.objectType(ContactRef, {
  description: 'A customer or supplier.',
  fields: (t) => ({
    recordId: t.exposeID('id', {
      description: 'The uuid: what `record(id)` and the other nouns name it by.',
    }),
    number: t.exposeString('number', { description: 'Our number, unique in the organisation.' }),
    name: t.exposeString('name', { description: 'The name.' }),
    email: t.string({
      nullable: true,
      description: 'The e-mail address.',
      resolve: (contact) => contact.email || null,
    }),
    phone: t.string({
      nullable: true,
      description: 'The telephone number.',
      resolve: (contact) => contact.phone || null,
    }),
    country: t.string({
      nullable: true,
      description: 'The country of the address.',
      resolve: (contact) => contact.country || null,
    }),
  }),
});

const ContactFilter = builder.inputType('ContactFilter', {
  description: 'Which contacts; all conditions hold at once.',
  fields: (t) => ({
    number: t.string({ description: 'The number, exactly.' }),
    q: t.string({ description: 'A part of the number or name, in any case.' }),
    country: t.string({ description: 'The country, exactly.' }),
  }),
});

const ContactConnection = builder.connectionObject(
  { type: ContactRef, name: 'ContactConnection' },
  { name: 'ContactEdge' },
);

builder.queryFields((t) => ({
  contacts: t.field({
    type: ContactConnection,
    description: 'Contacts in the order in which they were made.',
    args: {
      filter: t.arg({ type: ContactFilter, description: 'Which.' }),
      ...pageArgs,
    },
    resolve: (_root, { filter, ...args }, context) => {
      const contains = filter?.q ? { contains: filter.q, mode: 'insensitive' as const } : undefined;
      return listOf(context, load, args, ({ where, page }) =>
        context.db.prisma.contact.findMany({
          where: {
            ...where,
            ...(filter?.number ? { number: filter.number } : {}),
            ...(filter?.country ? { country: filter.country } : {}),
            ...(contains ? { OR: [{ number: contains }, { name: contains }] } : {}),
          },
          ...page,
        }),
      );
    },
  }),
  contact: t.field({
    type: ContactRef,
    nullable: true,
    description: 'One contact by its uuid or global id.',
    args: { id: t.arg.id({ required: true, description: 'The uuid or global id.' }) },
    resolve: (_root, { id }, context) => oneOf(context, load, 'Contact', id),
  }),
}));

const CreateContactInput = builder.inputType('CreateContactInput', {
  description: 'A new contact.',
  fields: (t) => ({
    number: t.string({ required: true, description: 'Our number, at most 50 characters, not used yet.' }),
    name: t.string({ required: true, description: 'The name, at most 255 characters.' }),
    email: t.string({ description: 'The e-mail address.' }),
    phone: t.string({ description: 'The telephone number, at most 50 characters.' }),
    country: t.string({ description: 'The country, at most 50 characters.' }),
  }),
});

const UpdateContactInput = builder.inputType('UpdateContactInput', {
  description: 'What changes of a contact: fields left out stay, empty text clears.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'The uuid or global id.' }),
    number: t.string({ description: 'Our number.' }),
    name: t.string({ description: 'The name.' }),
    email: t.string({ description: 'The e-mail address.' }),
    phone: t.string({ description: 'The telephone number.' }),
    country: t.string({ description: 'The country.' }),
  }),
});

type Given = { [field in keyof Omit<Contact, 'id'>]?: string | null | undefined };

builder.mutationFields((t) => ({
  createContact: t.field({
    type: ContactRef,
    description: 'Makes a contact; it waits for Xero at once.',
    errors: {},
    args: { input: t.arg({ type: CreateContactInput, required: true, description: 'The contact.' }) },
    resolve: (_root, { input }, context) =>
      create(context, {
        ...saving(input.number),
        make: async () => checked(input, { id: createId(), ...blank }),
      }),
  }),
  updateContact: t.field({
    type: ContactRef,
    description: 'Changes a contact; the change waits for Xero at once.',
    errors: {},
    args: { input: t.arg({ type: UpdateContactInput, required: true, description: 'What changes.' }) },
    resolve: (_root, { input }, context) => {
      const id = recordIdOf('Contact', input.id);
      return update(context, id ?? input.id, {
        ...saving(input.number),
        make: async (tx) =>
          checked(input, await known('contact', id, (found) => load(tx.sql, context.organisation, [found]))),
      });
    },
  }),
}));

const blank = { number: '', name: '', email: null, phone: null, country: null };

function saving(number: string | null | undefined) {
  return {
    entity: 'contacts',
    apply,
    title: (contact: Contact) => `Contact ${contact.number} (${contact.name})`,
    taken: `There is a contact with the number ${number?.trim()} already: choose another.`,
  };
}

function checked(given: Given, before: Contact): Contact {
  const contact: Contact = {
    id: before.id,
    number: given.number?.trim() ?? before.number,
    name: given.name?.trim() ?? before.name,
    email: given.email === undefined ? before.email : textOf(given.email),
    phone: given.phone === undefined ? before.phone : textOf(given.phone),
    country: given.country === undefined ? before.country : textOf(given.country),
  };
  const fault = contactFault(contact);
  if (fault) throw new InvalidInputError(`${fault}.`);
  return contact;
}
