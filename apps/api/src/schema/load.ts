// Loads: files read into the inventory, with their progress and their report.
import { type Template, templateOf, templates } from '@stockbook/csv';
import type { PrismaTypes } from '@stockbook/db';
import { closeLoad, createLoad } from '@stockbook/sync';
import {
  builder,
  ConflictError,
  InvalidInputError,
  isId,
  NotFoundError,
  pageArgs,
  pageArguments,
  toPage,
} from '@stockbook/sync/graphql';
import { parseWord } from './word.ts';

type LoadRow = PrismaTypes['Load']['Shape'];

const TemplateRef = builder.objectRef<Template>('Template').implement({
  description: 'What the columns of a file mean.',
  fields: (t) => ({
    name: t.exposeID('name', { description: 'Its name.' }),
    label: t.exposeString('label', { description: 'Its name for people.' }),
    columns: t.stringList({
      description: 'The columns a file must have.',
      resolve: ({ columns }) => [...columns],
    }),
  }),
});

const loadStates = ['receiving', 'waiting', 'working', 'done', 'failed'] as const;

const LoadState = builder.enumType('LoadState', {
  description: 'Where a load stands.',
  values: {
    RECEIVING: { value: 'receiving', description: 'Its files are coming in.' },
    WAITING: { value: 'waiting', description: 'All files are in; a worker is to take it.' },
    WORKING: { value: 'working', description: 'Its documents are being made.' },
    DONE: { value: 'done', description: 'Every row is accounted for.' },
    FAILED: { value: 'failed', description: 'It could not go on.' },
  },
});

const LoadFileRef = builder.objectRef<PrismaTypes['LoadFile']['Shape']>('LoadFile').implement({
  description: 'A file of a load.',
  fields: (t) => ({
    id: t.id({
      description: "The load's uuid and the file's number.",
      resolve: ({ loadId, file }) => `${loadId}:${file}`,
    }),
    name: t.exposeString('name', { description: 'Its name.' }),
    state: t.exposeString('state', { description: 'receiving, staged or refused.' }),
    rows: t.exposeInt('rows', { description: 'Its rows.' }),
    problem: t.exposeString('problem', { nullable: true, description: 'Why nothing of it was taken.' }),
  }),
});

export const LoadRef = builder.objectRef<LoadRow>('Load').implement({
  description: 'Files read into the inventory in one go.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Its uuid: its files go to /loads/<id>/files/<number>.' }),
    template: t.string({
      description: 'What its columns mean.',
      resolve: ({ template }) => templateOf(template)?.name ?? template,
    }),
    state: t.field({
      type: LoadState,
      description: 'Where it stands.',
      resolve: ({ state }) => parseWord(loadStates, state),
    }),
    problem: t.exposeString('problem', { nullable: true, description: 'Why it failed.' }),
    createdBy: t.exposeString('createdBy', { description: 'Who began it.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was begun.' }),
    startedAt: t.expose('startedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When a worker took it.',
    }),
    endedAt: t.expose('endedAt', { type: 'DateTime', nullable: true, description: 'When it ended.' }),
    files: t.field({
      type: [LoadFileRef],
      description: 'Its files, in order.',
      resolve: ({ id }, _args, { db, organisation }) =>
        db.prisma.loadFile.findMany({
          where: { organisationId: organisation, loadId: id },
          orderBy: { file: 'asc' },
        }),
    }),
    rows: t.exposeInt('rows', { description: 'Rows in all files that were taken.' }),
    documents: t.exposeInt('documents', { description: 'Documents found in them.' }),
    position: t.exposeInt('position', { description: 'Documents looked at so far.' }),
    imported: t.exposeInt('imported', { description: 'Documents made.' }),
    unchanged: t.exposeInt('unchanged', { description: 'Documents that were here already.' }),
    rejected: t.exposeInt('rejected', { description: 'Documents not taken.' }),
    rowsImported: t.exposeInt('rowsImported', { description: 'Rows of the documents made.' }),
    rowsUnchanged: t.exposeInt('rowsUnchanged', {
      description: 'Rows of the documents that were here already.',
    }),
    rowsRejected: t.exposeInt('rowsRejected', { description: 'Rows of the documents not taken.' }),
  }),
});

const LoadConnection = builder.connectionObject(
  { type: LoadRef, name: 'LoadConnection' },
  { name: 'LoadEdge' },
);

builder.queryFields((t) => ({
  templates: t.field({
    type: [TemplateRef],
    description: 'The templates there are.',
    resolve: () => [...templates],
  }),
  loads: t.field({
    type: LoadConnection,
    description: 'Loads, newest first.',
    args: pageArgs,
    resolve: async (_root, args, { db, organisation }) => {
      const { first, after } = pageArguments(args);
      const where = { organisationId: organisation, ...(after ? { id: { lt: after } } : {}) };
      const found = await db.prisma.load.findMany({ where, orderBy: { id: 'desc' }, take: first + 1 });
      return toPage(found, args, ({ id }) => id);
    },
  }),
  load: t.field({
    type: LoadRef,
    nullable: true,
    description: 'One load by its uuid.',
    args: { id: t.arg.id({ required: true, description: 'The uuid.' }) },
    resolve: (_root, { id }, { db, organisation }) =>
      isId(id)
        ? db.prisma.load.findUnique({ where: { organisationId_id: { organisationId: organisation, id } } })
        : null,
  }),
}));

const CreateLoadInput = builder.inputType('CreateLoadInput', {
  description: 'A new load.',
  fields: (t) => ({
    template: t.id({ required: true, description: 'The name of a template.' }),
    files: t.stringList({ required: true, description: 'The names of its files, in order, at most 1,000.' }),
  }),
});

const CloseLoadInput = builder.inputType('CloseLoadInput', {
  description: 'Which load.',
  fields: (t) => ({ id: t.id({ required: true, description: 'The uuid.' }) }),
});

builder.mutationFields((t) => ({
  createLoad: t.field({
    type: LoadRef,
    description:
      'Begins a load. Then send each file, as it is, by PUT to /loads/<id>/files/<number from 1>, and close it.',
    errors: {},
    args: { input: t.arg({ type: CreateLoadInput, required: true, description: 'The load.' }) },
    resolve: async (_root, { input: { template, files } }, { db, organisation, actor }) => {
      const created = await createLoad(db, organisation, actor, template, files);
      if (created.kind === 'invalid') throw new InvalidInputError(created.message, created.field);
      const key = { organisationId: organisation, id: created.loadId };
      return db.prisma.load.findUniqueOrThrow({ where: { organisationId_id: key } });
    },
  }),
  closeLoad: t.field({
    type: LoadRef,
    description: 'Says that all files of a load are in: a worker makes its documents.',
    errors: {},
    args: { input: t.arg({ type: CloseLoadInput, required: true, description: 'Which.' }) },
    resolve: async (_root, { input: { id } }, { db, organisation }) => {
      const closed = isId(id) ? await closeLoad(db, organisation, id) : undefined;
      if (!closed || closed.kind === 'missing')
        throw new NotFoundError('There is no such load in this organisation.');
      if (closed.kind === 'incomplete') throw new ConflictError(closed.message);
      return db.prisma.load.findUniqueOrThrow({
        where: { organisationId_id: { organisationId: organisation, id } },
      });
    },
  }),
}));
