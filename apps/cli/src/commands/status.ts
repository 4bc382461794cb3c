// `stockbook status`: the connection, the queue, the active and the last run, and the calls.
import { defineCommand, noWords, ready } from '../command.ts';
import type { Run } from '../documents/run.ts';
import { type Status, statusQuery } from '../documents/status.ts';
import { count, countOf, table } from '../table.ts';
import { runText } from './run-text.ts';

export const status = defineCommand<null>({
  words: 'status',
  takes: '',
  summary: 'Shows the connection, what waits, the active and the last run, and the calls used and left.',
  options: {},
  read: (given) => noWords(given) ?? ready(null),
  async run({ api }) {
    const read = await api.ask(statusQuery);
    return { exitCode: 0, json: statusJson(read), text: statusText(read) };
  },
});

function statusJson({ activeRun, lastRun, calls, ...rest }: Status) {
  return {
    ...rest,
    runs: { active: activeRun, last: lastRun },
    calls: { ...calls, perDocument: calls.perDocument === null ? null : Number(calls.perDocument) },
  };
}

function statusText(read: Status): string {
  const { calls } = read;
  const rows = [
    ...(read.readOnly === null ? [] : [['Nothing is saved', read.readOnly]]),
    ['Organisation', read.organisation.name],
    ['Xero', xeroText(read.connection)],
    ['Pending', count(read.pending)],
    ['Held', count(read.held)],
    ...(read.conflicts > 0 ? [['Changed in Xero', `${count(read.conflicts)}: see stockbook choose`]] : []),
    ['Sending', count(read.claimed)],
    ...(read.checking > 0 ? [['Outcome unknown', `${count(read.checking)} of them: being checked`]] : []),
    ['Sent', count(read.sent)],
    ['Rejected', count(read.rejected)],
    ['Active run', activeText(read.activeRun)],
    ['Last run', read.lastRun ? runText(read.lastRun) : 'none'],
    [
      'Calls',
      `${count(calls.used)} used, at least ${count(calls.minimum)} needed, ${countOf(calls.reads, 'read')}`,
    ],
    ['Calls left', leftText(calls)],
    ...forecastRows(read.forecast),
  ];
  return table(['', ''], rows).trimStart();
}

function xeroText({ tenantName, state, problem, unsettled, sandbox }: Status['connection']): string {
  const parts = [tenantName ?? 'not connected'];
  if (sandbox && tenantName !== null) parts.push('at the sandbox');
  if (state === 'PAUSED') parts.push('paused');
  if (problem !== null) parts.push(problem);
  if (unsettled > 0) parts.push(`${unsettled} choices not settled`);
  return parts.join(', ');
}

function activeText(run: Run | null): string {
  return run === null ? 'none' : runText(run);
}

function leftText({ leftThisMinute, leftToday }: Status['calls']): string {
  const minute = leftThisMinute === null ? [] : [`${leftThisMinute} this minute`];
  const today = leftToday === null ? [] : [`${count(leftToday)} today`];
  return [...minute, ...today].join(', ') || 'not known yet';
}

/** Only what is known: a queue that moves, and calls that would not outlast the day. */
function forecastRows({ queueClearsAt, callsLastUntil, reserve }: Status['forecast']): string[][] {
  return [
    ...(queueClearsAt === null ? [] : [['Queue clears at', queueClearsAt]]),
    ...(callsLastUntil === null ? [] : [['Calls last until', callsLastUntil]]),
    ...(reserve === 0 ? [] : [['Kept for urgent work', `${count(reserve)} of today’s calls`]]),
  ];
}
