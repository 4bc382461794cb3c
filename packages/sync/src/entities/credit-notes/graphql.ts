// Credit notes for API clients: list, one, create, update.
import { createId } from '@stockbook/db';
import type { DocumentLine } from '../../document.ts';
import { builder, pageArgs } from '../../graphql.ts';
import {
  checkedDocument,
  DocumentFilter,
  DocumentLineInput,
  DocumentLineRef,
  documentWhere,
} from '../../graphql-document.ts';
import { listOf, loaderOf, oneOf } from '../../graphql-noun.ts';
import { create, known, recordIdOf, update } from '../../graphql-write.ts';
import { ContactRef } from '../contacts/graphql.ts';
import { apply, load } from './local.ts';
import type { CreditNote } from './model.ts';

export const CreditNoteRef = builder.loadableNodeRef('CreditNote', {
  id: { resolve: (creditNote: CreditNote) => creditNote.id, description: 'The global id.' },
  load: loaderOf(load, 'credit note'),
});

builder.objectType(CreditNoteRef, {
  description: 'A credit note; prices are without tax.',
  fields: (t) => ({
    recordId: t.exposeID('id', { description: 'The uuid: what `record(id)` names it by.' }),
    number: t.exposeString('number', { description: 'Our number, unique among credit notes.' }),
    contact: t.field({
      type: ContactRef,
      description: 'Who is credited.',
      resolve: (creditNote) => creditNote.contactId,
    }),
    date: t.expose('date', { type: 'Date', description: 'The date of the document.' }),
    currency: t.exposeString('currency', { description: 'The currency, such as GBP.' }),
    reference: t.exposeString('reference', { nullable: true, description: "The customer's reference." }),
    status: t.exposeString('status', { description: 'Where it stands: authorised.' }),
    subTotal: t.expose('subTotal', { type: 'Decimal', description: 'The sum without tax.' }),
    totalTax: t.expose('totalTax', {
      type: 'Decimal',
      description: 'The tax, rounded per line and then summed.',
    }),
    total: t.expose('total', { type: 'Decimal', description: 'The sum with tax.' }),
    lines: t.field({
      type: [DocumentLineRef],
      description: 'The lines, in order.',
      resolve: (creditNote) => creditNote.lines,
    }),
  }),
});

const CreditNoteConnection = builder.connectionObject(
  { type: CreditNoteRef, name: 'CreditNoteConnection' },
  { name: 'CreditNoteEdge' },
);

builder.queryFields((t) => ({
  creditNotes: t.field({
    type: CreditNoteConnection,
    description: 'Credit notes in the order in which they were made.',
    args: { filter: t.arg({ type: DocumentFilter, description: 'Which.' }), ...pageArgs },
    resolve: (_root, { filter, ...args }, context) =>
      listOf(context, load, args, ({ where, page }) =>
        context.db.prisma.creditNote.findMany({ where: { ...where, ...documentWhere(filter) }, ...page }),
      ),
  }),
  creditNote: t.field({
    type: CreditNoteRef,
    nullable: true,
    description: 'One credit note by its uuid or global id.',
    args: { id: t.arg.id({ required: true, description: 'The uuid or global id.' }) },
    resolve: (_root, { id }, context) => oneOf(context, load, 'CreditNote', id),
  }),
}));

const CreateCreditNoteInput = builder.inputType('CreateCreditNoteInput', {
  description: 'A new sales creditNote.',
  fields: (t) => ({
    number: t.string({ required: true, description: 'Our number, at most 255 characters, not used yet.' }),
    contactId: t.id({ required: true, description: "The contact's uuid or global id." }),
    date: t.field({ type: 'Date', required: true, description: 'The date of the document.' }),
    currency: t.string({ description: 'The currency; GBP when left out.' }),
    reference: t.string({ description: "The customer's reference." }),
    lines: t.field({ type: [DocumentLineInput], required: true, description: 'The lines, at least one.' }),
  }),
});

const UpdateCreditNoteInput = builder.inputType('UpdateCreditNoteInput', {
  description: 'What changes of a credit note: fields left out stay, lines are replaced as a whole.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'The uuid or global id.' }),
    number: t.string({ description: 'Our number.' }),
    contactId: t.id({ description: "The contact's uuid or global id." }),
    date: t.field({ type: 'Date', description: 'The date of the document.' }),
    currency: t.string({ description: 'The currency.' }),
    reference: t.string({ description: "The customer's reference; empty text clears." }),
    lines: t.field({ type: [DocumentLineInput], description: 'All the lines.' }),
  }),
});

builder.mutationFields((t) => ({
  createCreditNote: t.field({
    type: CreditNoteRef,
    description: 'Makes a credit note: stock goes up, and it waits for Xero at once.',
    errors: {},
    args: { input: t.arg({ type: CreateCreditNoteInput, required: true, description: 'The creditNote.' }) },
    resolve: (_root, { input }, context) =>
      create(context, {
        ...saving(input.number),
        make: (tx) => checkedDocument(tx, input, { ...blank, id: createId() }),
      }),
  }),
  updateCreditNote: t.field({
    type: CreditNoteRef,
    description: 'Changes a credit note: stock follows, and the change waits for Xero at once.',
    errors: {},
    args: { input: t.arg({ type: UpdateCreditNoteInput, required: true, description: 'What changes.' }) },
    resolve: (_root, { input }, context) => {
      const id = recordIdOf('CreditNote', input.id);
      return update(context, id ?? input.id, {
        ...saving(input.number),
        make: async (tx) =>
          checkedDocument(
            tx,
            input,
            await known('credit note', id, (found) => load(tx.sql, context.organisation, [found])),
          ),
      });
    },
  }),
}));

const noLines: DocumentLine[] = [];

const blank = {
  number: '',
  contactId: '',
  date: '',
  currency: 'GBP',
  reference: null,
  status: 'authorised',
  sourceHash: null,
  lines: noLines,
} as const;

function saving(number: string | null | undefined) {
  return {
    entity: 'credit-notes',
    apply,
    title: (creditNote: CreditNote) => `Credit note ${creditNote.number}`,
    taken: `There is a credit note with the number ${number?.trim()} already: choose another.`,
  };
}
