// A status in which nothing is the matter, for tests to change.
import type { Status } from './query.ts';

export const calm: Status = {
  now: '2026-03-04T14:00:00.000Z',
  clockScale: 1,
  organisation: { id: 'o', name: 'My business' },
  connection: {
    state: 'CONNECTED',
    problem: null,
    tenantName: 'Trial',
    connectedBy: 'Owner',
    sandbox: true,
    unsettled: 0,
    autoSync: false,
  },
  pending: 0,
  held: 0,
  conflicts: 0,
  claimed: 0,
  checking: 0,
  sent: 10,
  rejected: 0,
  sentToday: 0,
  lastFullSyncAt: null,
  readOnly: null,
  activeRun: null,
  lastRun: null,
  calls: {
    used: 0,
    reads: 0,
    minimum: 0,
    perDocument: null,
    leftThisMinute: null,
    leftToday: null,
    closedUntil: null,
  },
  forecast: { queueClearsAt: null, callsLastUntil: null, reserve: 0 },
};
