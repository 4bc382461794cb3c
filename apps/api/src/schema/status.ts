// The state of the sync in figures.
import { refusalWords } from '@stockbook/db';
import { type Calls, readForecast, readStatus, type ShownForecast, type Status } from '@stockbook/sync';
import { builder } from '@stockbook/sync/graphql';
import { ConnectionRef, readConnection } from './connection.ts';
import { callsWords, RunRef } from './run.ts';
import { OrganisationRef } from './viewer.ts';

const CallsRef = builder.objectRef<Calls>('Calls').implement({
  description: 'Calls to Xero: those of the last run, and what Xero last said is left.',
  fields: (t) => ({
    used: t.exposeInt('used', { description: callsWords }),
    reads: t.exposeInt('reads', { description: 'GET requests.' }),
    minimum: t.exposeInt('minimum', {
      description: 'The fewest that could have done it: full batches of 50, creates and updates apart.',
    }),
    perDocument: t.expose('perDocument', {
      type: 'Decimal',
      nullable: true,
      description: 'Calls used for each record sent.',
    }),
    leftThisMinute: t.exposeInt('leftThisMinute', {
      nullable: true,
      description: 'Calls left in this minute.',
    }),
    leftToday: t.exposeInt('leftToday', { nullable: true, description: 'Calls left today.' }),
    closedUntil: t.expose('closedUntil', {
      type: 'DateTime',
      nullable: true,
      description: 'No call goes before then.',
    }),
  }),
});

const ForecastRef = builder.objectRef<ShownForecast>('Forecast').implement({
  description: 'What is to be expected at the pace that is measured; nothing is guessed.',
  fields: (t) => ({
    callsNeeded: t.exposeInt('callsNeeded', {
      description: 'Calls that what waits still takes, the read before each update among them.',
    }),
    callsPerMinute: t.exposeFloat('callsPerMinute', {
      nullable: true,
      description: 'The pace of the active run; none while none runs, or in its first minute.',
    }),
    queueClearsAt: t.expose('queueClearsAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When nothing would be left, over the days if need be.',
    }),
    callsLastUntil: t.expose('callsLastUntil', {
      type: 'DateTime',
      nullable: true,
      description:
        'When today’s calls would be used up; none where they outlast the day, or where none is left.',
    }),
    callsUsedUp: t.exposeBoolean('callsUsedUp', {
      description: 'Whether today’s calls are used up, but for those kept for urgent work.',
    }),
    callsReturnAt: t.expose('callsReturnAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When calls that are used up come back; none where that is not known, or some are left.',
    }),
    reserve: t.exposeInt('reserve', { description: 'Calls of the day that are kept for urgent work.' }),
  }),
});

const StatusRef = builder.objectRef<Status>('Status').implement({
  description: 'Where the sync of the organisation stands.',
  fields: (t) => ({
    organisation: t.field({
      type: OrganisationRef,
      description: 'The organisation.',
      resolve: (_status, _args, { viewer }) => viewer.organisation,
    }),
    connection: t.field({
      type: ConnectionRef,
      description: 'Its connection to Xero.',
      resolve: (_status, _args, { db, organisation }) => readConnection(db, organisation),
    }),
    now: t.expose('now', {
      type: 'DateTime',
      description:
        'The instant of this answer, by the clock of all others here: what counts down reckons from it.',
    }),
    clockScale: t.exposeFloat('clockScale', {
      description: 'How many seconds of that clock pass in one: 1 but at a sandbox whose time goes faster.',
    }),
    activeRun: t.prismaField({
      type: RunRef,
      nullable: true,
      description: 'The run that waits, runs or is parked.',
      resolve: (query, { activeRunId: id }, _args, { db, organisation }) =>
        id
          ? db.prisma.run.findUnique({
              ...query,
              where: { organisationId_id: { organisationId: organisation, id } },
            })
          : null,
    }),
    lastRun: t.prismaField({
      type: RunRef,
      nullable: true,
      description: 'The run that ended last.',
      resolve: (query, { lastRunId: id }, _args, { db, organisation }) =>
        id
          ? db.prisma.run.findUnique({
              ...query,
              where: { organisationId_id: { organisationId: organisation, id } },
            })
          : null,
    }),
    calls: t.field({ type: CallsRef, description: 'Calls to Xero.', resolve: ({ calls }) => calls }),
    forecast: t.field({
      type: ForecastRef,
      description: 'When the queue clears, and how long today’s calls last.',
      resolve: (_status, _args, { db, organisation }) => readForecast(db, organisation),
    }),
    lastFullSyncAt: t.expose('lastFullSyncAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When a run last ended with nothing held or refused.',
    }),
  }),
});

/** Changes by where they stand. */
builder.objectFields(StatusRef, (t) => ({
  pending: t.exposeInt('pending', { description: 'Changes that wait for the next sync.' }),
  held: t.exposeInt('held', { description: 'Changes that wait for something else.' }),
  conflicts: t.exposeInt('conflicts', {
    description: 'Changes that wait for a person: their record was changed in Xero.',
  }),
  claimed: t.exposeInt('claimed', { description: 'Changes on their way now.' }),
  checking: t.exposeInt('checking', {
    description: 'Changes on their way whose outcome is unknown: Stockbook looks what Xero has.',
  }),
  sent: t.exposeInt('sent', { description: 'Changes sent by all runs.' }),
  rejected: t.exposeInt('rejected', {
    description: 'Changes that Xero refused and that nobody has settled.',
  }),
  sentToday: t.exposeInt('sentToday', { description: 'Changes sent today, by the calendar of `timeZone`.' }),
  timeZone: t.exposeString('timeZone', {
    description: 'The time zone of the Xero organisation, such as Europe/London; UTC where it is not known.',
  }),
}));

/** Whether anything can be saved. */
builder.objectField(StatusRef, 'readOnly', (t) =>
  t.string({
    nullable: true,
    description:
      'Why nothing can be saved just now, and what to do; none where the last that was to be saved was.',
    resolve: (_status, _args, { writes }) => {
      const refusal = writes.refusal();
      return refusal === undefined ? null : refusalWords(refusal);
    },
  }),
);

builder.queryField('status', (t) =>
  t.field({
    type: StatusRef,
    description: 'Where the sync stands, in figures.',
    resolve: (_root, _args, { db, organisation }) => readStatus(db, organisation),
  }),
);
