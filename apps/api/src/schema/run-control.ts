// What a person asks of a run: pause, go on, stop; and automatic sync on or off.
import { type Answer, askRun, resumeRun, setAutoSync } from '@stockbook/sync';
import { builder, ConflictError, type Context, isId, NotFoundError } from '@stockbook/sync/graphql';
import { ConnectionRef, readConnection } from './connection.ts';
import { RunRef } from './run.ts';

function runInput(name: string) {
  return builder.inputType(name, {
    description: 'Which run.',
    fields: (t) => ({ id: t.id({ required: true, description: 'Its uuid.' }) }),
  });
}

/** Asks, and answers the run's id; throws what a person can read when it cannot be asked. */
async function askedRun(id: string, ask: (runId: string) => Promise<Answer>): Promise<string> {
  const answer: Answer = isId(id) ? await ask(id) : { kind: 'missing' };
  switch (answer.kind) {
    case 'asked':
      return answer.runId;
    case 'missing':
      throw new NotFoundError(`There is no run ${id}.`);
    case 'ended':
      throw new ConflictError('The run has ended already.');
    case 'not-paused':
      throw new ConflictError('Nobody paused this run: there is nothing to resume.');
  }
}

const PauseRunInput = runInput('PauseRunInput');
const ResumeRunInput = runInput('ResumeRunInput');
const StopRunInput = runInput('StopRunInput');

builder.mutationFields((t) => ({
  pauseRun: t.prismaField({
    type: RunRef,
    description: 'Pauses the active run: calls in flight settle, then it is parked until it is resumed.',
    errors: {},
    args: { input: t.arg({ type: PauseRunInput, required: true, description: 'Which.' }) },
    resolve: async (query, _root, { input }, context) => {
      const { db, organisation, actor } = context;
      const id = await askedRun(input.id, (run) => askRun(db, organisation, actor, run, 'pause'));
      return readRun(query, id, context);
    },
  }),
  resumeRun: t.prismaField({
    type: RunRef,
    description: 'Lets a paused run go on.',
    errors: {},
    args: { input: t.arg({ type: ResumeRunInput, required: true, description: 'Which.' }) },
    resolve: async (query, _root, { input }, context) => {
      const { db, organisation, actor } = context;
      const id = await askedRun(input.id, (run) => resumeRun(db, organisation, actor, run));
      return readRun(query, id, context);
    },
  }),
  stopRun: t.prismaField({
    type: RunRef,
    description:
      'Stops the active run: calls in flight settle, what was not sent waits for the next one. Automatic sync, where it is on, is switched off with it: nothing goes until somebody says so.',
    errors: {},
    args: { input: t.arg({ type: StopRunInput, required: true, description: 'Which.' }) },
    resolve: async (query, _root, { input }, context) => {
      const { db, organisation, actor } = context;
      const id = await askedRun(input.id, (run) => askRun(db, organisation, actor, run, 'stop'));
      return readRun(query, id, context);
    },
  }),
}));

function readRun(query: object, id: string, { db, organisation }: Context) {
  return db.prisma.run.findUniqueOrThrow({
    ...query,
    where: { organisationId_id: { organisationId: organisation, id } },
    include: { totals: true },
  });
}

const SetAutoSyncInput = builder.inputType('SetAutoSyncInput', {
  description: 'Automatic sync.',
  fields: (t) => ({ on: t.boolean({ required: true, description: 'On or off.' }) }),
});

builder.mutationField('setAutoSync', (t) =>
  t.field({
    type: ConnectionRef,
    description: 'Switches automatic sync on or off; it is off until a person switches it on.',
    errors: {},
    args: { input: t.arg({ type: SetAutoSyncInput, required: true, description: 'On or off.' }) },
    resolve: async (_root, { input }, context) => {
      const set = await setAutoSync(context.db, context.organisation, context.actor, input.on);
      if (!set) throw new ConflictError('No Xero organisation is connected: connect one first.');
      return readConnection(context.db, context.organisation);
    },
  }),
);
