// Sales invoices for API clients: list, one, create, update.
import { createId, type ModelTx } from '@stockbook/db';
import type { DocumentLine } from '../../document.ts';
import { builder, pageArgs } from '../../graphql.ts';
import {
  checkedDocument,
  DocumentFilter,
  DocumentLineInput,
  DocumentLineRef,
  documentWhere,
} from '../../graphql-document.ts';
import { InvalidInputError } from '../../graphql-error.ts';
import { listOf, loaderOf, oneOf } from '../../graphql-noun.ts';
import { create, known, recordIdOf, update } from '../../graphql-write.ts';
import { ContactRef } from '../contacts/graphql.ts';
import { apply, load } from './local.ts';
import type { Invoice } from './model.ts';

export const InvoiceRef = builder.loadableNodeRef('Invoice', {
  id: { resolve: (invoice: Invoice) => invoice.id, description: 'The global id.' },
  load: loaderOf(load, 'invoice'),
});

builder.objectType(InvoiceRef, {
  description: 'A sales invoice; prices are without tax.',
  fields: (t) => ({
    recordId: t.exposeID('id', { description: 'The uuid: what `record(id)` names it by.' }),
    number: t.exposeString('number', { description: 'Our number, unique among invoices.' }),
    contact: t.field({ type: ContactRef, description: 'Who buys.', resolve: (invoice) => invoice.contactId }),
    date: t.expose('date', { type: 'Date', description: 'The date of the document.' }),
    dueDate: t.expose('dueDate', { type: 'Date', description: 'When it is to be paid.' }),
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
      resolve: (invoice) => invoice.lines,
    }),
  }),
});

const InvoiceConnection = builder.connectionObject(
  { type: InvoiceRef, name: 'InvoiceConnection' },
  { name: 'InvoiceEdge' },
);

builder.queryFields((t) => ({
  invoices: t.field({
    type: InvoiceConnection,
    description: 'Invoices in the order in which they were made.',
    args: { filter: t.arg({ type: DocumentFilter, description: 'Which.' }), ...pageArgs },
    resolve: (_root, { filter, ...args }, context) =>
      listOf(context, load, args, ({ where, page }) =>
        context.db.prisma.invoice.findMany({ where: { ...where, ...documentWhere(filter) }, ...page }),
      ),
  }),
  invoice: t.field({
    type: InvoiceRef,
    nullable: true,
    description: 'One invoice by its uuid or global id.',
    args: { id: t.arg.id({ required: true, description: 'The uuid or global id.' }) },
    resolve: (_root, { id }, context) => oneOf(context, load, 'Invoice', id),
  }),
}));

const CreateInvoiceInput = builder.inputType('CreateInvoiceInput', {
  description: 'A new sales invoice.',
  fields: (t) => ({
    number: t.string({ required: true, description: 'Our number, at most 255 characters, not used yet.' }),
    contactId: t.id({ required: true, description: "The contact's uuid or global id." }),
    date: t.field({ type: 'Date', required: true, description: 'The date of the document.' }),
    dueDate: t.field({ type: 'Date', required: true, description: 'When it is to be paid.' }),
    currency: t.string({ description: 'The currency; GBP when left out.' }),
    reference: t.string({ description: "The customer's reference." }),
    lines: t.field({ type: [DocumentLineInput], required: true, description: 'The lines, at least one.' }),
  }),
});

const UpdateInvoiceInput = builder.inputType('UpdateInvoiceInput', {
  description: 'What changes of an invoice: fields left out stay, lines are replaced as a whole.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'The uuid or global id.' }),
    number: t.string({ description: 'Our number.' }),
    contactId: t.id({ description: "The contact's uuid or global id." }),
    date: t.field({ type: 'Date', description: 'The date of the document.' }),
    dueDate: t.field({ type: 'Date', description: 'When it is to be paid.' }),
    currency: t.string({ description: 'The currency.' }),
    reference: t.string({ description: "The customer's reference; empty text clears." }),
    lines: t.field({ type: [DocumentLineInput], description: 'All the lines.' }),
  }),
});

builder.mutationFields((t) => ({
  createInvoice: t.field({
    type: InvoiceRef,
    description: 'Makes an invoice: stock goes down, and it waits for Xero at once.',
    errors: {},
    args: { input: t.arg({ type: CreateInvoiceInput, required: true, description: 'The invoice.' }) },
    resolve: (_root, { input }, context) =>
      create(context, {
        ...saving(input.number),
        make: (tx) => checked(tx, input, { ...blank, id: createId() }),
      }),
  }),
  updateInvoice: t.field({
    type: InvoiceRef,
    description: 'Changes an invoice: stock follows, and the change waits for Xero at once.',
    errors: {},
    args: { input: t.arg({ type: UpdateInvoiceInput, required: true, description: 'What changes.' }) },
    resolve: (_root, { input }, context) => {
      const id = recordIdOf('Invoice', input.id);
      return update(context, id ?? input.id, {
        ...saving(input.number),
        make: async (tx) =>
          checked(
            tx,
            input,
            await known('invoice', id, (found) => load(tx.sql, context.organisation, [found])),
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
  dueDate: '',
  currency: 'GBP',
  reference: null,
  status: 'authorised',
  sourceHash: null,
  lines: noLines,
} as const;

function saving(number: string | null | undefined) {
  return {
    entity: 'invoices',
    apply,
    title: (invoice: Invoice) => `Invoice ${invoice.number}`,
    taken: `There is an invoice with the number ${number?.trim()} already: choose another.`,
  };
}

type Given = Partial<typeof CreateInvoiceInput.$inferInput> | typeof UpdateInvoiceInput.$inferInput;

async function checked(
  tx: ModelTx,
  given: Given,
  before: Omit<Invoice, 'subTotal' | 'totalTax' | 'total'>,
): Promise<Invoice> {
  const document = await checkedDocument(tx, given, before);
  const dueDate = given.dueDate ?? before.dueDate;
  if (dueDate < document.date) throw new InvalidInputError('`dueDate` is not before `date`.', 'dueDate');
  return { ...document, dueDate };
}
